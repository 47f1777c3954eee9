package dev.kubepki.server.auth.rbac;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads the table of the objects that every cluster starts with; its own first lines say how it is written.
final class Bootstrap {
    private static final String TABLE = "bootstrap.txt";
    private static final String PART_OF = "rbac.authorization.k8s.io/aggregate-to-";

    private final List<ObjectNode> objects = new ArrayList<>();

    private Bootstrap() {}

    static List<ObjectNode> objects() {
        try (InputStream in = Bootstrap.class.getResourceAsStream(TABLE)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its file " + TABLE);
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<ObjectNode> parse(String table) {
        Bootstrap bootstrap = new Bootstrap();
        for (String line : table.lines().toList()) {
            if (line.startsWith("  ")) {
                bootstrap.part(line.strip().split(" "));
            } else if (!line.startsWith("#")) {
                bootstrap.begin(line.split(" "));
            }
        }
        return bootstrap.objects;
    }

    private void begin(String[] words) {
        String namespace = words[1].contains("/") ? words[1].substring(0, words[1].indexOf('/')) : "";
        String name = words[1].substring(words[1].indexOf('/') + 1);
        objects.add(
                switch (words[0]) {
                    case "clusterrole" -> role("ClusterRole", "", name);
                    case "role" -> role("Role", namespace, name);
                    case "clusterrolebinding" -> binding("ClusterRoleBinding", "", name, "ClusterRole", words[2]);
                    case "rolebinding" -> binding("RoleBinding", namespace, name, "Role", words[2]);
                    default -> throw new IllegalStateException("no object begins with " + words[0]);
                });
    }

    private static ObjectNode role(String kind, String namespace, String name) {
        ObjectNode role = object(kind, namespace, name);
        role.putNull("rules");
        return role;
    }

    static ObjectNode binding(String kind, String namespace, String name, String roleKind, String roleName) {
        ObjectNode binding = object(kind, namespace, name);
        binding.putObject("roleRef")
                .put("apiGroup", Subject.GROUP)
                .put("kind", roleKind)
                .put("name", roleName);
        return binding;
    }

    private static ObjectNode object(String kind, String namespace, String name) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("kind", kind).put("apiVersion", Subject.GROUP + "/v1");
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        metadata.putObject("labels").put("kubernetes.io/bootstrapping", "rbac-defaults");
        metadata.putObject("annotations").put(BootstrapPolicy.AUTOUPDATE, "true");
        return object;
    }

    private void part(String[] words) {
        ObjectNode object = objects.getLast();
        switch (words[0]) {
            case "aggregate-to" ->
                ((ObjectNode) object.path("metadata").path("labels")).put(PART_OF + words[1], "true");
            case "collect" ->
                object.putObject("aggregationRule")
                        .putArray("clusterRoleSelectors")
                        .addObject()
                        .putObject("matchLabels")
                        .put(PART_OF + words[1], "true");
            case "user" -> subject(object, Subject.user(words[1]));
            case "group" -> subject(object, Subject.group(words[1]));
            case "account" -> {
                String[] names = words[1].split("/", -1);
                subject(object, Subject.account(names[0], names[1]));
            }
            default -> rule(object, words);
        }
    }

    /// Subjects stand before the role in the object.
    static void subject(ObjectNode binding, Subject subject) {
        if (!binding.has("subjects")) {
            ObjectNode roleRef = (ObjectNode) binding.remove("roleRef");
            binding.putArray("subjects");
            binding.set("roleRef", roleRef);
        }
        binding.withArray("subjects").add(subject.toTree());
    }

    private static void rule(ObjectNode role, String[] words) {
        List<PolicyRule> rules = new ArrayList<>(PolicyRule.rulesOf(role));
        List<String> verbs = list(words[0]);
        List<String> names = words.length > 4 ? list(words[4]) : List.of();
        rules.add(
                words[1].equals("url")
                        ? PolicyRule.paths(verbs, list(words[2]))
                        : new PolicyRule(verbs, groups(words[1]), list(words[2]), names, List.of()));
        role.set("rules", PolicyRule.toTree(rules));
    }

    private static List<String> list(String words) {
        return List.of(words.split(","));
    }

    private static List<String> groups(String words) {
        return list(words).stream()
                .map(group -> group.equals("core") ? "" : group)
                .toList();
    }
}
