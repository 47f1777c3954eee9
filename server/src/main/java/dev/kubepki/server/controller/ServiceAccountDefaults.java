package dev.kubepki.server.controller;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Keeps a service account named `default` in every namespace that is alive.
public final class ServiceAccountDefaults implements Keeper {
    private static final String NAME = "default";

    private final ClusterClient client;
    private final Kind namespaces;
    private final Kind accounts;
    private final Set<String> active = ConcurrentHashMap.newKeySet();
    private final WorkQueue queue = new WorkQueue("service-accounts", 1, this::provide);
    private final List<AutoCloseable> following = new ArrayList<>();

    /// In that cluster.
    public ServiceAccountDefaults(ClusterClient client, Kind namespaces, Kind accounts) {
        this.client = client;
        this.namespaces = namespaces;
        this.accounts = accounts;
    }

    /// Begins.
    @Override
    public void start() {
        following.add(client.follow(namespaces, new ClusterClient.Follower() {
            @Override
            public void present(ObjectNode object) {
                String name = object.path("metadata").path("name").asString("");
                boolean alive = object.path("status").path("phase").asString("").equals("Active");
                if (!alive) {
                    active.remove(name);
                } else if (active.add(name)) {
                    queue.add(name);
                }
            }

            @Override
            public void gone(ObjectNode object) {
                active.remove(object.path("metadata").path("name").asString(""));
            }
        }));
        following.add(client.follow(accounts, new ClusterClient.Follower() {
            @Override
            public void present(ObjectNode object) {
                // It is there: nothing to do.
            }

            @Override
            public void gone(ObjectNode object) {
                if (object.path("metadata").path("name").asString("").equals(NAME)) {
                    queue.add(object.path("metadata").path("namespace").asString(""));
                }
            }
        }));
    }

    private void provide(String namespace) {
        if (!active.contains(namespace) || client.get(accounts, namespace, NAME).isPresent()) {
            return;
        }
        ObjectNode account = JsonNodeFactory.instance.objectNode();
        account.put("kind", "ServiceAccount").put("apiVersion", "v1");
        account.putObject("metadata").put("name", NAME).put("namespace", namespace);
        try {
            client.create(accounts, account);
        } catch (ApiFailure e) {
            // Another was faster, or the namespace goes: the change itself comes again.
            if (e.code() != 404 && e.code() != 409 && e.code() != 403) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        queue.close();
        Followings.close(following);
    }
}
