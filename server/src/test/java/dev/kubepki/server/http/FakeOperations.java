package dev.kubepki.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kubepki.server.registry.Answer;
import dev.kubepki.server.registry.Body;
import dev.kubepki.server.registry.Call;
import dev.kubepki.server.registry.ObjectList;
import dev.kubepki.server.registry.Operations;
import dev.kubepki.server.registry.Options;
import dev.kubepki.server.registry.StoredObject;
import dev.kubepki.server.registry.WatchSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Remembers what it was asked, and answers with objects that have a name and nothing else.
final class FakeOperations implements Operations {
    final List<Object> asked = new ArrayList<>();
    final Map<String, ObjectNode> bodies = new TreeMap<>();
    int listed = 2;

    record Named(String name) implements StoredObject {
        @Override
        public String key() {
            return "/registry/things/" + name;
        }

        @Override
        public long revision() {
            return 7;
        }

        @Override
        public byte[] json() {
            return json("certificates.k8s.io/v1", false);
        }

        @Override
        public ObjectNode tree(String apiVersion) {
            ObjectNode tree = JsonNodeFactory.instance.objectNode();
            tree.put("kind", "CertificateSigningRequest").put("apiVersion", apiVersion);
            tree.putObject("metadata").put("name", name).put("resourceVersion", "7");
            return tree;
        }

        @Override
        public byte[] json(String apiVersion, boolean listItem) {
            String kind = "\"kind\":\"CertificateSigningRequest\",\"apiVersion\":\"" + apiVersion + "\",";
            return ("{" + (listItem ? "" : kind) + "\"metadata\":{\"name\":\"" + name
                            + "\",\"resourceVersion\":\"7\"}}")
                    .getBytes(UTF_8);
        }
    }

    @Override
    public StoredObject get(Call call, Options.Get options) {
        asked.add(options);
        return new Named(call.name());
    }

    @Override
    public ObjectList list(Call call, Options.ListWatch options) {
        asked.add(options);
        return names();
    }

    private ObjectList names() {
        List<StoredObject> items = new ArrayList<>();
        for (int i = 0; i < listed; i++) {
            items.add(new Named("n" + i));
        }
        return new ObjectList(items, 9, "more", 3);
    }

    @Override
    public AutoCloseable watch(Call call, Options.ListWatch options, WatchSink sink) {
        asked.add(options);
        names().items().forEach(item -> sink.event(WatchSink.Type.ADDED, item));
        sink.bookmark(9, true);
        sink.ended(null);
        return () -> asked.add("closed");
    }

    @Override
    public Answer create(Call call, Body body, Options.Write options) {
        asked.add(options);
        bodies.put("create " + call.subresource(), body.object());
        body.strictErrors().forEach(call.warnings());
        return new Answer(201, body.object());
    }

    @Override
    public Answer update(Call call, Body body, Options.Write options) {
        asked.add(options);
        bodies.put("update " + call.subresource(), body.object());
        return new Answer(200, body.object());
    }

    @Override
    public Answer patch(Call call, String type, JsonNode patch, List<String> duplicates, Options.Write options) {
        asked.add(options);
        asked.add(type + " " + patch);
        return new Answer(200, new Named(call.name()).tree("certificates.k8s.io/v1"));
    }

    @Override
    public Answer delete(Call call, Options.Delete options) {
        asked.add(options);
        return new Answer(200, new Named(call.name()).tree("certificates.k8s.io/v1"));
    }

    @Override
    public ObjectList deleteCollection(Call call, Options.ListWatch selection, Options.Delete options) {
        asked.add(selection);
        asked.add(options);
        return names();
    }
}
