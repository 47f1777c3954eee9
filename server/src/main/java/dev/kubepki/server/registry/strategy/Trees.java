package dev.kubepki.server.registry.strategy;

import dev.kubepki.server.registry.Context;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reading and changing the trees of objects.
final class Trees {
    private Trees() {}

    /// The text at a path; empty when there is none.
    static String text(JsonNode object, String... path) {
        return at(object, path).asString("");
    }

    /// The node at a path; a missing node when there is none.
    static JsonNode at(JsonNode object, String... path) {
        JsonNode node = object;
        for (String name : path) {
            node = node.path(name);
        }
        return node;
    }

    /// What stands where nothing is.
    static JsonNode missing() {
        return JsonNodeFactory.instance.missingNode();
    }

    /// The texts of a list; nothing when there is none.
    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>(list.size());
        for (JsonNode item : list) {
            texts.add(item.asString(""));
        }
        return texts;
    }

    /// The object of that name in an object, made when there is none.
    static ObjectNode child(ObjectNode object, String name) {
        return object.get(name) instanceof ObjectNode there ? there : object.putObject(name);
    }

    /// The list of that name in an object; empty and apart from it when there is none.
    static ArrayNode list(JsonNode object, String name) {
        return object.get(name) instanceof ArrayNode there ? there : JsonNodeFactory.instance.arrayNode();
    }

    /// Sets the namespace: a body may leave it to the URL, and what is judged must be judged where it will lie.
    static void placeWhereTheUrlSays(ObjectNode object, Context context) {
        ObjectNode metadata = child(object, "metadata");
        if (context.call().kind().namespaced()) {
            metadata.put("namespace", context.call().namespace());
        } else {
            metadata.remove("namespace");
        }
    }

    /// Sets a field to another's value, or removes it when there is none.
    static void copy(ObjectNode target, String name, @Nullable JsonNode value) {
        if (value == null || value.isMissingNode()) {
            target.remove(name);
        } else {
            target.set(name, value);
        }
    }

    /// As metav1.Time shows it: UTC, whole seconds.
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
