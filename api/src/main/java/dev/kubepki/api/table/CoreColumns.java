package dev.kubepki.api.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Of namespaces and what they hold of configuration, and of bindings of roles.
final class CoreColumns {
    private static final List<Column> BINDING = List.of(
            Column.named(),
            Column.of(
                    "Role",
                    "The role that is granted.",
                    Cells.from(binding ->
                            Cells.string(binding, "roleRef.kind") + "/" + Cells.string(binding, "roleRef.name"))),
            Column.aged(),
            Column.wide("Users", "Users who are granted the role.", Cells.from(binding -> subjects(binding, "User"))),
            Column.wide(
                    "Groups", "Groups that are granted the role.", Cells.from(binding -> subjects(binding, "Group"))),
            Column.wide(
                    "ServiceAccounts",
                    "Service accounts that are granted the role.",
                    Cells.from(binding -> subjects(binding, "ServiceAccount"))));

    static final Map<String, List<Column>> ALL = Map.of(
            "namespaces",
            List.of(
                    Column.named(),
                    Column.of("Status", "Active, or Terminating while it is deleted.", Cells.text("status.phase")),
                    Column.aged()),
            "configmaps",
            List.of(
                    Column.named(),
                    Column.of("Data", "How many entries it has.", Cells.count("data", "binaryData")),
                    Column.aged()),
            "secrets",
            List.of(
                    Column.named(),
                    Column.of("Type", "What the entries are.", Cells.text("type")),
                    Column.of("Data", "How many entries it has.", Cells.count("data")),
                    Column.aged()),
            "serviceaccounts",
            List.of(Column.named(), Column.aged()),
            "leases.coordination.k8s.io",
            List.of(
                    Column.named(),
                    Column.of("Holder", "Who holds the lease.", Cells.text("spec.holderIdentity")),
                    Column.aged()),
            "rolebindings.rbac.authorization.k8s.io",
            BINDING,
            "clusterrolebindings.rbac.authorization.k8s.io",
            BINDING);

    private CoreColumns() {}

    private static String subjects(JsonNode binding, String kind) {
        List<String> names = new ArrayList<>();
        for (JsonNode subject : Cells.at(binding, "subjects")) {
            if (Cells.string(subject, "kind").equals(kind)) {
                String name = Cells.string(subject, "name");
                names.add(kind.equals("ServiceAccount") ? Cells.string(subject, "namespace") + "/" + name : name);
            }
        }
        return String.join(", ", names);
    }
}
