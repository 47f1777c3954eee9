package dev.kubepki.server.registry;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.GroupVersionKind;
import dev.kubepki.api.kind.Kind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A kind whose objects are stored as those of an older kind, under other names of their fields: events.k8s.io's Event
/// is stored as the core group's.
final class Renaming {
    private static final Renaming EVENTS = new Renaming(
            new GroupVersionKind("", "v1", "Event"),
            Map.of(
                    "involvedObject", "regarding",
                    "message", "note",
                    "source", "deprecatedSource",
                    "firstTimestamp", "deprecatedFirstTimestamp",
                    "lastTimestamp", "deprecatedLastTimestamp",
                    "count", "deprecatedCount",
                    "reportingComponent", "reportingController"));

    private final GroupVersionKind storedKind;
    private final Map<String, String> served;
    private final Map<String, String> stored = new HashMap<>();

    private Renaming(GroupVersionKind storedKind, Map<String, String> served) {
        this.storedKind = storedKind;
        this.served = served;
        served.forEach((before, after) -> stored.put(after, before));
    }

    /// Null for a kind that is stored as it is.
    static @Nullable Renaming of(Kind kind) {
        return kind.resource().equals("events.events.k8s.io") ? EVENTS : null;
    }

    GroupVersionKind storedKind() {
        return storedKind;
    }

    /// A stored object as it is served; apiVersion stays what it is.
    ObjectNode served(ObjectNode object) {
        return renamed(object, served);
    }

    /// A served object as it is stored; apiVersion stays what it is.
    ObjectNode stored(ObjectNode object) {
        return renamed(object, stored);
    }

    private static ObjectNode renamed(ObjectNode object, Map<String, String> names) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        object.forEachEntry((name, value) -> result.set(names.getOrDefault(name, name), value));
        return result;
    }

    /// A stored object that shows itself under the served names.
    record Renamed(StoredObject object, Renaming renaming) implements StoredObject {
        @Override
        public String key() {
            return object.key();
        }

        @Override
        public long revision() {
            return object.revision();
        }

        @Override
        public byte[] json() {
            return object.json();
        }

        @Override
        public ObjectNode tree(String apiVersion) {
            return renaming.served(object.tree(apiVersion));
        }

        @Override
        public byte[] json(String apiVersion, boolean listItem) {
            ObjectNode tree = tree(apiVersion);
            if (listItem) {
                tree.remove("kind");
                tree.remove("apiVersion");
            }
            return Trees.bytes(tree);
        }
    }

    /// A sink that is told the served names.
    record Sink(WatchSink sink, Renaming renaming) implements WatchSink {
        @Override
        public boolean ready() {
            return sink.ready();
        }

        @Override
        public boolean event(Type type, StoredObject object) {
            return sink.event(type, new Renamed(object, renaming));
        }

        @Override
        public boolean bookmark(long revision, boolean initialEventsEnd) {
            return sink.bookmark(revision, initialEventsEnd);
        }

        @Override
        public void ended(@Nullable ApiFailure failure) {
            sink.ended(failure);
        }
    }
}
