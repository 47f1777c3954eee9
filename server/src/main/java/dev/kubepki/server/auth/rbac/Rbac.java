package dev.kubepki.server.auth.rbac;

import dev.kubepki.server.auth.Attributes;
import dev.kubepki.server.auth.Authorizer;
import dev.kubepki.server.auth.rbac.BindingIndex.Grant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Allows what a role says that is bound to the caller.
public final class Rbac implements Authorizer {
    private final RbacObjects objects;

    /// Over these objects, as they are at each question.
    public Rbac(RbacObjects objects) {
        this.objects = objects;
    }

    @Override
    public Decision decide(Attributes attributes) {
        if (!objects.isComplete()) {
            return new Decision(Verdict.NO_OPINION, "RBAC: roles and bindings are still being loaded");
        }
        Search search = new Search(attributes);
        objects.visit(attributes.user(), attributes.namespace(), search);
        return search.decision();
    }

    /// The text of several errors.
    static String aggregate(List<String> errors) {
        Set<String> distinct = new LinkedHashSet<>(errors);
        return distinct.size() == 1 ? distinct.iterator().next() : "[" + String.join(", ", distinct) + "]";
    }

    private final class Search implements BindingIndex.Visitor {
        private final Attributes asked;
        private final List<String> errors = new ArrayList<>(0);
        private @Nullable Grant found;

        Search(Attributes asked) {
            this.asked = asked;
        }

        @Override
        public boolean visit(Grant grant) {
            List<PolicyRule> rules = objects.role(grant.binding().roleKey());
            if (rules == null) {
                errors.add(grant.binding().missing());
                return true;
            }
            for (PolicyRule rule : rules) {
                if (rule.allows(asked)) {
                    found = grant;
                    return false;
                }
            }
            return true;
        }

        Decision decision() {
            Grant grant = found;
            if (grant != null) {
                return grant.allowed();
            }
            return errors.isEmpty()
                    ? Decision.NO_OPINION
                    : new Decision(Verdict.NO_OPINION, "RBAC: " + aggregate(errors));
        }
    }
}
