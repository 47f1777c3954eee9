package dev.kubepki.server.patch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A JSON pointer (RFC 6901) to something inside a document.
///
/// @param parents the names that lead to what holds it
/// @param last its own name there
record JsonPointer(List<String> parents, String last) {
    /// Null for what points to the document itself. As in Kubernetes, what stands before the first slash is ignored.
    static @Nullable JsonPointer parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length < 2) {
            return null;
        }
        for (int i = 1; i < parts.length; i++) {
            // In this order, so that ~01 becomes ~1 and not a slash (RFC 6901 section 4).
            parts[i] = parts[i].indexOf('~') < 0
                    ? parts[i]
                    : parts[i].replace("~1", "/").replace("~0", "~");
        }
        return new JsonPointer(List.of(parts).subList(1, parts.length - 1), parts[parts.length - 1]);
    }

    private @Nullable JsonNode holder(JsonNode document) {
        JsonNode holder = document;
        for (String part : parents) {
            holder = child(holder, part);
            if (holder == null || !holder.isContainer()) {
                return null;
            }
        }
        return holder;
    }

    private static @Nullable JsonNode child(JsonNode holder, String name) {
        if (holder instanceof ArrayNode array) {
            int index = index(name, array.size(), array.size());
            return index < 0 ? null : array.get(index);
        }
        return holder.get(name);
    }

    /// Null when there is nothing in an array; JSON's null when an object has no such member.
    @Nullable
    JsonNode get(JsonNode document) {
        JsonNode holder = holder(document);
        if (holder == null) {
            return null;
        }
        JsonNode child = child(holder, last);
        return child == null && holder.isObject() ? JsonNodeFactory.instance.nullNode() : child;
    }

    /// False when it can't be added there.
    boolean add(JsonNode document, JsonNode value) {
        JsonNode holder = holder(document);
        if (holder instanceof ObjectNode object) {
            object.set(last, value);
            return true;
        }
        if (!(holder instanceof ArrayNode array)) {
            return false;
        }
        int index = last.equals("-") ? array.size() : index(last, array.size() + 1, array.size() + 1);
        if (index >= 0) {
            array.insert(index, value);
        }
        return index >= 0;
    }

    /// What was removed; null when there was nothing.
    @Nullable
    JsonNode remove(JsonNode document) {
        JsonNode holder = holder(document);
        if (holder instanceof ObjectNode object) {
            return object.remove(last);
        }
        if (holder instanceof ArrayNode array) {
            int index = index(last, array.size(), array.size());
            return index < 0 ? null : array.remove(index);
        }
        return null;
    }

    /// False when there is nothing to replace.
    boolean replace(JsonNode document, JsonNode value) {
        JsonNode holder = holder(document);
        if (holder instanceof ObjectNode object) {
            object.set(last, value);
            return true;
        }
        if (holder instanceof ArrayNode array) {
            int index = index(last, array.size(), array.size());
            if (index >= 0) {
                array.set(index, value);
            }
            return index >= 0;
        }
        return false;
    }

    /// An index below `bound`, a negative one counted back from `end`; -1 for what is none.
    private static int index(String text, int bound, int end) {
        int index;
        try {
            index = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
        if (index < 0) {
            index += end;
        }
        return index < bound ? Math.max(index, -1) : -1;
    }
}
