package dev.kubepki.server.review;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.failure.Rendering;
import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.server.auth.token.TokenIssuer.Named;
import dev.kubepki.server.registry.Context;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The object with which a token ends, at most one of which is there; of a pod, its node beside it.
record BoundObject(
        @Nullable Named pod, @Nullable Named node, @Nullable Named secret) {
    private static final BoundObject NONE = new BoundObject(null, null, null);

    /// @throws dev.kubepki.api.failure.ApiFailure 404 when it is not there, 400 when it can't be bound to, 409 when it
    ///     is another one than was meant
    static BoundObject of(JsonNode reference, Named account, Context context) {
        if (!reference.isObject()) {
            return NONE;
        }
        String apiVersion = reference.path("apiVersion").asString("");
        String kind = reference.path("kind").asString("");
        String name = reference.path("name").asString("");
        GroupVersion version = GroupVersion.parse(apiVersion);
        String type = version.group().isEmpty() ? kind : "";
        BoundObject bound = switch (type) {
            case "Pod" -> ofPod(find("pods", context.call().namespace(), name, context), account, context);
            case "Node" -> new BoundObject(null, named(find("nodes", "", name, context)), null);
            case "Secret" ->
                new BoundObject(null, null, named(find("secrets", context.call().namespace(), name, context)));
            default ->
                throw Failures.badRequest("cannot bind token to object of type " + version.group() + "/"
                        + version.version() + ", Kind=" + kind);
        };
        requireUid(reference, kind, bound);
        return bound;
    }

    private static BoundObject ofPod(ObjectNode pod, Named account, Context context) {
        if (!pod.path("spec").path("serviceAccountName").asString("").equals(account.name())) {
            throw Failures.badRequest("cannot bind token for serviceaccount " + Rendering.quote(account.name())
                    + " to pod running with different serviceaccount name.");
        }
        String nodeName = pod.path("spec").path("nodeName").asString("");
        if (nodeName.isEmpty()) {
            return new BoundObject(named(pod), null, null);
        }
        // A node that is not known yet is named all the same, without a uid.
        Named node = context.objects()
                .find("", "nodes", "", nodeName)
                .map(BoundObject::named)
                .orElseGet(() -> new Named(nodeName, ""));
        return new BoundObject(named(pod), node, null);
    }

    private static void requireUid(JsonNode reference, String kind, BoundObject bound) {
        String wanted = reference.path("uid").asString("");
        Named found = bound.pod() != null ? bound.pod() : bound.secret() != null ? bound.secret() : bound.node();
        if (found != null && !wanted.isEmpty() && !wanted.equals(found.uid())) {
            throw Failures.conflict(
                    kind,
                    found.name(),
                    "the UID in the bound object reference (" + wanted
                            + ") does not match the UID in record. The object might have been deleted and then"
                            + " recreated");
        }
    }

    private static ObjectNode find(String plural, String namespace, String name, Context context) {
        return context.objects().find("", plural, namespace, name).orElseThrow(() -> Failures.notFound(plural, name));
    }

    private static Named named(ObjectNode object) {
        return new Named(object.path("metadata").path("name").asString(""), TokenRequest.uid(object));
    }
}
