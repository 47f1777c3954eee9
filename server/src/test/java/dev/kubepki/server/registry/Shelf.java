package dev.kubepki.server.registry;

import dev.kubepki.api.codec.Decoded;
import dev.kubepki.api.codec.JsonCodec;
import dev.kubepki.api.codec.UnknownFields;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.Kinds;
import dev.kubepki.api.kind.RuntimeConfig;
import dev.kubepki.api.kind.ServedKinds;
import dev.kubepki.api.schema.MessageType;
import dev.kubepki.api.schema.Schema;
import dev.kubepki.api.schema.Schemas;
import dev.kubepki.server.auth.Authorizer;
import dev.kubepki.server.auth.UserInfo;
import dev.kubepki.server.registry.Registry.Rules;
import dev.kubepki.server.store.MemoryStore;
import dev.kubepki.server.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A registry over a store in memory, and short words for what tests do with it.
final class Shelf implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T15:20:16.789Z");
    static final Schema SCHEMA = Schemas.load();
    private static final JsonMapper MAPPER = JsonMapper.shared();

    final ServedKinds kinds = ServedKinds.of(Kinds.load(), RuntimeConfig.DEFAULT);
    final Store store;
    final Registry registry;
    final List<String> warnings = new ArrayList<>();
    private final Kind kind;

    Shelf(String group, String plural) {
        this(group, plural, new Strategy() {}, new MemoryStore());
    }

    Shelf(String group, String plural, Strategy strategy, Store store) {
        this.store = store;
        this.kind = kinds.resource(group, plural).orElseThrow();
        Authorizer all = attributes -> new Authorizer.Decision(Authorizer.Verdict.ALLOW, "");
        registry = Registry.open(
                store,
                SCHEMA,
                kinds.all(),
                new Rules(any -> any.equals(kind) ? strategy : new Strategy() {}, Map.of()),
                all,
                Clock.fixed(NOW, ZoneOffset.UTC),
                new Random(42));
    }

    static Shelf ofRequests() {
        return new Shelf("certificates.k8s.io", "certificatesigningrequests");
    }

    Kind kind() {
        return kind;
    }

    Call call(String name) {
        return call("", name);
    }

    Call call(String namespace, String name) {
        return call(kind, "", namespace, name);
    }

    Call call(Kind any, String subresource, String namespace, String name) {
        return new Call(
                any,
                any.versions().getFirst(),
                subresource,
                namespace,
                name,
                new UserInfo("alice", "", List.of(), Map.of()),
                "scenario/1.0",
                warnings::add);
    }

    /// As it stands.
    static ObjectNode json(String text) {
        return (ObjectNode) MAPPER.readTree(text.replace('\'', '"'));
    }

    /// As a request's body is read.
    Body body(String text) {
        return body(json(text), kind);
    }

    Body body(ObjectNode object, Kind any) {
        MessageType type = SCHEMA.of(any.in(any.versions().getFirst()));
        if (type == null) {
            return new Body(object, List.of());
        }
        Decoded<ObjectNode> decoded =
                new JsonCodec(SCHEMA).read(MAPPER.writeValueAsBytes(object), type, UnknownFields.DROP);
        return new Body(decoded.tree(), decoded.problems());
    }

    static Options.Write write(String operation) {
        return new Options.Write(operation, "", "", "", null);
    }

    static Options.Delete delete() {
        return new Options.Delete(null, "", "", null, "", "");
    }

    static Options.ListWatch all() {
        return new Options.ListWatch("", "", "", "", 0, "", null, false, null);
    }

    Answer create(String text) {
        return create("", text);
    }

    Answer create(String namespace, String text) {
        return registry.create(call(namespace, ""), body(text), write("CreateOptions"));
    }

    ObjectNode named(String name) {
        return create("{'metadata':{'name':'" + name + "'}}").object();
    }

    ObjectNode get(String name) {
        return registry.get(call(name), new Options.Get("")).tree("certificates.k8s.io/v1");
    }

    Answer update(ObjectNode object) {
        String name = object.path("metadata").path("name").asString();
        String namespace =
                kind.namespaced() ? object.path("metadata").path("namespace").asString() : "";
        return registry.update(call(namespace, name), body(object, kind), write("UpdateOptions"));
    }

    Answer delete(String name) {
        return registry.delete(call(name), delete());
    }

    static String field(JsonNode object, String... path) {
        JsonNode node = object;
        for (String part : path) {
            node = node.path(part);
        }
        return node.asString("");
    }

    @Override
    public void close() {
        registry.close();
        store.close();
    }
}
