package dev.kubepki.api.table;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Objects reduced to their metadata, as PartialObjectMetadata. The metadata is used and not copied.
public final class PartialMetadata {
    private PartialMetadata() {}

    /// Of one object.
    ///
    /// @param metaVersion `v1` or `v1beta1`
    public static ObjectNode of(ObjectNode object, String metaVersion) {
        ObjectNode partial = object("PartialObjectMetadata", metaVersion);
        JsonNode metadata = object.get("metadata");
        partial.set("metadata", metadata == null ? JsonNodeFactory.instance.objectNode() : metadata);
        return partial;
    }

    /// Of a list.
    ///
    /// @param metadata of the list: resourceVersion, continue, remainingItemCount
    /// @param metaVersion `v1` or `v1beta1`
    public static ObjectNode list(ObjectNode metadata, Iterable<ObjectNode> objects, String metaVersion) {
        ObjectNode list = object("PartialObjectMetadataList", metaVersion);
        list.set("metadata", metadata);
        ArrayNode items = list.putArray("items");
        objects.forEach(object -> items.add(of(object, metaVersion)));
        return list;
    }

    static ObjectNode object(String kind, String metaVersion) {
        return JsonNodeFactory.instance.objectNode().put("kind", kind).put("apiVersion", "meta.k8s.io/" + metaVersion);
    }
}
