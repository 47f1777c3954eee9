package dev.kubepki.server.http;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The objects of bookmarks: they say how far a watch is, and nothing else.
final class Bookmarks {
    private static final String INITIAL_EVENTS_END = "k8s.io/initial-events-end";

    private Bookmarks() {}

    static ObjectNode of(Target target, long revision, boolean initialEventsEnd) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("kind", target.kind().name()).put("apiVersion", target.apiVersion());
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("resourceVersion", Long.toString(revision));
        if (initialEventsEnd) {
            metadata.putObject("annotations").put(INITIAL_EVENTS_END, "true");
        }
        return object;
    }
}
