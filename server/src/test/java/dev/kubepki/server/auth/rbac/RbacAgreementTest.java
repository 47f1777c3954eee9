package dev.kubepki.server.auth.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.server.auth.Attributes;
import dev.kubepki.server.auth.UserInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Holds the index against a plain walk over all objects, while they change at random; and shows that the comparison
/// would notice an authorizer that gets one rule wrong.
class RbacAgreementTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final List<String> NAMESPACES = List.of("", "a", "b");
    private static final List<String> NAMES = List.of("x", "y", "z");
    private static final List<String> USERS = List.of("u1", "u2", "g1", "system:serviceaccount:a:x");
    private static final List<String> GROUPS = List.of("g1", "g2", "u1");
    private static final List<String> VERBS = List.of("get", "list", "*");
    private static final List<String> API_GROUPS = List.of("", "apps", "*");
    private static final List<String> RESOURCES = List.of("pods", "pods/log", "*/log", "nodes", "*");
    private static final List<String> PATHS = List.of("/a", "/a/*", "/b*", "*");

    /// A walk by the letter of the rules; a fault bends one of them.
    private record Walk(Map<String, ObjectNode> objects, String fault) {
        boolean allows(Attributes asked) {
            return objects.values().stream()
                    .filter(o -> o.path("kind").asString("").endsWith("Binding"))
                    .anyMatch(binding ->
                            reaches(binding, asked) && isFor(binding, asked.user()) && grants(binding, asked));
        }

        private boolean reaches(JsonNode binding, Attributes asked) {
            String namespace = namespace(binding);
            return namespace.isEmpty() || namespace.equals(asked.namespace()) || fault.equals("any namespace");
        }

        private boolean isFor(JsonNode binding, UserInfo user) {
            for (JsonNode subject : binding.path("subjects")) {
                String name = subject.path("name").asString("");
                String home = subject.path("namespace").asString(namespace(binding));
                boolean found = switch (subject.path("kind").asString("")) {
                    case "User" -> user.name().equals(name);
                    case "Group" ->
                        user.groups().contains(name)
                                || (fault.equals("groups are users")
                                        && user.name().equals(name));
                    case "ServiceAccount" ->
                        !home.isEmpty() && user.name().equals("system:serviceaccount:" + home + ":" + name);
                    default ->
                        fault.equals("unknown kinds are users") && user.name().equals(name);
                };
                if (found) {
                    return true;
                }
            }
            return false;
        }

        private boolean grants(JsonNode binding, Attributes asked) {
            String kind = binding.path("roleRef").path("kind").asString("");
            String where = kind.equals("Role") ? namespace(binding) : "";
            ObjectNode role = objects.get(kind + "|" + where + "|"
                    + binding.path("roleRef").path("name").asString(""));
            for (JsonNode rule : role == null ? MAPPER.createArrayNode() : role.path("rules")) {
                if (any(rule, "verbs", v -> v.equals("*") || v.equals(asked.verb())) && about(rule, asked)) {
                    return true;
                }
            }
            return false;
        }

        private boolean about(JsonNode rule, Attributes asked) {
            if (!asked.isResource()) {
                return any(
                        rule,
                        "nonResourceURLs",
                        u -> u.equals("*")
                                || u.equals(asked.path())
                                || (u.endsWith("*") && asked.path().startsWith(u.replaceAll("\\*+$", ""))));
            }
            String whole =
                    asked.subresource().isEmpty() ? asked.resource() : asked.resource() + "/" + asked.subresource();
            boolean named = rule.path("resourceNames").isEmpty()
                    || any(rule, "resourceNames", n -> n.equals(asked.name()))
                    || fault.equals("names are ignored");
            return named
                    && any(rule, "apiGroups", g -> g.equals("*") || g.equals(asked.group()))
                    && any(
                            rule,
                            "resources",
                            r -> r.equals("*")
                                    || r.equals(whole)
                                    || (!asked.subresource().isEmpty() && r.equals("*/" + asked.subresource()))
                                    || (fault.equals("resources cover subresources") && r.equals(asked.resource())));
        }

        private static String namespace(JsonNode object) {
            return object.path("metadata").path("namespace").asString("");
        }

        private static boolean any(JsonNode rule, String list, Predicate<String> test) {
            for (JsonNode text : rule.path(list)) {
                if (test.test(text.asString(""))) {
                    return true;
                }
            }
            return false;
        }
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static void texts(ObjectNode rule, String key, List<String> from, Random random) {
        ArrayNode list = rule.putArray(key);
        for (int i = random.nextInt(2); i >= 0; i--) {
            list.add(pick(random, from));
        }
    }

    private static ObjectNode role(Random random, String kind, String namespace, String name) {
        ObjectNode role = MAPPER.createObjectNode().put("kind", kind);
        role.putObject("metadata").put("namespace", namespace).put("name", name);
        ArrayNode rules = role.putArray("rules");
        for (int i = random.nextInt(3); i > 0; i--) {
            ObjectNode rule = rules.addObject();
            texts(rule, "verbs", VERBS, random);
            if (random.nextInt(4) == 0) {
                texts(rule, "nonResourceURLs", PATHS, random);
            } else {
                texts(rule, "apiGroups", API_GROUPS, random);
                texts(rule, "resources", RESOURCES, random);
                if (random.nextBoolean()) {
                    texts(rule, "resourceNames", NAMES, random);
                }
            }
        }
        return role;
    }

    private static ObjectNode binding(Random random, String kind, String namespace, String name) {
        ObjectNode binding = MAPPER.createObjectNode().put("kind", kind);
        binding.putObject("metadata").put("namespace", namespace).put("name", name);
        ArrayNode subjects = binding.putArray("subjects");
        for (int i = random.nextInt(3); i > 0; i--) {
            ObjectNode subject = subjects.addObject();
            switch (random.nextInt(7)) {
                case 0 -> subject.put("kind", "ServiceAccount").put("name", "x");
                case 1 -> subject.put("kind", "ServiceAccount").put("name", "x").put("namespace", "a");
                case 2, 3 -> subject.put("kind", "Group").put("name", pick(random, GROUPS));
                case 4 -> subject.put("kind", "Robot").put("name", pick(random, USERS));
                default -> subject.put("kind", "User").put("name", pick(random, USERS));
            }
        }
        String roleKind = namespace.isEmpty() || random.nextBoolean() ? "ClusterRole" : "Role";
        binding.putObject("roleRef").put("kind", roleKind).put("name", pick(random, NAMES));
        return binding;
    }

    private static Attributes question(Random random) {
        List<String> groups = random.nextBoolean() ? List.of(pick(random, GROUPS)) : List.of();
        UserInfo user = new UserInfo(pick(random, USERS), "", groups, Map.of());
        String verb = pick(random, List.of("get", "list", "delete"));
        if (random.nextInt(5) == 0) {
            return Attributes.path(user, verb, pick(random, List.of("/a", "/a/b", "/bc", "/c")));
        }
        return Attributes.resource(
                user,
                verb,
                pick(random, List.of("", "apps")),
                pick(random, List.of("pods", "nodes")),
                pick(random, List.of("", "log")),
                pick(random, NAMESPACES),
                pick(random, List.of("", "x", "y")));
    }

    /// How many answers differ while objects change at random; what is lost on the way is what a fault keeps stale.
    private static int differences(String fault, int rounds) {
        Random random = new Random(20260601);
        Map<String, ObjectNode> all = new LinkedHashMap<>();
        RbacObjects objects = new RbacObjects();
        objects.completed();
        Rbac rbac = new Rbac(objects);
        BiPredicate<Walk, Attributes> agree =
                (walk, asked) -> walk.allows(asked) == rbac.decide(asked).allowed();
        int differences = 0;
        for (int round = 0; round < rounds; round++) {
            change(random, all, objects, fault);
            Attributes asked = question(random);
            differences += agree.test(new Walk(all, fault), asked) ? 0 : 1;
        }
        return differences;
    }

    private static void change(Random random, Map<String, ObjectNode> all, RbacObjects objects, String fault) {
        String namespace = pick(random, NAMESPACES);
        String name = pick(random, NAMES);
        boolean isRole = random.nextBoolean();
        String kind = (namespace.isEmpty() ? "Cluster" : "") + (isRole ? "Role" : "RoleBinding");
        String key = kind + "|" + namespace + "|" + name;
        if (random.nextInt(5) == 0) {
            objects.remove(kind, namespace, name);
            if (!fault.equals("deleted bindings live on")) {
                all.remove(key);
            }
            return;
        }
        ObjectNode object = isRole ? role(random, kind, namespace, name) : binding(random, kind, namespace, name);
        objects.put(object);
        all.put(key, object);
    }

    @Test
    void answersAsAWalkOverAllObjectsDoes() {
        assertThat(differences("none", 60_000)).isZero();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                        "any namespace",
                        "groups are users",
                        "unknown kinds are users",
                        "names are ignored",
                        "resources cover subresources",
                        "deleted bindings live on")
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void wouldNoticeAFault(String fault) {
        assertThat(differences(fault, 20_000)).isPositive();
    }
}
