package dev.kubepki.server.patch;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.schema.MessageType;
import dev.kubepki.api.schema.Schema;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Kubernetes' own patch: like a merge patch, but lists are merged where the schema says so, and directives in the
/// patch
/// say what a null can't.
public final class StrategicMergePatch {
    static final String DIRECTIVE = "$patch";
    private static final String RETAIN_KEYS = "$retainKeys";
    private static final String DELETE_FROM_LIST = "$deleteFromPrimitiveList";
    private static final String ELEMENT_ORDER = "$setElementOrder";

    private StrategicMergePatch() {}

    /// The patched copy of an object; a null type merges maps and replaces lists.
    ///
    /// @throws dev.kubepki.api.failure.ApiFailure 400 or 500, as the API does, for a patch that can't be understood
    public static ObjectNode apply(ObjectNode object, JsonNode patch, Schema schema, @Nullable MessageType type) {
        if (!(patch instanceof ObjectNode changes)) {
            if (patch.isNull()) {
                return object.deepCopy();
            }
            throw Failures.badRequest(
                    "json: cannot unmarshal " + GoText.json(patch) + " into Go value of type map[string]interface {}");
        }
        return mergeObject(object.deepCopy(), changes.deepCopy(), PatchSchema.of(schema, type));
    }

    /// The patch as it stands in the text that refuses it: as Go prints a map.
    public static String print(JsonNode patch) {
        return GoText.print(patch);
    }

    /// Merges into `original`; both may change.
    static ObjectNode mergeObject(ObjectNode original, ObjectNode patch, PatchSchema schema) {
        JsonNode directive = patch.get(DIRECTIVE);
        if (directive != null) {
            return directed(directive, patch);
        }
        retainKeys(original, patch);
        order(original, patch, schema);
        for (Map.Entry<String, JsonNode> entry : List.copyOf(patch.properties())) {
            String name = entry.getKey();
            if (name.startsWith(DELETE_FROM_LIST)) {
                deleteFromList(original, field(name, DELETE_FROM_LIST, "primitive list"), entry.getValue(), schema);
            } else if (entry.getValue().isNull()) {
                original.remove(name);
            } else {
                mergeField(original, name, entry.getValue(), schema);
            }
        }
        return original;
    }

    private static ObjectNode directed(JsonNode directive, ObjectNode patch) {
        String text = directive.isString() ? directive.stringValue() : "";
        if (text.equals("replace")) {
            patch.remove(DIRECTIVE);
            return patch;
        }
        if (text.equals("delete")) {
            return JsonNodeFactory.instance.objectNode();
        }
        throw unknownDirective(directive, patch);
    }

    static RuntimeException unknownDirective(JsonNode directive, ObjectNode patch) {
        return Failures.raw("unknown patch type: " + GoText.print(directive) + " in map: " + GoText.print(patch));
    }

    private static void retainKeys(ObjectNode original, ObjectNode patch) {
        JsonNode directive = patch.remove(RETAIN_KEYS);
        if (directive == null) {
            return;
        }
        if (!(directive instanceof ArrayNode list)) {
            throw badFormat("retainKeys");
        }
        Set<String> retained = new HashSet<>();
        list.forEach(name -> retained.add(name.isString() ? name.stringValue() : ""));
        for (Map.Entry<String, JsonNode> entry : patch.properties()) {
            String name = entry.getKey();
            boolean aside =
                    entry.getValue().isNull() || name.startsWith(DELETE_FROM_LIST) || name.startsWith(ELEMENT_ORDER);
            if (!aside && !retained.contains(name)) {
                throw badFormat("retainKeys");
            }
        }
        original.retain(retained);
    }

    private static RuntimeException badFormat(String what) {
        return Failures.badRequest("invalid patch format of " + what);
    }

    private static String field(String name, String prefix, String what) {
        if (name.length() <= prefix.length() || name.charAt(prefix.length()) != '/') {
            throw badFormat(what);
        }
        return name.substring(prefix.length() + 1);
    }

    /// Merges the lists whose order the patch sets, and takes them out of the patch.
    private static void order(ObjectNode original, ObjectNode patch, PatchSchema schema) {
        for (Map.Entry<String, JsonNode> entry : List.copyOf(patch.properties())) {
            if (!entry.getKey().startsWith(ELEMENT_ORDER)) {
                continue;
            }
            patch.remove(entry.getKey());
            ArrayNode order = ListMerge.list(entry.getValue());
            String name = field(entry.getKey(), ELEMENT_ORDER, "setElementOrder list");
            ArrayNode before = original.has(name) ? ListMerge.list(original.get(name)) : null;
            ArrayNode change = patch.has(name) ? ListMerge.list(patch.get(name)) : null;
            PatchSchema.Lookup lookup = schema.list(name);
            ListMerge merge = new ListMerge(lookup.inner(), lookup.mergeKey());
            if (change != null) {
                merge.checkOrder(change, order);
            }
            ArrayNode merged = merged(before, change, lookup, merge);
            if (merged != null) {
                original.set(name, merge.ordered(merged, order, before));
                patch.remove(name);
            }
        }
    }

    private static @Nullable ArrayNode merged(
            @Nullable ArrayNode before, @Nullable ArrayNode change, PatchSchema.Lookup lookup, ListMerge merge) {
        if (change == null) {
            return before;
        }
        if (before == null) {
            return (ArrayNode) withoutDirectives(change);
        }
        return lookup.merges() ? merge.merge(before, change) : change;
    }

    private static void deleteFromList(ObjectNode original, String name, JsonNode items, PatchSchema schema) {
        JsonNode before = original.get(name);
        if (items.isNull()) {
            original.remove(name);
        } else if (before instanceof ArrayNode list && items instanceof ArrayNode unwanted) {
            PatchSchema.Lookup lookup = schema.list(name);
            original.set(name, new ListMerge(lookup.inner(), lookup.mergeKey()).delete(list, unwanted));
        }
    }

    private static void mergeField(ObjectNode original, String name, JsonNode change, PatchSchema schema) {
        JsonNode before = original.get(name);
        if (before instanceof ObjectNode object && change instanceof ObjectNode changes) {
            original.set(name, mergeObject(object, changes, schema.object(name).inner()));
        } else if (before instanceof ArrayNode list && change instanceof ArrayNode changes) {
            PatchSchema.Lookup lookup = schema.list(name);
            original.set(
                    name,
                    lookup.merges() ? new ListMerge(lookup.inner(), lookup.mergeKey()).merge(list, changes) : changes);
        } else {
            JsonNode value = withoutDirectives(withoutNulls(change));
            if (value == null) {
                original.remove(name);
            } else {
                original.set(name, value);
            }
        }
    }

    private static JsonNode withoutNulls(JsonNode value) {
        if (value instanceof ObjectNode object) {
            object.removeNulls();
        }
        value.forEach(StrategicMergePatch::withoutNulls);
        return value;
    }

    /// Null for an object that is only a directive.
    static @Nullable JsonNode withoutDirectives(JsonNode value) {
        if (value instanceof ObjectNode object) {
            if (object.has(DIRECTIVE)) {
                return null;
            }
            for (Map.Entry<String, JsonNode> entry : List.copyOf(object.properties())) {
                JsonNode kept = withoutDirectives(entry.getValue());
                if (kept == null) {
                    object.remove(entry.getKey());
                } else {
                    object.set(entry.getKey(), kept);
                }
            }
        } else if (value instanceof ArrayNode list) {
            ArrayNode kept = list.arrayNode(list.size());
            for (JsonNode item : list) {
                JsonNode left = withoutDirectives(item);
                if (left != null) {
                    kept.add(left);
                }
            }
            return kept;
        }
        return value;
    }
}
