package dev.kubepki.server.patch;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Equality and order of JSON values as the API machinery has them: numbers by value, members of objects in any order.
final class Values {
    private Values() {}

    /// Whether they are the same value; `1` and `1.0` are.
    @SuppressWarnings("ReferenceEquality")
    static boolean equal(JsonNode left, JsonNode right) {
        if (left == right) {
            return true;
        }
        return switch (left.getNodeType()) {
            case OBJECT -> right instanceof ObjectNode other && equalObjects((ObjectNode) left, other);
            case ARRAY -> right instanceof ArrayNode other && equalArrays((ArrayNode) left, other);
            case NUMBER -> right.isNumber() && compareNumbers(left, right) == 0;
            case STRING -> right.isString() && left.stringValue().equals(right.stringValue());
            case BOOLEAN -> right.isBoolean() && left.booleanValue() == right.booleanValue();
            case NULL -> right.isNull();
            default -> left.equals(right);
        };
    }

    private static boolean equalObjects(ObjectNode left, ObjectNode right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (Map.Entry<String, JsonNode> entry : left.properties()) {
            JsonNode other = right.get(entry.getKey());
            if (other == null || !equal(entry.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalArrays(ArrayNode left, ArrayNode right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!equal(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// Numbers before texts before booleans before the rest.
    static int compare(JsonNode left, JsonNode right) {
        int byRank = Integer.compare(rank(left), rank(right));
        if (byRank != 0) {
            return byRank;
        }
        if (left.isNumber()) {
            return compareNumbers(left, right);
        }
        if (left.isString()) {
            return compareTexts(left.stringValue(), right.stringValue());
        }
        return left.isBoolean()
                ? Boolean.compare(left.booleanValue(), right.booleanValue())
                : GoJson.of(left).compareTo(GoJson.of(right));
    }

    private static int rank(JsonNode value) {
        if (value.isNumber()) {
            return 0;
        }
        if (value.isString()) {
            return 1;
        }
        return value.isBoolean() ? 2 : 3;
    }

    private static int compareNumbers(JsonNode left, JsonNode right) {
        return left.isIntegralNumber() && right.isIntegralNumber()
                ? Long.compare(left.longValue(), right.longValue())
                : Double.compare(left.doubleValue(), right.doubleValue());
    }

    /// In the order of their UTF-8 bytes.
    static int compareTexts(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                // A surrogate stands for a code point above all that one char can hold.
                return Character.isSurrogate(a) == Character.isSurrogate(b)
                        ? Character.compare(a, b)
                        : Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /// A text by which equal values are found in a map.
    static String key(@Nullable JsonNode value) {
        return value == null ? "" : GoJson.of(value);
    }
}
