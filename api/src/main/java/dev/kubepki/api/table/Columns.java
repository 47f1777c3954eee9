package dev.kubepki.api.table;

import dev.kubepki.api.kind.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.StringNode;

/// The columns of each kind, by the name of its resource.
final class Columns {
    private static final Column CREATED_AT = new Column(
            "Created At",
            "date",
            "",
            0,
            "When the object was created.",
            (object, now) -> StringNode.valueOf(
                    Cells.orElse(Cells.string(object, "metadata.creationTimestamp"), "0001-01-01T00:00:00Z")));

    private static final List<Column> OTHERS = List.of(Column.named(), CREATED_AT);
    private static final Map<String, List<Column>> BY_RESOURCE = all();

    private Columns() {}

    /// Name and time of creation for a kind without columns of its own.
    static List<Column> of(Kind kind) {
        return BY_RESOURCE.getOrDefault(kind.resource(), OTHERS);
    }

    private static Map<String, List<Column>> all() {
        Map<String, List<Column>> all = new HashMap<>();
        all.putAll(CertificateColumns.ALL);
        all.putAll(CoreColumns.ALL);
        all.putAll(EventColumns.ALL);
        all.putAll(NodeColumns.ALL);
        all.putAll(WorkloadColumns.ALL);
        all.putAll(StorageColumns.ALL);
        all.putAll(NetworkColumns.ALL);
        all.putAll(OtherColumns.ALL);
        return Map.copyOf(all);
    }
}
