package dev.kubepki.api.table;

import dev.kubepki.api.kind.GroupVersionKind;
import dev.kubepki.api.kind.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Turns objects of one kind into Table objects. Parts of the objects become parts of the tables without a copy.
public final class Tables {
    private final GroupVersionKind kind;
    private final String metaVersion;
    private final IncludeObject include;
    private final List<Column> columns;

    /// For one request.
    ///
    /// @param kind of the objects
    /// @param version in which the client speaks of them
    /// @param metaVersion of Table itself: `v1` or `v1beta1`
    /// @param include what rows carry
    public Tables(Kind kind, String version, String metaVersion, IncludeObject include) {
        this.kind = kind.in(version);
        this.metaVersion = metaVersion;
        this.include = include;
        this.columns = Columns.of(kind);
    }

    /// A list.
    ///
    /// @param metadata of the list: resourceVersion, continue, remainingItemCount
    /// @param now from which ages count
    public ObjectNode list(ObjectNode metadata, Iterable<ObjectNode> objects, Instant now) {
        ObjectNode table = table(metadata, true);
        ArrayNode rows = table.putArray("rows");
        for (ObjectNode object : objects) {
            addRow(rows, object, now);
        }
        return table;
    }

    /// One object.
    public ObjectNode single(ObjectNode object, Instant now) {
        return event(object, true, now);
    }

    /// The object of a watch event, bookmarks included: only the first table of a watch says what the columns are.
    public ObjectNode event(ObjectNode object, boolean first, Instant now) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        metadata.put("resourceVersion", Cells.string(object, "metadata.resourceVersion"));
        ObjectNode table = table(metadata, first);
        addRow(table.putArray("rows"), object, now);
        return table;
    }

    private ObjectNode table(ObjectNode metadata, boolean definitions) {
        ObjectNode table = PartialMetadata.object("Table", metaVersion);
        table.set("metadata", metadata);
        if (definitions) {
            ArrayNode array = table.putArray("columnDefinitions");
            columns.forEach(column -> column.define(array.addObject()));
        } else {
            table.putNull("columnDefinitions");
        }
        return table;
    }

    private void addRow(ArrayNode rows, ObjectNode object, Instant now) {
        ObjectNode row = rows.addObject();
        ArrayNode cells = row.putArray("cells");
        columns.forEach(column -> cells.add(column.cell().of(object, now)));
        switch (include) {
            case NONE -> row.putNull("object");
            case METADATA -> row.set("object", PartialMetadata.of(object, metaVersion));
            case OBJECT -> row.set("object", named(object));
        }
    }

    /// Items of lists don't say what they are; rows do.
    private ObjectNode named(ObjectNode object) {
        ObjectNode named = JsonNodeFactory.instance.objectNode();
        named.put("kind", kind.kind()).put("apiVersion", kind.groupVersion().toString());
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!field.getKey().equals("kind") && !field.getKey().equals("apiVersion")) {
                named.set(field.getKey(), field.getValue());
            }
        }
        return named;
    }
}
