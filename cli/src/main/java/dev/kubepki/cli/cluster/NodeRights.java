package dev.kubepki.cli.cluster;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a machine needs to become a node, as bindings: to ask, to be approved without a person, and to renew. Pure.
///
/// @param binding the name under which it is made where it is missing
/// @param role the ClusterRole that every cluster has
/// @param group who gets it
/// @param purpose for people
record NodeRights(String binding, String role, String group, String purpose) {
    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final String APPROVED = "system:certificates.k8s.io:certificatesigningrequests:";

    /// Under kubeadm's names where it is kubeadm's group.
    static List<NodeRights> of(String group) {
        boolean kubeadm = group.equals(NodeBootstrapCommand.USUAL_GROUP);
        String prefix = kubeadm ? "kubeadm:" : "kubepki:" + group + ":";
        return List.of(
                new NodeRights(prefix + "kubelet-bootstrap", "system:node-bootstrapper", group, "ask for certificates"),
                new NodeRights(
                        prefix + "node-autoapprove-bootstrap",
                        APPROVED + "nodeclient",
                        group,
                        "have a node's first one approved"),
                new NodeRights(
                        "kubeadm:node-autoapprove-certificate-rotation",
                        APPROVED + "selfnodeclient",
                        SignerNames.NODES,
                        "have a node's own renewal approved"));
    }

    /// Whether a ClusterRoleBinding gives it, whatever its name.
    boolean isGivenBy(ObjectNode there) {
        if (!there.path("roleRef").path("name").asString("").equals(role)) {
            return false;
        }
        for (JsonNode subject : there.path("subjects")) {
            if (subject.path("kind").asString("").equals("Group")
                    && subject.path("name").asString("").equals(group)) {
                return true;
            }
        }
        return false;
    }

    /// The binding.
    ObjectNode object() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", GROUP + "/v1").put("kind", "ClusterRoleBinding");
        object.putObject("metadata").put("name", binding);
        object.putObject("roleRef")
                .put("apiGroup", GROUP)
                .put("kind", "ClusterRole")
                .put("name", role);
        object.putArray("subjects")
                .addObject()
                .put("apiGroup", GROUP)
                .put("kind", "Group")
                .put("name", group);
        return object;
    }
}
