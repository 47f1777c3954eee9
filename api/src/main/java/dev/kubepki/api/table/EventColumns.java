package dev.kubepki.api.table;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.StringNode;

/// Of events, of the core group and of events.k8s.io, which name most fields differently.
final class EventColumns {
    private static final List<Column> EVENT = List.of(
            Column.of("Last Seen", "How long ago it happened last.", EventColumns::lastSeen),
            Column.of("Type", "Normal or Warning.", Cells.text("type")),
            Column.of("Reason", "Why it happened, in one word.", Cells.text("reason")),
            Column.of("Object", "What it happened to.", Cells.from(EventColumns::target)),
            Column.wide(
                    "Subobject",
                    "The part of the object that it happened to.",
                    Cells.from(event -> first(event, "involvedObject.fieldPath", "regarding.fieldPath"))),
            Column.wide("Source", "Who tells of it.", Cells.from(EventColumns::source)),
            Column.of(
                    "Message",
                    "What happened.",
                    Cells.from(event -> first(event, "message", "note").strip())),
            Column.wide("First Seen", "How long ago it happened first.", EventColumns::firstSeen),
            Column.wide("Count", "How often it happened.", (event, now) -> LongNode.valueOf(times(event))),
            new Column("Name", "string", "name", 1, "The object's name.", Cells.text("metadata.name")));

    static final Map<String, List<Column>> ALL = Map.of("events", EVENT, "events.events.k8s.io", EVENT);

    private EventColumns() {}

    /// The first path that holds text.
    private static String first(JsonNode event, String... paths) {
        for (String path : paths) {
            String text = Cells.string(event, path);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    private static JsonNode firstSeen(JsonNode event, Instant now) {
        return StringNode.valueOf(
                Cells.since(first(event, "firstTimestamp", "deprecatedFirstTimestamp", "eventTime"), now));
    }

    private static JsonNode lastSeen(JsonNode event, Instant now) {
        String last = Cells.at(event, "series").isObject()
                ? Cells.string(event, "series.lastObservedTime")
                : first(event, "lastTimestamp", "deprecatedLastTimestamp");
        if (last.isEmpty() && !Cells.at(event, "series").isObject()) {
            return firstSeen(event, now);
        }
        return StringNode.valueOf(Cells.since(last, now));
    }

    /// An event that happened once need not say so.
    private static long times(JsonNode event) {
        if (Cells.at(event, "series").isObject()) {
            return Cells.integer(event, "series.count");
        }
        long count = Math.max(Cells.integer(event, "count"), Cells.integer(event, "deprecatedCount"));
        return count == 0 ? 1 : count;
    }

    private static String target(JsonNode event) {
        String kind = first(event, "involvedObject.kind", "regarding.kind").toLowerCase(Locale.ROOT);
        String name = first(event, "involvedObject.name", "regarding.name");
        return name.isEmpty() ? kind : kind + "/" + name;
    }

    private static String source(JsonNode event) {
        String component = first(
                event, "source.component", "deprecatedSource.component", "reportingComponent", "reportingController");
        String host = first(event, "source.host", "deprecatedSource.host", "reportingInstance");
        return host.isEmpty() ? component : component + ", " + host;
    }
}
