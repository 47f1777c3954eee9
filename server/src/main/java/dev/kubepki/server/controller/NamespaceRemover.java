package dev.kubepki.server.controller;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.server.auth.UserInfo;
import dev.kubepki.server.registry.Call;
import dev.kubepki.server.registry.ObjectList;
import dev.kubepki.server.registry.Operations;
import dev.kubepki.server.registry.Options;
import dev.kubepki.server.registry.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Removes all that is in a namespace that is being deleted, and then lets the namespace go.
public final class NamespaceRemover implements Keeper {
    private static final String FINALIZER = "kubernetes";
    private static final int PAGE = 500;
    private static final Options.Delete BACKGROUND = new Options.Delete(null, "", "", null, "Background", "");

    private final ClusterClient client;
    private final Operations operations;
    private final UserInfo user;
    private final Kind namespaces;
    private final List<Kind> contents;
    private final WorkQueue queue = new WorkQueue("namespaces", 1, this::remove);
    private final List<AutoCloseable> following = new ArrayList<>();

    /// @param user as whom it deletes
    /// @param kinds all that are served
    public NamespaceRemover(
            ClusterClient client, Operations operations, UserInfo user, Kind namespaces, List<Kind> kinds) {
        this.client = client;
        this.operations = operations;
        this.user = user;
        this.namespaces = namespaces;
        this.contents = kinds.stream()
                .filter(kind -> kind.namespaced() && kind.verbs().containsAll(List.of("list", "delete")))
                .toList();
    }

    /// Begins.
    @Override
    public void start() {
        following.add(client.follow(namespaces, new ClusterClient.Follower() {
            @Override
            public void present(ObjectNode object) {
                if (isToBeRemoved(object)) {
                    queue.add(object.path("metadata").path("name").asString(""));
                }
            }

            @Override
            public void gone(ObjectNode object) {
                // That was the aim.
            }
        }));
    }

    private static boolean isToBeRemoved(ObjectNode namespace) {
        return namespace.path("metadata").has("deletionTimestamp") && holds(namespace);
    }

    private static boolean holds(ObjectNode namespace) {
        for (JsonNode finalizer : namespace.path("spec").path("finalizers")) {
            if (finalizer.asString("").equals(FINALIZER)) {
                return true;
            }
        }
        return false;
    }

    private void remove(String name) {
        Optional<ObjectNode> namespace = client.get(namespaces, "", name);
        if (namespace.isEmpty() || !isToBeRemoved(namespace.get())) {
            return;
        }
        int left = 0;
        for (Kind kind : contents) {
            left += removeAll(kind, name);
        }
        if (left > 0) {
            // What holds them is not known here: look again later.
            throw new IllegalStateException("namespace " + name + " still holds " + left + " objects with finalizers");
        }
        ObjectNode object = namespace.get();
        ArrayNode finalizers = (ArrayNode) object.path("spec").path("finalizers");
        for (int i = finalizers.size() - 1; i >= 0; i--) {
            if (finalizers.get(i).asString("").equals(FINALIZER)) {
                finalizers.remove(i);
            }
        }
        client.update(namespaces, "finalize", object);
    }

    /// Deletes what is there; how many objects stay.
    private int removeAll(Kind kind, String namespace) {
        int left = 0;
        String token = "";
        do {
            ObjectList page = operations.list(
                    call(kind, namespace, ""), new Options.ListWatch("", "", "", "", PAGE, token, null, false, null));
            for (StoredObject object : page.items()) {
                String name = object.key().substring(object.key().lastIndexOf('/') + 1);
                left += stays(call(kind, namespace, name)) ? 1 : 0;
            }
            token = page.continueToken();
        } while (!token.isEmpty());
        return left;
    }

    private boolean stays(Call call) {
        try {
            ObjectNode answer = operations.delete(call, BACKGROUND).object();
            return answer.path("metadata").has("deletionTimestamp");
        } catch (ApiFailure failure) {
            if (failure.code() != 404) {
                throw failure;
            }
            return false;
        }
    }

    private Call call(Kind kind, String namespace, String name) {
        return new Call(
                kind, kind.versions().getFirst(), "", namespace, name, user, "namespace-controller", warning -> {});
    }

    @Override
    public void close() {
        queue.close();
        Followings.close(following);
    }
}
