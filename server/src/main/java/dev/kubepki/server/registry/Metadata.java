package dev.kubepki.server.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An object's `metadata`, read and changed in place.
///
/// @param node the tree under `metadata`
public record Metadata(ObjectNode node) {
    /// Of an object; an object without one gets it.
    public static Metadata of(ObjectNode object) {
        if (object.get("metadata") instanceof ObjectNode metadata) {
            return new Metadata(metadata);
        }
        return new Metadata(object.putObject("metadata"));
    }

    /// Empty when absent.
    public String text(String field) {
        JsonNode value = node.get(field);
        return value == null || !value.isString() ? "" : value.stringValue();
    }

    /// Sets a text; the empty one removes the field.
    void text(String field, String value) {
        if (value.isEmpty()) {
            node.remove(field);
        } else {
            node.put(field, value);
        }
    }

    /// `metadata.name`.
    public String name() {
        return text("name");
    }

    /// `metadata.namespace`.
    public String namespace() {
        return text("namespace");
    }

    /// `metadata.uid`.
    public String uid() {
        return text("uid");
    }

    /// `metadata.resourceVersion`.
    public String resourceVersion() {
        return text("resourceVersion");
    }

    /// Whether its deletion was asked for.
    public boolean isDeleting() {
        return !text("deletionTimestamp").isEmpty();
    }

    /// 0 when absent.
    long generation() {
        return node.path("generation").asLong(0);
    }

    /// Null when absent.
    @Nullable
    Long gracePeriodSeconds() {
        JsonNode value = node.get("deletionGracePeriodSeconds");
        return value == null || !value.isNumber() ? null : value.asLong();
    }

    /// `metadata.labels`, in the order of the object.
    public Map<String, String> labels() {
        return texts("labels");
    }

    /// `metadata.annotations`, in the order of the object.
    public Map<String, String> annotations() {
        return texts("annotations");
    }

    private Map<String, String> texts(String field) {
        if (!(node.get(field) instanceof ObjectNode map) || map.isEmpty()) {
            return Map.of();
        }
        Map<String, String> texts = LinkedHashMap.newLinkedHashMap(map.size());
        map.forEachEntry((key, value) -> texts.put(key, value.asString("")));
        return texts;
    }

    /// `metadata.finalizers`.
    public List<String> finalizers() {
        if (!(node.get("finalizers") instanceof ArrayNode array) || array.isEmpty()) {
            return List.of();
        }
        List<String> finalizers = new ArrayList<>(array.size());
        array.forEach(finalizer -> finalizers.add(finalizer.asString("")));
        return finalizers;
    }

    void finalizers(List<String> finalizers) {
        node.remove("finalizers");
        if (!finalizers.isEmpty()) {
            ArrayNode array = node.putArray("finalizers");
            finalizers.forEach(array::add);
        }
    }

    /// `metadata.ownerReferences`; null when absent.
    @Nullable
    ArrayNode ownerReferences() {
        return node.get("ownerReferences") instanceof ArrayNode array ? array : null;
    }
}
