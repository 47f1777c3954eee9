package dev.kubepki.server.controller;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.client.ListQuery;
import dev.kubepki.api.client.ObjectPage;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.server.auth.UserInfo;
import dev.kubepki.server.registry.Body;
import dev.kubepki.server.registry.Call;
import dev.kubepki.server.registry.ObjectList;
import dev.kubepki.server.registry.Operations;
import dev.kubepki.server.registry.Options;
import dev.kubepki.server.registry.Registry;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The objects of this server itself, without the way over the network.
public final class LocalClient implements ClusterClient {
    private static final Options.Get LATEST = new Options.Get("");

    private final Operations operations;
    private final Registry registry;
    private final UserInfo user;
    private final String agent;

    /// @param user as whom it acts: admission judges it as anybody
    /// @param agent the name under which it owns the fields that it writes
    public LocalClient(Registry registry, UserInfo user, String agent) {
        this.operations = registry;
        this.registry = registry;
        this.user = user;
        this.agent = agent;
    }

    @Override
    public Optional<ObjectNode> get(Kind kind, String namespace, String name) {
        try {
            Call call = call(kind, "", namespace, name);
            return Optional.of(operations.get(call, LATEST).tree(apiVersion(call)));
        } catch (ApiFailure e) {
            if (e.code() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public ObjectPage list(Kind kind, ListQuery query) {
        Call call = call(kind, "", query.namespace(), "");
        ObjectList list = operations.list(
                call,
                new Options.ListWatch(
                        query.labelSelector(),
                        query.fieldSelector(),
                        "",
                        "",
                        query.limit(),
                        query.continueToken(),
                        null,
                        false,
                        null));
        String version = apiVersion(call);
        return new ObjectPage(
                list.items().stream().map(item -> item.tree(version)).toList(),
                list.continueToken(),
                Long.toString(list.revision()));
    }

    @Override
    public boolean serves(Kind kind) {
        return registry.serves(kind);
    }

    @Override
    public ObjectNode create(Kind kind, ObjectNode object) {
        Call call = call(kind, "", namespace(object), "");
        return operations.create(call, body(object), write("CreateOptions")).object();
    }

    @Override
    public ObjectNode update(Kind kind, String subresource, ObjectNode object) {
        Call call = call(kind, subresource, namespace(object), name(object));
        return operations.update(call, body(object), write("UpdateOptions")).object();
    }

    @Override
    public void delete(Kind kind, String namespace, String name, String uid) {
        operations.delete(call(kind, "", namespace, name), new Options.Delete(null, uid, "", null, "Background", ""));
    }

    @Override
    public AutoCloseable follow(Kind kind, Follower follower) {
        String version = apiVersion(call(kind, "", "", ""));
        return registry.observe(kind, change -> {
            ObjectNode object = change.object().tree(version);
            if (change.isDeleted()) {
                follower.gone(object);
            } else {
                follower.present(object);
            }
        });
    }

    private Call call(Kind kind, String subresource, String namespace, String name) {
        return new Call(kind, kind.versions().getFirst(), subresource, namespace, name, user, agent, warning -> {});
    }

    private static String apiVersion(Call call) {
        return call.gvk().groupVersion().toString();
    }

    private static Body body(ObjectNode object) {
        return new Body(object.deepCopy(), List.of());
    }

    private static Options.Write write(String operation) {
        return new Options.Write(operation, "", "", "", null);
    }

    private static String name(ObjectNode object) {
        return object.path("metadata").path("name").asString("");
    }

    private static String namespace(ObjectNode object) {
        return object.path("metadata").path("namespace").asString("");
    }
}
