package dev.kubepki.server.patch;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.failure.Rendering;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// RFC 6902, with what the Kubernetes API allows beyond it: negative indexes of arrays, and `replace` of an absent
/// member of an object.
public final class JsonPatch {
    private static final int MAX_OPERATIONS = 10_000;
    // Copies of copies grow as powers of two: the same bound as that of a request body holds for their sum.
    private static final long MAX_COPIED = 3L * 1024 * 1024;
    private static final Set<String> MEMBERS = Set.of("op", "path", "from", "value");

    private JsonNode document;
    private long copied;

    private JsonPatch(JsonNode document) {
        this.document = document;
    }

    /// The patched copy of an object.
    ///
    /// @throws ApiFailure 400 for what is no patch, 413 for too many operations, 422 when one can't be applied
    public static ObjectNode apply(ObjectNode object, JsonNode patch) {
        List<Operation> operations = decode(patch);
        if (operations.size() > MAX_OPERATIONS) {
            throw Failures.tooLarge("Request entity too large: The allowed maximum operations in a JSON patch is "
                    + MAX_OPERATIONS + ", got " + operations.size());
        }
        JsonPatch run = new JsonPatch(object.deepCopy());
        for (Operation operation : operations) {
            if (!run.apply(operation)) {
                throw Failures.rejected();
            }
        }
        if (run.document instanceof ObjectNode patched) {
            return patched;
        }
        throw Failures.rejected();
    }

    /// What strict decoding holds against a patch: `json patch unknown field "[0].foo"`.
    public static List<String> strictErrors(JsonNode patch) {
        List<String> errors = new ArrayList<>();
        for (int i = 0; i < patch.size(); i++) {
            if (patch.get(i) instanceof ObjectNode operation) {
                for (String name : operation.propertyNames()) {
                    if (!MEMBERS.contains(name)) {
                        errors.add("json patch unknown field " + Rendering.quote("[" + i + "]." + name));
                    }
                }
            }
        }
        return errors;
    }

    private record Operation(String op, JsonNode path, JsonNode from, JsonNode value) {}

    private static List<Operation> decode(JsonNode patch) {
        List<Operation> operations = new ArrayList<>(patch.size());
        if (patch.isNull()) {
            return operations;
        }
        if (!(patch instanceof ArrayNode array)) {
            throw undecodable(patch, "Go value of type []handlers.jsonPatchOp");
        }
        for (JsonNode item : array) {
            if (!item.isObject() && !item.isNull()) {
                throw undecodable(item, "Go value of type handlers.jsonPatchOp");
            }
            operations.add(new Operation(
                    member(item, "op").isString() ? member(item, "op").stringValue() : "unknown",
                    member(item, "path"),
                    member(item, "from"),
                    item.has("value") ? item.get("value") : JsonNodeFactory.instance.nullNode()));
        }
        return operations;
    }

    private static JsonNode member(JsonNode operation, String name) {
        JsonNode value = operation.get(name);
        if (value == null || value.isNull()) {
            return JsonNodeFactory.instance.nullNode();
        }
        if (!value.isString()) {
            throw undecodable(value, "Go struct field jsonPatchOp." + name + " of type string");
        }
        return value;
    }

    private static ApiFailure undecodable(JsonNode value, String into) {
        return Failures.badRequest(
                "error decoding patch: json: cannot unmarshal " + GoText.json(value) + " into " + into);
    }

    private boolean apply(Operation operation) {
        if (!operation.path().isString()) {
            return false;
        }
        String path = operation.path().stringValue();
        return switch (operation.op()) {
            case "add" -> add(path, operation.value().deepCopy());
            case "remove" -> remove(path);
            case "replace" -> replace(path, operation.value().deepCopy());
            case "test" -> test(path, operation.value());
            case "move" -> operation.from().isString() && move(operation.from().stringValue(), path);
            case "copy" -> operation.from().isString() && copy(operation.from().stringValue(), path);
            default -> false;
        };
    }

    private boolean add(String path, JsonNode value) {
        JsonPointer pointer = JsonPointer.parse(path);
        return pointer != null && pointer.add(document, value);
    }

    private boolean remove(String path) {
        JsonPointer pointer = JsonPointer.parse(path);
        return pointer != null && pointer.remove(document) != null;
    }

    private boolean replace(String path, JsonNode value) {
        JsonPointer pointer = JsonPointer.parse(path);
        if (pointer == null) {
            document = value;
            return path.isEmpty() && value.isContainer();
        }
        return pointer.replace(document, value);
    }

    private boolean test(String path, JsonNode expected) {
        JsonPointer pointer = JsonPointer.parse(path);
        if (pointer == null) {
            return path.isEmpty() && Values.equal(document, expected);
        }
        JsonNode actual = pointer.get(document);
        return actual != null && Values.equal(actual, expected);
    }

    private boolean move(String from, String path) {
        JsonPointer source = JsonPointer.parse(from);
        JsonNode value = source == null ? null : source.remove(document);
        return value != null && add(path, value);
    }

    private boolean copy(String from, String path) {
        JsonPointer source = JsonPointer.parse(from);
        JsonNode value = source == null ? null : source.get(document);
        if (value == null) {
            return false;
        }
        copied += value.toString().length();
        return copied <= MAX_COPIED && add(path, value.deepCopy());
    }
}
