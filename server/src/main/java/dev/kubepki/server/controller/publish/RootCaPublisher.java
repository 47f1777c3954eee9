package dev.kubepki.server.controller.publish;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.server.controller.Followings;
import dev.kubepki.server.controller.Keeper;
import dev.kubepki.server.controller.WorkQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Keeps a ConfigMap with the cluster's CA in every namespace, so that whoever runs there can verify the API server.
/// A change of the CA reaches all of them within a second.
public final class RootCaPublisher implements Keeper {
    private static final String NAME = "kube-root-ca.crt";
    private static final String KEY = "ca.crt";
    private static final String ANNOTATION = "kubernetes.io/description";
    private static final String DESCRIPTION =
            "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as"
                    + " the internal service IP or kubernetes.default.svc. No other usage is guaranteed across"
                    + " distributions of Kubernetes clusters.";

    private final ClusterClient client;
    private final Kind namespaces;
    private final Kind configMaps;
    private final BundlePolling bundle;
    private final Set<String> active = ConcurrentHashMap.newKeySet();
    private final WorkQueue queue = new WorkQueue("root-ca", 1, this::publish);
    private final List<AutoCloseable> following = new ArrayList<>();

    /// @param bundle the CA certificates in PEM, as they are now
    public RootCaPublisher(ClusterClient client, Kind namespaces, Kind configMaps, Supplier<String> bundle) {
        this.client = client;
        this.namespaces = namespaces;
        this.configMaps = configMaps;
        this.bundle = new BundlePolling("root-ca", bundle, this::bundleChanged);
    }

    /// Begins.
    @Override
    public void start() {
        bundle.start();
        following.add(client.follow(namespaces, new ClusterClient.Follower() {
            @Override
            public void present(ObjectNode object) {
                boolean alive = object.path("status").path("phase").asString("").equals("Active");
                if (!alive) {
                    active.remove(name(object));
                } else if (active.add(name(object))) {
                    queue.add(name(object));
                }
            }

            @Override
            public void gone(ObjectNode object) {
                active.remove(name(object));
            }
        }));
        following.add(client.follow(configMaps, new ClusterClient.Follower() {
            @Override
            public void present(ObjectNode object) {
                look(object);
            }

            @Override
            public void gone(ObjectNode object) {
                look(object);
            }
        }));
    }

    private void look(ObjectNode map) {
        if (name(map).equals(NAME)) {
            queue.add(map.path("metadata").path("namespace").asString(""));
        }
    }

    /// Tells every namespace of another bundle.
    private void bundleChanged() {
        active.forEach(queue::add);
    }

    private void publish(String namespace) {
        if (!active.contains(namespace) || bundle.last().isEmpty()) {
            return;
        }
        Optional<ObjectNode> there = client.get(configMaps, namespace, NAME);
        try {
            if (there.isEmpty()) {
                client.create(configMaps, map(namespace));
            } else if (repair(there.get(), bundle.last())) {
                client.update(configMaps, "", there.get());
            }
        } catch (ApiFailure e) {
            // Another was faster, or the namespace goes: the change itself comes again.
            if (e.code() != 404 && e.code() != 409 && e.code() != 403) {
                throw e;
            }
        }
    }

    private ObjectNode map(String namespace) {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        map.put("kind", "ConfigMap").put("apiVersion", "v1");
        ObjectNode metadata = map.putObject("metadata");
        metadata.put("name", NAME).put("namespace", namespace);
        metadata.putObject("annotations").put(ANNOTATION, DESCRIPTION);
        map.putObject("data").put(KEY, bundle.last());
        return map;
    }

    /// Makes it right: the bundle and nothing beside it, and a description, which may be somebody's own. Whether that
    /// changed anything.
    static boolean repair(ObjectNode map, String bundle) {
        ObjectNode expected = JsonNodeFactory.instance.objectNode().put(KEY, bundle);
        ObjectNode metadata = (ObjectNode) map.path("metadata");
        boolean described =
                !metadata.path("annotations").path(ANNOTATION).asString("").isEmpty();
        if (expected.equals(map.path("data")) && described) {
            return false;
        }
        map.set("data", expected);
        if (!described) {
            metadata.withObject("/annotations").put(ANNOTATION, DESCRIPTION);
        }
        return true;
    }

    private static String name(ObjectNode object) {
        return object.path("metadata").path("name").asString("");
    }

    @Override
    public void close() {
        bundle.close();
        queue.close();
        Followings.close(following);
    }
}
