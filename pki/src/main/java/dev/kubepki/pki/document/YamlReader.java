package dev.kubepki.pki.document;

import dev.kubepki.pki.document.Scalar.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads YAML from the parser's events, with the meaning that Go's reader gives to words, numbers and `<<`.
final class YamlReader {
    /// How many values aliases may stand for in all: a bomb needs billions, a description some dozens.
    private static final long MAX_ALIASED = 100_000;

    /// How many characters aliases may stand for in all.
    private static final long MAX_ALIASED_TEXT = 4L * Documents.MAX_BYTES;

    private static final Set<String> MAPPING_TAGS = Set.of("!", "tag:yaml.org,2002:map");
    private static final Set<String> SEQUENCE_TAGS = Set.of("!", "tag:yaml.org,2002:seq");

    /// A value that was given a name with `&`, and what an alias to it costs.
    private record Anchored(Node node, long values, long text, int height) {}

    private final String file;
    private final Iterator<Event> events;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private long aliased;
    private long aliasedText;

    // what was read so far, aliases in full: the difference before and after a value is what the value holds
    private long values;
    private long text;
    private int deepest;

    private int lastLine;

    private YamlReader(String file, Iterator<Event> events) {
        this.file = file;
        this.events = events;
    }

    static List<Document> read(String file, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(Documents.MAX_BYTES)
                .setVersionFunction(version -> version)
                .build();
        YamlReader reader = new YamlReader(file, new ParserImpl(settings, new StreamReader(settings, text)));
        try {
            return reader.documents();
        } catch (MarkedYamlEngineException broken) {
            int line = broken.getProblemMark()
                    .or(broken::getContextMark)
                    .map(Mark::getLine)
                    .orElse(-1);
            throw new DocumentFailure(file, line + 1, "is not valid YAML: " + sentence(broken.getProblem()));
        } catch (ReaderException broken) {
            throw new DocumentFailure(
                    file, lineOf(text, broken.getPosition()), "is not valid YAML: it holds a control character");
        } catch (YamlEngineException | NumberFormatException | IndexOutOfBoundsException broken) {
            // the parser lets Java's own exceptions out at broken escapes such as "\\uZZZZ"
            throw new DocumentFailure(file, reader.lastLine, "is not valid YAML at this line or below");
        }
    }

    /// The parser's own words, up to where it quotes the text, which may be a secret.
    private static String sentence(@Nullable String problem) {
        if (problem == null) {
            return "its structure is broken";
        }
        int quote = problem.indexOf(", but found: ");
        return (quote < 0 ? problem : problem.substring(0, quote)).strip();
    }

    private static int lineOf(String text, int index) {
        int line = 1;
        for (int i = 0; i < Math.min(index, text.length()); i++) {
            line += text.charAt(i) == '\n' ? 1 : 0;
        }
        return line;
    }

    private List<Document> documents() {
        List<Document> documents = new ArrayList<>();
        while (events.hasNext()) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.DocumentStart) {
                anchors.clear();
                documents.add(new Document(file, node(events.next(), 0)));
            }
        }
        return documents;
    }

    private Node node(Event event, int depth) {
        int line = line(event);
        lastLine = line;
        checkDepth(depth, line);
        if (event instanceof AliasEvent alias) {
            return aliased(alias, line, depth);
        }
        long valuesBefore = values++;
        long textBefore = text;
        int deepestBefore = deepest;
        deepest = depth;
        Node node = content(event, depth, line);
        if (event instanceof NodeEvent named && named.getAnchor().isPresent()) {
            Anchored size = new Anchored(node, values - valuesBefore, text - textBefore, deepest - depth);
            anchors.put(named.getAnchor().get(), size);
        }
        deepest = Math.max(deepest, deepestBefore);
        return node;
    }

    private Node content(Event event, int depth, int line) {
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar);
        }
        if (event instanceof SequenceStartEvent start) {
            checkTag(start.getTag(), SEQUENCE_TAGS, line);
            return sequence(start, depth);
        }
        if (event instanceof MappingStartEvent start) {
            checkTag(start.getTag(), MAPPING_TAGS, line);
            return mapping(start, depth);
        }
        throw new DocumentFailure(file, line, "is not valid YAML");
    }

    private void checkDepth(int depth, int line) {
        if (depth > Documents.MAX_DEPTH) {
            throw new DocumentFailure(file, line, "is nested deeper than " + Documents.MAX_DEPTH + " levels");
        }
    }

    private Sequence sequence(Event start, int depth) {
        List<Node> items = new ArrayList<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
            items.add(node(next, depth + 1));
        }
        return new Sequence(items, line(start), column(start));
    }

    private Mapping mapping(Event start, int depth) {
        Map<String, Mapping.Entry> entries = new LinkedHashMap<>();
        List<Mapping> merged = new ArrayList<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
            if (next instanceof ScalarEvent scalar
                    && scalar.isPlain()
                    && scalar.getValue().equals("<<")) {
                merged.addAll(mergeable(node(events.next(), depth + 1), line(next)));
                continue;
            }
            String key = key(node(next, depth + 1), line(next));
            Node value = node(events.next(), depth + 1);
            if (entries.putIfAbsent(key, new Mapping.Entry(key, value, line(next), column(next))) != null) {
                throw new DocumentFailure(file, line(next), "names \"" + key + "\" twice in one mapping");
            }
        }
        for (Mapping other : merged) {
            other.entries().forEach(entry -> entries.putIfAbsent(entry.key(), entry));
        }
        return Mapping.of(List.copyOf(entries.values()), line(start), column(start));
    }

    private List<Mapping> mergeable(Node node, int line) {
        List<Node> nodes = node instanceof Sequence sequence ? sequence.items() : List.of(node);
        List<Mapping> mappings = new ArrayList<>();
        for (Node each : nodes) {
            if (!(each instanceof Mapping mapping)) {
                throw new DocumentFailure(file, line, "merges with << what is not a mapping");
            }
            mappings.add(mapping);
        }
        return mappings;
    }

    private String key(Node node, int line) {
        if (node instanceof Scalar scalar && !scalar.isNull()) {
            return scalar.text();
        }
        throw new DocumentFailure(file, line, "has a field whose name is " + node.described());
    }

    private Node aliased(AliasEvent alias, int line, int depth) {
        Anchored target = anchors.get(alias.getAlias());
        if (target == null) {
            throw new DocumentFailure(
                    file,
                    line,
                    "refers with * to the name " + alias.getAlias().getValue() + ", which no & gave before");
        }
        aliased += target.values();
        aliasedText += target.text();
        if (aliased > MAX_ALIASED || aliasedText > MAX_ALIASED_TEXT) {
            throw new DocumentFailure(file, line, "repeats too much with aliases");
        }
        checkDepth(depth + target.height(), line);
        deepest = Math.max(deepest, depth + target.height());
        values += target.values();
        text += target.text();
        return target.node();
    }

    private Scalar scalar(ScalarEvent event) {
        String source = event.getValue();
        int line = line(event);
        text += source.length();
        Resolver.Resolved resolved =
                event.getTag().isPresent() ? tagged(event, event.getTag().get(), line) : untagged(event);
        if (resolved.kind() == Kind.FLOAT && resolved.text().isEmpty()) {
            throw new DocumentFailure(file, line, "holds an infinite number, which JSON and so Kubernetes can't have");
        }
        // An escape can name half of a surrogate pair. Two such halves would be written as the same character.
        return new Scalar(resolved.kind(), Characters.wellFormed(resolved.text()), source, line, column(event));
    }

    private static Resolver.Resolved untagged(ScalarEvent event) {
        return event.isPlain()
                ? Resolver.resolve(event.getValue())
                : new Resolver.Resolved(Kind.STRING, event.getValue());
    }

    private Resolver.Resolved tagged(ScalarEvent event, String tag, int line) {
        String source = event.getValue();
        Optional<Kind> wanted = Optional.ofNullable(SCALAR_TAGS.get(tag));
        if (wanted.isEmpty()) {
            throw new DocumentFailure(file, line, "uses the tag " + tag + ", which isn't understood here");
        }
        if (wanted.get() == Kind.STRING) {
            return new Resolver.Resolved(Kind.STRING, source);
        }
        Resolver.Resolved resolved = Resolver.resolve(source);
        if (resolved.kind() == Kind.INTEGER && wanted.get() == Kind.FLOAT) {
            return resolved; // in JSON a whole number is just a number
        }
        if (resolved.kind() != wanted.get()) {
            throw new DocumentFailure(
                    file, line, "has a value tagged as " + wanted.get().described() + " that isn't one");
        }
        return resolved;
    }

    private static final Map<String, Kind> SCALAR_TAGS = Map.of(
            "!", Kind.STRING,
            "tag:yaml.org,2002:str", Kind.STRING,
            "tag:yaml.org,2002:int", Kind.INTEGER,
            "tag:yaml.org,2002:float", Kind.FLOAT,
            "tag:yaml.org,2002:bool", Kind.BOOL,
            "tag:yaml.org,2002:null", Kind.NULL);

    private void checkTag(Optional<String> tag, Set<String> known, int line) {
        if (tag.isPresent() && !known.contains(tag.get())) {
            throw new DocumentFailure(file, line, "uses the tag " + tag.get() + ", which isn't understood here");
        }
    }

    private static int line(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private static int column(Event event) {
        return event.getStartMark().map(mark -> mark.getColumn() + 1).orElse(0);
    }
}
