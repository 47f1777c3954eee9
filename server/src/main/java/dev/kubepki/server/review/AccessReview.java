package dev.kubepki.server.review;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.failure.FieldError;
import dev.kubepki.server.auth.Attributes;
import dev.kubepki.server.auth.Authorizer.Decision;
import dev.kubepki.server.auth.Authorizer.Verdict;
import dev.kubepki.server.auth.UserInfo;
import dev.kubepki.server.registry.Context;
import dev.kubepki.server.registry.Review;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Whether somebody may do something.
record AccessReview(AccessRules.Sort sort) implements Review {
    @Override
    public ObjectNode answer(ObjectNode object, Context context) {
        List<FieldError> errors = AccessRules.validate(sort, object);
        if (!errors.isEmpty()) {
            throw Failures.invalid(".authorization.k8s.io", "", errors);
        }
        String namespace = context.call().namespace();
        String own = object.path("metadata").path("namespace").asString("");
        if (sort == AccessRules.Sort.LOCAL && !namespace.equals(own)) {
            throw Failures.badRequest("spec.resourceAttributes.namespace must match namespace: " + namespace);
        }
        JsonNode spec = object.path("spec");
        UserInfo user = sort == AccessRules.Sort.SELF ? context.call().user() : UserTree.subject(spec);
        Decision decision = context.authorizer().decide(attributes(user, spec));
        object.remove("status");
        ObjectNode status = object.putObject("status").put("allowed", decision.allowed());
        if (decision.verdict() == Verdict.DENY) {
            status.put("denied", true);
        }
        UserTree.put(status, "reason", decision.reason());
        return object;
    }

    private static Attributes attributes(UserInfo user, JsonNode spec) {
        JsonNode path = spec.path("nonResourceAttributes");
        if (path.isObject()) {
            return Attributes.path(user, text(path, "verb"), text(path, "path"));
        }
        JsonNode resource = spec.path("resourceAttributes");
        String version = text(resource, "version");
        return new Attributes(
                user,
                text(resource, "verb"),
                text(resource, "group"),
                version.isEmpty() ? "*" : version,
                text(resource, "resource"),
                text(resource, "subresource"),
                text(resource, "namespace"),
                text(resource, "name"),
                "",
                SelectorText.of(resource.path("fieldSelector")),
                SelectorText.of(resource.path("labelSelector")));
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).asString("");
    }
}
