package dev.kubepki.server.review;

import static dev.kubepki.api.failure.FieldError.Type.INVALID;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.failure.Rendering;
import dev.kubepki.server.auth.token.TokenIssuer;
import dev.kubepki.server.auth.token.TokenIssuer.Issued;
import dev.kubepki.server.auth.token.TokenIssuer.Named;
import dev.kubepki.server.auth.token.TokenIssuer.Wanted;
import dev.kubepki.server.registry.Context;
import dev.kubepki.server.registry.Review;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// TokenRequest: a token for a service account.
record TokenRequest(TokenIssuer issuer) implements Review {
    private static final String KIND = "TokenRequest.authentication.k8s.io";
    private static final long USUAL_SECONDS = 3600;
    private static final long FEWEST_SECONDS = 600;
    private static final long MOST_SECONDS = 1L << 32;

    @Override
    public void defaults(ObjectNode object) {
        ObjectNode spec = object.path("spec") instanceof ObjectNode known ? known : object.putObject("spec");
        if (!spec.path("expirationSeconds").isNumber()) {
            spec.put("expirationSeconds", USUAL_SECONDS);
        }
    }

    @Override
    public ObjectNode answer(ObjectNode object, Context context) {
        defaults(object);
        String name = context.call().name();
        String namespace = context.call().namespace();
        ObjectNode metadata = object.withObject("/metadata");
        requireSame(metadata, "name", name, name);
        requireSame(metadata, "namespace", namespace, name);
        ObjectNode account = context.objects()
                .find("", "serviceaccounts", namespace, name)
                .orElseThrow(() -> Failures.notFound("serviceaccounts", name));
        Named owner = new Named(name, uid(account));
        requireUid(metadata, owner);
        metadata.put("name", name).put("namespace", namespace).put("uid", owner.uid());
        metadata.put("creationTimestamp", UserTree.time(context.now()));
        JsonNode spec = object.path("spec");
        requireLength(spec);
        BoundObject bound = BoundObject.of(spec.path("boundObjectRef"), owner, context);
        List<String> audiences = UserTree.texts(spec.path("audiences"));
        List<String> known = audiences.isEmpty() ? issuer.settings().audiences() : audiences;
        long seconds = spec.path("expirationSeconds").asLong();
        Issued issued =
                issuer.issue(new Wanted(namespace, owner, bound.pod(), bound.node(), bound.secret(), known, seconds));
        return answer(object, known, issued);
    }

    /// The object with its fields in the order of its kind.
    private static ObjectNode answer(ObjectNode object, List<String> audiences, Issued issued) {
        ObjectNode answer = UserTree.blank(object);
        ObjectNode given = object.withObject("/metadata");
        ObjectNode metadata = answer.withObject("/metadata");
        for (String key : List.of("name", "namespace", "uid", "creationTimestamp")) {
            metadata.set(key, given.path(key));
            given.remove(key);
        }
        metadata.setAll(given);
        ObjectNode spec = answer.putObject("spec");
        audiences.forEach(spec.putArray("audiences")::add);
        spec.set("expirationSeconds", object.path("spec").path("expirationSeconds"));
        JsonNode reference = object.path("spec").path("boundObjectRef");
        if (reference.isObject()) {
            spec.set("boundObjectRef", reference);
        } else {
            spec.putNull("boundObjectRef");
        }
        answer.putObject("status")
                .put("token", issued.token())
                .put("expirationTimestamp", UserTree.time(issued.expires()));
        return answer;
    }

    private static void requireSame(ObjectNode metadata, String key, String wanted, String name) {
        String given = metadata.path(key).asString("");
        if (!given.isEmpty() && !given.equals(wanted)) {
            FieldError error = FieldError.of(
                    INVALID,
                    "metadata." + key,
                    Rendering.quote(given),
                    "must match the service account " + key + " if specified");
            throw Failures.invalid(KIND, name, List.of(error));
        }
    }

    private static void requireUid(ObjectNode metadata, Named owner) {
        String given = metadata.path("uid").asString("");
        if (!given.isEmpty() && !given.equals(owner.uid())) {
            throw Failures.conflict(
                    KIND,
                    owner.name(),
                    "the UID in the token request (" + given + ") does not match the UID of the service account ("
                            + owner.uid() + ")");
        }
    }

    private static void requireLength(JsonNode spec) {
        long seconds = spec.path("expirationSeconds").asLong();
        List<FieldError> errors = new ArrayList<>(1);
        if (seconds < FEWEST_SECONDS) {
            errors.add(lengthError(seconds, "may not specify a duration less than 10 minutes"));
        }
        if (seconds > MOST_SECONDS) {
            errors.add(lengthError(seconds, "may not specify a duration larger than 2^32 seconds"));
        }
        if (!errors.isEmpty()) {
            throw Failures.invalid(KIND, "", errors);
        }
    }

    private static FieldError lengthError(long seconds, String detail) {
        return FieldError.of(INVALID, "spec.expirationSeconds", Long.toString(seconds), detail);
    }

    static String uid(ObjectNode object) {
        return object.path("metadata").path("uid").asString("");
    }
}
