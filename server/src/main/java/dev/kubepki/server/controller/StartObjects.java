package dev.kubepki.server.controller;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.server.auth.rbac.BootstrapPolicy;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The objects that a cluster starts with, beside its namespaces: roles and bindings, and the CA by which others may
/// know callers as this server does.
public final class StartObjects {
    private static final String SYSTEM = "kube-system";
    private static final List<String> NAMESPACES = List.of(SYSTEM, "kube-public", "kube-node-lease", "default");
    private static final String AUTHENTICATION = "extension-apiserver-authentication";

    private final ClusterClient client;
    private final Function<String, Kind> kinds;

    /// @param kinds the row of a kind's resource
    public StartObjects(ClusterClient client, Function<String, Kind> kinds) {
        this.client = client;
        this.kinds = kinds;
    }

    /// Makes the namespaces that every cluster has.
    public void writeNamespaces() {
        Kind kind = kinds.apply("namespaces");
        for (String name : NAMESPACES) {
            if (client.get(kind, "", name).isEmpty()) {
                ObjectNode namespace = JsonNodeFactory.instance.objectNode();
                namespace.put("kind", "Namespace").put("apiVersion", "v1");
                namespace.putObject("metadata").put("name", name);
                createUnlessThere(kind, namespace);
            }
        }
    }

    /// Writes what is missing of the roles and bindings.
    public void writeRoles() {
        for (ObjectNode expected : BootstrapPolicy.objects()) {
            reconcile(expected);
        }
    }

    /// Gives kubeadm's administrators their binding, if the cluster does not have it: whoever takes it away later has
    /// his reasons.
    public void writeAdministrators() {
        createUnlessThere(kindOf("ClusterRoleBinding"), BootstrapPolicy.kubeadmClusterAdmins());
    }

    /// Publishes the CA of client certificates.
    public void writeAuthentication(String clientAuthorities) {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        map.put("kind", "ConfigMap").put("apiVersion", "v1");
        map.putObject("metadata").put("name", AUTHENTICATION).put("namespace", SYSTEM);
        map.putObject("data").put("client-ca-file", clientAuthorities);
        Kind kind = kinds.apply("configmaps");
        Optional<ObjectNode> there = client.get(kind, SYSTEM, AUTHENTICATION);
        if (there.isEmpty()) {
            createUnlessThere(kind, map);
        } else if (!there.get().path("data").path("client-ca-file").asString("").equals(clientAuthorities)) {
            there.get().withObject("/data").put("client-ca-file", clientAuthorities);
            client.update(kind, "", there.get());
        }
    }

    private void reconcile(ObjectNode expected) {
        Kind kind = kindOf(expected.path("kind").asString(""));
        String namespace = expected.path("metadata").path("namespace").asString("");
        String name = expected.path("metadata").path("name").asString("");
        Optional<ObjectNode> existing = client.get(kind, namespace, name);
        switch (BootstrapPolicy.reconcile(expected, existing.orElse(null)).orElse(null)) {
            case BootstrapPolicy.Step.Write write when existing.isEmpty() -> createUnlessThere(kind, write.object());
            case BootstrapPolicy.Step.Write write -> client.update(kind, "", write.object());
            case BootstrapPolicy.Step.Recreate recreate -> {
                client.delete(kind, namespace, name, "");
                client.create(kind, recreate.object());
            }
            case null -> {
                // Everything that it should give, it gives.
            }
        }
    }

    private Kind kindOf(String name) {
        return kinds.apply(
                switch (name) {
                    case "ClusterRole" -> "clusterroles.rbac.authorization.k8s.io";
                    case "Role" -> "roles.rbac.authorization.k8s.io";
                    case "ClusterRoleBinding" -> "clusterrolebindings.rbac.authorization.k8s.io";
                    default -> "rolebindings.rbac.authorization.k8s.io";
                });
    }

    private void createUnlessThere(Kind kind, ObjectNode object) {
        try {
            client.create(kind, object);
        } catch (ApiFailure e) {
            if (!e.reason().equals("AlreadyExists")) {
                throw e;
            }
        }
    }
}
