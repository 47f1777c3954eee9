package dev.kubepki.pki.files;

import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Scalar;
import dev.kubepki.pki.document.Sequence;
import java.util.Set;

/// What kubectl makes of a kubeconfig's values when it writes them: nothing where there is nothing, lists sorted by
/// name, and the fields of a credential plugin that it always writes.
final class KubeconfigForm {
    /// The plugin interfaces that know no interactiveMode, for which client-go fills it in.
    private static final Set<String> BETA_PLUGINS =
            Set.of("client.authentication.k8s.io/v1alpha1", "client.authentication.k8s.io/v1beta1");

    private KubeconfigForm() {}

    /// Whether Go's `omitempty` leaves the value out.
    static boolean isNothing(Node node) {
        if (node instanceof Mapping mapping) {
            return mapping.isEmpty();
        }
        return node instanceof Sequence sequence ? sequence.items().isEmpty() : isNothing((Scalar) node);
    }

    private static boolean isNothing(Scalar scalar) {
        return switch (scalar.kind()) {
            case NULL -> true;
            case STRING -> scalar.text().isEmpty();
            case BOOL -> scalar.text().equals("false");
            case INTEGER, FLOAT -> false;
        };
    }

    static Sequence sortedByName(Sequence sequence) {
        return Sequence.of(sequence.items().stream()
                .sorted((a, b) -> name(a).compareTo(name(b)))
                .toList());
    }

    private static String name(Node node) {
        return node instanceof Mapping mapping ? mapping.string("name").orElse("") : "";
    }

    /// The fields of an entry with their own fields in kubectl's form.
    static Mapping nested(Mapping fields) {
        Mapping formed = fields;
        if (fields.sequence("extensions").isPresent()) {
            formed = formed.with(
                    "extensions", sortedByName(fields.sequence("extensions").get()));
        }
        if (fields.mapping("exec").isPresent()) {
            formed = formed.with("exec", exec(fields.mapping("exec").get()));
        }
        if (fields.mapping("auth-provider").isPresent()) {
            Mapping provider = fields.mapping("auth-provider").get();
            formed = formed.with("auth-provider", withDefault(provider, "config", Scalar.none()));
        }
        return formed;
    }

    private static Mapping exec(Mapping exec) {
        Mapping formed = withDefault(exec, "args", Scalar.none());
        formed = withDefault(formed, "env", Scalar.none());
        formed = withDefault(formed, "provideClusterInfo", Scalar.of(false));
        boolean beta = exec.string("apiVersion").filter(BETA_PLUGINS::contains).isPresent();
        return beta ? withDefault(formed, "interactiveMode", Scalar.of("IfAvailable")) : formed;
    }

    private static Mapping withDefault(Mapping mapping, String field, Scalar value) {
        return mapping.get(field).isPresent() ? mapping : mapping.with(field, value);
    }
}
