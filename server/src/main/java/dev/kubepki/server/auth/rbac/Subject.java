package dev.kubepki.server.auth.rbac;

import dev.kubepki.api.failure.Rendering;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// To whom a binding gives its role.
///
/// @param kind `User`, `Group` or `ServiceAccount`
/// @param namespace of a service account; else empty
public record Subject(String kind, String apiGroup, String name, String namespace) {
    static final String GROUP = "rbac.authorization.k8s.io";

    static Subject user(String name) {
        return new Subject("User", GROUP, name, "");
    }

    static Subject group(String name) {
        return new Subject("Group", GROUP, name, "");
    }

    static Subject account(String namespace, String name) {
        return new Subject("ServiceAccount", "", name, namespace);
    }

    static List<Subject> subjectsOf(ObjectNode binding) {
        List<Subject> subjects = new ArrayList<>();
        for (JsonNode subject : binding.path("subjects")) {
            subjects.add(new Subject(
                    subject.path("kind").asString(""),
                    subject.path("apiGroup").asString(""),
                    subject.path("name").asString(""),
                    subject.path("namespace").asString("")));
        }
        return subjects;
    }

    ObjectNode toTree() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("kind", kind);
        if (!apiGroup.isEmpty()) {
            tree.put("apiGroup", apiGroup);
        }
        tree.put("name", name);
        if (!namespace.isEmpty()) {
            tree.put("namespace", namespace);
        }
        return tree;
    }

    /// Of a service account; without one it is the binding's.
    String namespaceIn(Binding binding) {
        return namespace.isEmpty() ? binding.namespace() : namespace;
    }

    /// As reasons name it; a service account by its name first and its namespace second.
    String words(Binding binding) {
        boolean account = kind.equals("ServiceAccount");
        return kind + " " + Rendering.quote(account ? name + "/" + namespaceIn(binding) : name);
    }
}
