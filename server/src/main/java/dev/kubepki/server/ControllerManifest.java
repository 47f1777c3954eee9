package dev.kubepki.server;

import dev.kubepki.api.codec.JsonCodec;
import dev.kubepki.api.codec.YamlCodec;
import dev.kubepki.api.schema.Schemas;
import dev.kubepki.server.ControllerRow.Right;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The objects by which the controllers run inside of the cluster that they are for: a service account that may do what
/// the chosen controllers do and nothing else, and a Deployment.
public final class ControllerManifest {
    private static final String NAME = "kubepki-controller";
    private static final String SECRET = "kubepki-ca";
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final int PORT = 8080;
    private static final int NOBODY = 65532;

    private final String namespace;

    private ControllerManifest(String namespace) {
        this.namespace = namespace;
    }

    /// The objects as YAML, for `kubectl apply`.
    ///
    /// @param image that holds the program
    /// @param namespace where it runs, and where its lease is
    /// @param arguments more words for its command line
    /// @throws ServerFailure for a name that no controller has
    public static String of(
            ControllerOptions options, String image, String namespace, String lease, List<String> arguments)
            throws ServerFailure {
        List<ControllerRow> rows = ControllerChoice.of(options.choice(), Controllers.TABLE);
        ControllerManifest manifest = new ControllerManifest(namespace);
        boolean signs = rows.stream().anyMatch(row -> row.aliases().contains("signer"));
        List<String> words = new ArrayList<>(List.of(
                "controller",
                "--data=/var/lib/kubepki",
                "--metrics-bind-address=:" + PORT,
                "--leader-elect-resource-namespace=" + namespace,
                "--leader-elect-resource-name=" + lease));
        if (signs) {
            words.add("--cluster-signing-cert-file=/etc/kubepki/tls.crt");
            words.add("--cluster-signing-key-file=/etc/kubepki/tls.key");
        }
        words.addAll(arguments);
        YamlCodec yaml = new YamlCodec(new JsonCodec(Schemas.load()));
        Set<Right> rights = new LinkedHashSet<>();
        rows.forEach(row -> rights.addAll(row.rights()));
        List<String> others = ConfiguredSigners.otherNames(options.signing());
        rights.addAll(rows.stream()
                .flatMap(row -> row.rights().stream())
                .filter(right -> right.resources().equals(List.of("signers"))
                        && !right.verbs().contains("approve"))
                .map(right -> new Right(right.group(), right.resources(), right.verbs(), others))
                .filter(right -> !others.isEmpty())
                .toList());
        String objects = manifest.objects(rights, image, lease, words, signs).stream()
                .map(object -> new String(yaml.write(object), StandardCharsets.UTF_8))
                .collect(Collectors.joining("---\n"));
        return signs ? secretComment(namespace) + objects : objects;
    }

    private static String secretComment(String namespace) {
        return "# The CA that signs comes from a Secret:\n# kubectl -n " + namespace + " create secret tls " + SECRET
                + " --cert=ca.crt --key=ca.key\n";
    }

    private List<ObjectNode> objects(Set<Right> rights, String image, String lease, List<String> words, boolean signs) {
        List<ObjectNode> objects = new ArrayList<>();
        objects.add(object("v1", "ServiceAccount", true));
        ObjectNode cluster = object(RBAC + "/v1", "ClusterRole", false);
        rights.forEach(right -> rule(cluster.withArray("rules"), right));
        objects.add(cluster);
        objects.add(binding("ClusterRoleBinding", "ClusterRole", false));
        ObjectNode role = object(RBAC + "/v1", "Role", true);
        String group = "coordination.k8s.io";
        // Who may create can't be held to a name.
        rule(role.withArray("rules"), Right.of(group, "leases", "create"));
        rule(role.withArray("rules"), new Right(group, List.of("leases"), List.of("get", "update"), List.of(lease)));
        objects.add(role);
        objects.add(binding("RoleBinding", "Role", true));
        objects.add(deployment(image, words, signs));
        return objects;
    }

    private ObjectNode object(String apiVersion, String kind, boolean namespaced) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", apiVersion).put("kind", kind);
        ObjectNode metadata = object.putObject("metadata").put("name", NAME);
        if (namespaced) {
            metadata.put("namespace", namespace);
        }
        return object;
    }

    private static void rule(ArrayNode rules, Right right) {
        ObjectNode rule = rules.addObject();
        rule.putArray("apiGroups").add(right.group());
        texts(rule.putArray("resources"), right.resources());
        if (!right.names().isEmpty()) {
            texts(rule.putArray("resourceNames"), right.names());
        }
        texts(rule.putArray("verbs"), right.verbs());
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private ObjectNode binding(String kind, String role, boolean namespaced) {
        ObjectNode binding = object(RBAC + "/v1", kind, namespaced);
        binding.putObject("roleRef").put("apiGroup", RBAC).put("kind", role).put("name", NAME);
        binding.putArray("subjects")
                .addObject()
                .put("kind", "ServiceAccount")
                .put("name", NAME)
                .put("namespace", namespace);
        return binding;
    }

    private ObjectNode deployment(String image, List<String> words, boolean signs) {
        ObjectNode deployment = object("apps/v1", "Deployment", true);
        ObjectNode spec = deployment.putObject("spec").put("replicas", 2);
        spec.putObject("selector").putObject("matchLabels").put("app", NAME);
        ObjectNode template = spec.putObject("template");
        template.putObject("metadata").putObject("labels").put("app", NAME);
        ObjectNode pod = template.putObject("spec").put("serviceAccountName", NAME);
        pod.putObject("securityContext")
                .put("runAsNonRoot", true)
                .put("runAsUser", NOBODY)
                .put("fsGroup", NOBODY);
        ObjectNode container =
                pod.putArray("containers").addObject().put("name", "controller").put("image", image);
        texts(container.putArray("args"), words);
        container.putArray("ports").addObject().put("name", "metrics").put("containerPort", PORT);
        container
                .putObject("livenessProbe")
                .putObject("httpGet")
                .put("path", "/livez")
                .put("port", "metrics");
        ObjectNode resources = container.putObject("resources");
        resources.putObject("requests").put("cpu", "100m").put("memory", "192Mi");
        ObjectNode security = container.putObject("securityContext");
        security.put("allowPrivilegeEscalation", false).put("readOnlyRootFilesystem", true);
        security.putObject("capabilities").putArray("drop").add("ALL");
        ArrayNode mounts = container.putArray("volumeMounts");
        ArrayNode volumes = pod.putArray("volumes");
        volume(mounts, volumes, "data", "/var/lib/kubepki").putObject("emptyDir");
        volume(mounts, volumes, "tmp", "/tmp").putObject("emptyDir");
        if (signs) {
            volume(mounts, volumes, "ca", "/etc/kubepki")
                    .putObject("secret")
                    .put("secretName", SECRET)
                    .put("defaultMode", 0440);
        }
        return deployment;
    }

    private static ObjectNode volume(ArrayNode mounts, ArrayNode volumes, String name, String path) {
        mounts.addObject().put("name", name).put("mountPath", path);
        return volumes.addObject().put("name", name);
    }
}
