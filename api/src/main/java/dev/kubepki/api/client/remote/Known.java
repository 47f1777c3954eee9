package dev.kubepki.api.client.remote;

import dev.kubepki.api.client.ClusterClient.Follower;
import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.kind.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Which objects a follower was told of, so that after a gap it is told what went and nothing twice. Names and versions
/// alone are kept.
final class Known {
    private final Map<String, State> objects = new HashMap<>();

    private record State(String uid, String resourceVersion) {}

    void present(ObjectNode object, Follower follower) {
        String key = key(object);
        State now = state(object);
        State before = objects.put(key, now);
        if (before != null && !before.uid().equals(now.uid())) {
            follower.gone(stub(object, key, before));
        }
        if (!now.equals(before)) {
            follower.present(object);
        }
    }

    void gone(ObjectNode object, Follower follower) {
        if (objects.remove(key(object)) != null) {
            follower.gone(object);
        }
    }

    /// A list of everything, page by page.
    Round round() {
        return new Round();
    }

    /// One list of everything.
    final class Round {
        private final Set<String> unseen = new HashSet<>(objects.keySet());

        void present(ObjectNode object, Follower follower) {
            unseen.remove(key(object));
            Known.this.present(object, follower);
        }

        /// Tells of what is no longer there.
        void end(Kind kind, Follower follower) {
            for (String key : unseen) {
                State state = objects.remove(key);
                if (state != null) {
                    follower.gone(stub(kind, key, state));
                }
            }
        }
    }

    private static String key(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        return metadata.path("namespace").asString("") + "/"
                + metadata.path("name").asString("");
    }

    private static State state(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        return new State(
                metadata.path("uid").asString(""),
                metadata.path("resourceVersion").asString(""));
    }

    private static ObjectNode stub(ObjectNode like, String key, State state) {
        return stub(like.path("kind").asString(""), like.path("apiVersion").asString(""), key, state);
    }

    private static ObjectNode stub(Kind kind, String key, State state) {
        String version = kind.versions().isEmpty()
                ? kind.storageVersion()
                : kind.versions().getFirst();
        return stub(kind.name(), new GroupVersion(kind.group(), version).toString(), key, state);
    }

    /// What is left of an object whose deletion nobody saw.
    private static ObjectNode stub(String kind, String apiVersion, String key, State state) {
        ObjectNode stub = JsonNodeFactory.instance.objectNode();
        stub.put("kind", kind).put("apiVersion", apiVersion);
        ObjectNode metadata = stub.putObject("metadata");
        int slash = key.indexOf('/');
        metadata.put("name", key.substring(slash + 1));
        if (slash > 0) {
            metadata.put("namespace", key.substring(0, slash));
        }
        metadata.put("uid", state.uid()).put("resourceVersion", state.resourceVersion());
        return stub;
    }
}
