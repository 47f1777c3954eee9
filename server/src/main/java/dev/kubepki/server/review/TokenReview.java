package dev.kubepki.server.review;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.server.auth.UserInfo;
import dev.kubepki.server.auth.token.BearerTokens;
import dev.kubepki.server.auth.token.TokenVerdict;
import dev.kubepki.server.registry.Context;
import dev.kubepki.server.registry.Review;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// TokenReview: whose a bearer token is.
record TokenReview(BearerTokens tokens) implements Review {
    @Override
    public ObjectNode answer(ObjectNode object, Context context) {
        String token = object.path("spec").path("token").asString("");
        if (token.isEmpty()) {
            throw Failures.badRequest("token is required for TokenReview in authentication");
        }
        List<String> audiences = UserTree.texts(object.path("spec").path("audiences"));
        object.remove("status");
        ObjectNode status = object.putObject("status");
        switch (tokens.review(token, audiences)) {
            case TokenVerdict.Accepted(UserInfo user, List<String> known) -> {
                status.put("authenticated", true).set("user", UserTree.of(user));
                UserTree.put(status, "audiences", known);
            }
            case TokenVerdict.Refused(String error) -> {
                status.putObject("user");
                status.put("error", error);
            }
            case TokenVerdict.Unknown() -> status.putObject("user");
        }
        return object;
    }
}
