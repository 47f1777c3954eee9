package dev.kubepki.api.table;

import static dev.kubepki.api.table.Cells.NONE;
import static dev.kubepki.api.table.Cells.UNKNOWN;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Of nodes.
final class NodeColumns {
    private static final String ROLE_PREFIX = "node-role.kubernetes.io/";
    private static final String ROLE = "kubernetes.io/role";

    static final Map<String, List<Column>> ALL = Map.of(
            "nodes",
            List.of(
                    Column.named(),
                    Column.of("Status", "Whether it is ready for pods.", Cells.from(NodeColumns::status)),
                    Column.of("Roles", "What its labels say it is for.", Cells.from(NodeColumns::roles)),
                    Column.aged(),
                    Column.of("Version", "Of its kubelet.", Cells.text("status.nodeInfo.kubeletVersion")),
                    Column.wide(
                            "Internal-IP",
                            "Its first address inside the cluster.",
                            Cells.from(node -> address(node, "InternalIP"))),
                    Column.wide(
                            "External-IP",
                            "Its first address for the world.",
                            Cells.from(node -> address(node, "ExternalIP"))),
                    Column.wide("OS-Image", "Its operating system.", Cells.text("status.nodeInfo.osImage", UNKNOWN)),
                    Column.wide(
                            "Kernel-Version", "Of its kernel.", Cells.text("status.nodeInfo.kernelVersion", UNKNOWN)),
                    Column.wide(
                            "Container-Runtime",
                            "What runs its containers.",
                            Cells.text("status.nodeInfo.containerRuntimeVersion", UNKNOWN))));

    private NodeColumns() {}

    private static String status(JsonNode node) {
        String status = "Unknown";
        for (JsonNode condition : Cells.at(node, "status.conditions")) {
            if (Cells.string(condition, "type").equals("Ready")) {
                status = Cells.string(condition, "status").equals("True") ? "Ready" : "NotReady";
            }
        }
        return Cells.at(node, "spec.unschedulable").asBoolean(false) ? status + ",SchedulingDisabled" : status;
    }

    private static String roles(JsonNode node) {
        TreeSet<String> roles = new TreeSet<>();
        for (Map.Entry<String, JsonNode> label :
                Cells.at(node, "metadata.labels").properties()) {
            String key = label.getKey();
            String role = key.startsWith(ROLE_PREFIX)
                    ? key.substring(ROLE_PREFIX.length())
                    : key.equals(ROLE) ? label.getValue().asString("") : "";
            if (!role.isEmpty()) {
                roles.add(role);
            }
        }
        return Cells.orElse(String.join(",", roles), NONE);
    }

    private static String address(JsonNode node, String type) {
        for (JsonNode address : Cells.at(node, "status.addresses")) {
            if (Cells.string(address, "type").equals(type)) {
                return Cells.string(address, "address");
            }
        }
        return NONE;
    }
}
