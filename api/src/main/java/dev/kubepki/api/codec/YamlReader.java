package dev.kubepki.api.codec;

import dev.kubepki.api.failure.Rendering;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads one document of YAML.
final class YamlReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /// How many values aliases may stand for in all: bombs need billions.
    private static final int MAX_ALIASED = 100_000;

    private static final String MERGE = "<<";
    private static final String TEXT_TAG = "tag:yaml.org,2002:str";
    private static final String BINARY_TAG = "tag:yaml.org,2002:binary";

    private final Iterator<Event> events;
    private final Map<Anchor, JsonNode> anchors = new HashMap<>();
    private final List<String> duplicates = new ArrayList<>();
    private int aliased;

    private YamlReader(Iterator<Event> events) {
        this.events = events;
    }

    static Decoded<JsonNode> read(byte[] yaml) {
        if (!Utf8.valid(yaml)) {
            throw DecodeFailure.syntax("yaml: invalid UTF-8");
        }
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(Integer.MAX_VALUE)
                .setVersionFunction(version -> version)
                .build();
        try {
            Iterable<Event> events = new Parse(settings).parseInputStream(new ByteArrayInputStream(yaml));
            YamlReader reader = new YamlReader(events.iterator());
            JsonNode tree = reader.document();
            return new Decoded<>(tree, reader.problems());
        } catch (MarkedYamlEngineException broken) {
            String line = broken.getProblemMark()
                    .map(Mark::getLine)
                    .map(number -> "line " + (number + 1) + ": ")
                    .orElse("");
            throw DecodeFailure.syntax("yaml: " + line + broken.getProblem());
        } catch (YamlEngineException | NumberFormatException | IndexOutOfBoundsException broken) {
            // The parser lets exceptions of Java's own out at broken escapes such as "\\uZZZZ".
            throw DecodeFailure.syntax("yaml: the document is broken");
        }
    }

    /// All duplicates are one problem.
    private List<String> problems() {
        return duplicates.isEmpty()
                ? List.of()
                : List.of("yaml: unmarshal errors:\n  " + String.join("\n  ", duplicates));
    }

    private JsonNode document() {
        JsonNode first = NODES.nullNode();
        boolean seen = false;
        while (events.hasNext()) {
            if (events.next().getEventId() != Event.ID.DocumentStart) {
                continue;
            }
            JsonNode node = node(events.next(), 0);
            if (seen && !node.isNull()) {
                throw DecodeFailure.syntax("yaml: more than one document");
            }
            first = seen ? first : node;
            seen = true;
        }
        return first;
    }

    private JsonNode node(Event event, int depth) {
        if (depth > JsonScanner.MAX_DEPTH) {
            throw DecodeFailure.syntax("yaml: exceeded max depth");
        }
        if (event instanceof AliasEvent alias) {
            return aliased(alias.getAlias());
        }
        JsonNode node = switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case SequenceStartEvent ignored -> sequence(depth);
            case MappingStartEvent ignored -> mapping(depth);
            default -> throw DecodeFailure.syntax("yaml: the document is broken");
        };
        if (event instanceof NodeEvent named) {
            named.getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
        }
        return node;
    }

    private JsonNode aliased(Anchor alias) {
        JsonNode node = anchors.get(alias);
        if (node == null) {
            throw DecodeFailure.syntax("yaml: unknown anchor " + Rendering.quote(alias.getValue()) + " referenced");
        }
        aliased += values(node);
        return node.deepCopy();
    }

    /// How many values it holds; refuses to count further than aliases may reach.
    private int values(JsonNode node) {
        int count = 1;
        for (JsonNode inner : node) {
            count += values(inner);
        }
        if (aliased + count > MAX_ALIASED) {
            throw DecodeFailure.syntax("yaml: document contains excessive aliasing");
        }
        return count;
    }

    private static JsonNode scalar(ScalarEvent scalar) {
        String tag = scalar.getTag().orElse("");
        boolean text = tag.equals(TEXT_TAG) || tag.equals(BINARY_TAG) || tag.equals("!");
        boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN && !text;
        return plain ? YamlScalars.value(scalar.getValue()) : NODES.stringNode(scalar.getValue());
    }

    private ArrayNode sequence(int depth) {
        ArrayNode array = NODES.arrayNode();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            array.add(node(event, depth + 1));
        }
        return array;
    }

    private ObjectNode mapping(int depth) {
        ObjectNode object = NODES.objectNode();
        List<JsonNode> merged = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            int line = event.getStartMark().map(Mark::getLine).orElse(0) + 1;
            boolean merge = isMerge(event);
            String key = key(node(event, depth + 1));
            JsonNode value = node(events.next(), depth + 1);
            if (merge) {
                merged.add(value);
                continue;
            }
            if (object.has(key)) {
                duplicates.add("line " + line + ": key " + Rendering.quote(key) + " already set in map");
            }
            object.set(key, value);
        }
        merged.forEach(value -> merge(object, value));
        return object;
    }

    private static boolean isMerge(Event event) {
        return event instanceof ScalarEvent scalar
                && scalar.getScalarStyle() == ScalarStyle.PLAIN
                && scalar.getValue().equals(MERGE);
    }

    /// What stands in the object itself wins, then what was merged first.
    private static void merge(ObjectNode object, JsonNode value) {
        if (value instanceof ArrayNode several) {
            several.forEach(each -> merge(object, each));
        } else if (value instanceof ObjectNode other) {
            other.properties().forEach(member -> object.putIfAbsent(member.getKey(), member.getValue()));
        } else {
            throw DecodeFailure.syntax("yaml: map merge requires map or sequence of maps as the value");
        }
    }

    private static String key(JsonNode key) {
        return switch (key.getNodeType()) {
            case STRING -> key.stringValue();
            case NUMBER -> key.isIntegralNumber() ? key.asString() : Numbers.text(key.doubleValue());
            case BOOLEAN -> key.booleanValue() ? "true" : "false";
            default -> throw DecodeFailure.type("unsupported map key of type: " + key.getNodeType());
        };
    }
}
