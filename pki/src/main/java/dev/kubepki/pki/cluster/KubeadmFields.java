package dev.kubepki.pki.cluster;

import dev.kubepki.pki.cluster.KubeadmFormat.Version;
import dev.kubepki.pki.document.Fields;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Scalar;
import dev.kubepki.pki.document.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// How fields of kubeadm's kinds are read: those without a say in certificates are known and told to be ignored, down
/// to
/// the names of their parts, so that a mistyped one is found wherever it stands.
final class KubeadmFields {
    /// A flag handed to a component.
    record Flag(String name, String value, int line, String path) {}

    /// The fields of what is ignored, by kubeadm's type names.
    private static final Map<String, List<String>> PARTS = Map.of(
            "dns", List.of("imageRepository", "imageTag", "disabled"),
            "proxy", List.of("disabled"),
            "patches", List.of("directory"),
            "timeouts",
                    List.of(
                            "controlPlaneComponentHealthCheck",
                            "kubeletHealthCheck",
                            "kubernetesAPICall",
                            "etcdAPICall",
                            "tlsBootstrap",
                            "discovery",
                            "upgradeManifests"),
            "bootstrapTokens", List.of("token", "description", "ttl", "expires", "usages", "groups"),
            "taints", List.of("key", "value", "effect", "timeAdded"),
            "extraVolumes", List.of("name", "hostPath", "mountPath", "readOnly", "pathType"),
            "extraEnvs", List.of("name", "value", "valueFrom"));

    private final Reading reading;
    private final Version version;

    KubeadmFields(Reading reading, Version version) {
        this.reading = reading;
        this.version = version;
    }

    /// Says of each field that is there that it is ignored; sees that its parts are known.
    void ignore(Fields fields, String... keys) {
        for (String key : keys) {
            Optional<Node> node = fields.node(key);
            if (node.isPresent()) {
                reading.ignored(Reading.lineOf(fields, key), fields.path(key), "does not concern certificates");
                parts(fields, key, node.get());
            }
        }
    }

    /// Like [#ignore], for fields that only one version has.
    void ignoreIn(Version only, Fields fields, String... keys) {
        for (String key : keys) {
            if (isHere(only, fields, key)) {
                ignore(fields, key);
            }
        }
    }

    private void parts(Fields fields, String key, Node node) {
        List<String> known = PARTS.get(key);
        if (known == null) {
            return;
        }
        List<Fields> all = node instanceof Sequence
                ? fields.each(key)
                : fields.fields(key).map(List::of).orElse(List.of());
        for (Fields part : all) {
            known.forEach(part::has);
            part.refuseUnknown();
        }
    }

    /// Whether a field may be read; if it is there in the wrong version, that is the problem.
    boolean isHere(Version only, Fields fields, String key) {
        if (!fields.has(key)) {
            return false;
        }
        if (only != version) {
            fields.problem(key, "belongs to " + name(only) + ", not to " + name(version));
            return false;
        }
        return true;
    }

    private static String name(Version version) {
        return version == Version.V1BETA3 ? "v1beta3" : "v1beta4";
    }

    /// Reads a text; an empty one counts as absent, as in Go.
    static <T> Optional<T> value(Fields fields, String key, Function<String, T> reader) {
        boolean empty = fields.node(key)
                .filter(node -> node instanceof Scalar scalar
                        && scalar.isString()
                        && scalar.text().isEmpty())
                .isPresent();
        return empty ? Optional.empty() : fields.parsed(key, reader);
    }

    /// Flags: a mapping in v1beta3, a list of names and values in v1beta4.
    List<Flag> flags(Fields fields, String key) {
        if (!fields.has(key)) {
            return List.of();
        }
        reading.ignored(
                Reading.lineOf(fields, key), fields.path(key), "is for the component, not for its certificates");
        List<Flag> flags = new ArrayList<>();
        if (version == Version.V1BETA3) {
            fields.fields(key).ifPresent(map -> {
                for (Mapping.Entry entry : map.mapping().entries()) {
                    map.string(entry.key())
                            .ifPresent(value ->
                                    flags.add(new Flag(entry.key(), value, entry.line(), map.path(entry.key()))));
                }
            });
            return flags;
        }
        for (Fields flag : fields.each(key)) {
            Optional<String> name = flag.requiredString("name");
            String value = flag.string("value").orElse("");
            flag.refuseUnknown();
            name.ifPresent(text -> flags.add(new Flag(text, value, flag.line(), flag.path("name"))));
        }
        return flags;
    }
}
