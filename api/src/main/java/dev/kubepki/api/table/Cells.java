package dev.kubepki.api.table;

import dev.kubepki.api.table.Column.Cell;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.StringNode;

/// The cells of which most columns are made. Paths are JSON names with dots between them.
final class Cells {
    static final String NONE = "<none>";
    static final String UNKNOWN = "<unknown>";
    static final String UNSET = "<unset>";

    private Cells() {}

    /// The value at a path; missing when any step is.
    static JsonNode at(JsonNode object, String path) {
        JsonNode node = object;
        int start = 0;
        while (start <= path.length()) {
            int dot = path.indexOf('.', start);
            int end = dot < 0 ? path.length() : dot;
            JsonNode child = node.get(path.substring(start, end));
            if (child == null || child.isNull()) {
                return MissingNode.getInstance();
            }
            node = child;
            start = end + 1;
        }
        return node;
    }

    /// The text at a path, numbers and booleans included; empty when there is none.
    static String string(JsonNode object, String path) {
        return at(object, path).asString("");
    }

    /// The number at a path; 0 when there is none.
    static long integer(JsonNode object, String path) {
        return at(object, path).asLong(0);
    }

    /// What a function says.
    static Cell from(Function<JsonNode, String> text) {
        return (object, now) -> StringNode.valueOf(text.apply(object));
    }

    /// The text at a path.
    static Cell text(String path) {
        return from(object -> string(object, path));
    }

    /// The text at a path, or other text when it is empty.
    static Cell text(String path, String otherwise) {
        return from(object -> orElse(string(object, path), otherwise));
    }

    /// The number at a path.
    static Cell number(String path) {
        return (object, now) -> LongNode.valueOf(integer(object, path));
    }

    /// How many entries lists and maps have together.
    static Cell count(String... paths) {
        return (object, now) -> {
            int count = 0;
            for (String path : paths) {
                count += at(object, path).size();
            }
            return IntNode.valueOf(count);
        };
    }

    /// How long ago a time at a path was.
    static Cell since(String path) {
        return (object, now) -> StringNode.valueOf(since(string(object, path), now));
    }

    /// How long ago a time was; unknown when it is empty.
    static String since(String time, Instant now) {
        return instant(time)
                .map(then -> HumanDuration.of(Duration.between(then, now)))
                .orElse(UNKNOWN);
    }

    /// A time in RFC 3339; empty for another text.
    static Optional<Instant> instant(String time) {
        try {
            return time.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(time));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /// A map of texts as `a=b,c=d`, sorted; none when it is empty.
    static Cell labels(String path) {
        return from(object -> labels(at(object, path)));
    }

    private static String labels(JsonNode map) {
        Map<String, String> sorted = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            sorted.put(entry.getKey(), entry.getValue().asString(""));
        }
        List<String> pairs = new ArrayList<>();
        sorted.forEach((key, value) -> pairs.add(key + "=" + value));
        return orElse(String.join(",", pairs), NONE);
    }

    /// A label selector: its labels and its expressions.
    static Cell selector(String path) {
        return from(object -> {
            JsonNode selector = at(object, path);
            List<String> parts = new ArrayList<>();
            String labels = labels(at(selector, "matchLabels"));
            if (!labels.equals(NONE)) {
                parts.add(labels);
            }
            for (JsonNode expression : at(selector, "matchExpressions")) {
                parts.add(expression(expression));
            }
            return orElse(String.join(",", parts), NONE);
        });
    }

    private static String expression(JsonNode expression) {
        String key = string(expression, "key");
        String values = String.join(",", strings(expression, "values"));
        return switch (string(expression, "operator")) {
            case "In" -> key + " in (" + values + ")";
            case "NotIn" -> key + " notin (" + values + ")";
            case "DoesNotExist" -> "!" + key;
            default -> key;
        };
    }

    /// A field of each element of a list.
    static List<String> each(JsonNode object, String path, String field) {
        List<String> values = new ArrayList<>();
        for (JsonNode element : at(object, path)) {
            values.add(string(element, field));
        }
        return values;
    }

    /// A list of texts.
    static List<String> strings(JsonNode object, String path) {
        List<String> values = new ArrayList<>();
        for (JsonNode element : at(object, path)) {
            values.add(element.asString(""));
        }
        return values;
    }

    /// The texts with commas between them; other text when there are none.
    static String joined(List<String> values, String otherwise) {
        return orElse(String.join(",", values), otherwise);
    }

    static String orElse(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }
}
