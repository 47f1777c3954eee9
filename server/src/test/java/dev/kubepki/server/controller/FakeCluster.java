package dev.kubepki.server.controller;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.client.ListQuery;
import dev.kubepki.api.client.ObjectPage;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.Kinds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.node.ObjectNode;

/// A cluster in memory that keeps whatever it is given: what a server would refuse reaches the controllers here.
public final class FakeCluster implements ClusterClient {
    public static final Kind REQUESTS = kind("certificates.k8s.io", "certificatesigningrequests");
    public static final Kind EVENTS = kind("", "events");
    public static final Kind NODES = kind("", "nodes");
    public static final Kind NAMESPACES = kind("", "namespaces");
    public static final Kind CONFIG_MAPS = kind("", "configmaps");
    public static final Kind TRUST_BUNDLES = kind("certificates.k8s.io", "clustertrustbundles");

    private final Map<String, ObjectNode> objects = new LinkedHashMap<>();
    private final Map<String, List<Follower>> followers = new LinkedHashMap<>();
    private long revision;

    private static Kind kind(String group, String plural) {
        return Kinds.load().stream()
                .filter(kind -> kind.group().equals(group) && kind.plural().equals(plural))
                .findFirst()
                .orElseThrow();
    }

    /// Waits up to ten seconds.
    public static boolean becomes(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        return condition.getAsBoolean();
    }

    private static String key(Kind kind, String namespace, String name) {
        return kind.plural() + "/" + namespace + "/" + name;
    }

    private static String text(ObjectNode object, String field) {
        return object.path("metadata").path(field).asString("");
    }

    @Override
    public synchronized ObjectPage list(Kind kind, ListQuery query) {
        List<ObjectNode> rest = all(kind).stream()
                .filter(object -> text(object, "name").compareTo(query.continueToken()) > 0)
                .sorted(Comparator.comparing(object -> text(object, "name")))
                .toList();
        boolean more = query.limit() > 0 && query.limit() < rest.size();
        List<ObjectNode> page = more ? rest.subList(0, query.limit()) : rest;
        return new ObjectPage(page, more ? text(page.getLast(), "name") : "", Long.toString(revision));
    }

    @Override
    public boolean serves(Kind kind) {
        return true;
    }

    @Override
    public synchronized Optional<ObjectNode> get(Kind kind, String namespace, String name) {
        return Optional.ofNullable(objects.get(key(kind, namespace, name))).map(ObjectNode::deepCopy);
    }

    /// All objects of a kind.
    public synchronized List<ObjectNode> all(Kind kind) {
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(kind.plural() + "/"))
                .map(entry -> entry.getValue().deepCopy())
                .toList();
    }

    @Override
    public synchronized ObjectNode create(Kind kind, ObjectNode object) {
        String key = key(kind, text(object, "namespace"), text(object, "name"));
        if (objects.containsKey(key)) {
            throw Failures.alreadyExists(kind.plural(), text(object, "name"));
        }
        ObjectNode stored = object.deepCopy();
        if (text(stored, "uid").isEmpty()) {
            stored.withObject("/metadata").put("uid", "uid-" + (revision + 1));
        }
        return put(kind, key, stored);
    }

    private ObjectNode put(Kind kind, String key, ObjectNode stored) {
        stored.withObject("/metadata").put("resourceVersion", Long.toString(++revision));
        objects.put(key, stored);
        followers.getOrDefault(kind.plural(), List.of()).forEach(one -> one.present(stored.deepCopy()));
        return stored.deepCopy();
    }

    @Override
    public synchronized ObjectNode update(Kind kind, String subresource, ObjectNode object) {
        String key = key(kind, text(object, "namespace"), text(object, "name"));
        ObjectNode old = objects.get(key);
        if (old == null) {
            throw Failures.notFound(kind.plural(), text(object, "name"));
        }
        String version = text(object, "resourceVersion");
        if (!version.isEmpty() && !version.equals(text(old, "resourceVersion"))) {
            throw Failures.modified(kind.plural(), text(object, "name"));
        }
        return put(kind, key, object.deepCopy());
    }

    @Override
    public synchronized void delete(Kind kind, String namespace, String name, String uid) {
        ObjectNode old = objects.get(key(kind, namespace, name));
        if (old == null) {
            throw Failures.notFound(kind.plural(), name);
        }
        if (!uid.isEmpty() && !uid.equals(text(old, "uid"))) {
            throw Failures.modified(kind.plural(), name);
        }
        objects.remove(key(kind, namespace, name));
        followers.getOrDefault(kind.plural(), List.of()).forEach(one -> one.gone(old));
    }

    @Override
    public synchronized AutoCloseable follow(Kind kind, Follower follower) {
        all(kind).forEach(follower::present);
        List<Follower> list = followers.computeIfAbsent(kind.plural(), key -> new CopyOnWriteArrayList<>());
        list.add(follower);
        return () -> list.remove(follower);
    }

    /// The reasons and messages of the events on an object.
    public List<String> eventsOn(String name) {
        List<String> told = new ArrayList<>();
        for (ObjectNode event : all(EVENTS)) {
            if (event.path("involvedObject").path("name").asString("").equals(name)) {
                told.add(event.path("reason").asString("") + ": "
                        + event.path("message").asString(""));
            }
        }
        return told;
    }
}
