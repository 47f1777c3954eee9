package dev.kubepki.server.review;

import dev.kubepki.server.registry.Context;
import dev.kubepki.server.registry.Review;
import tools.jackson.databind.node.ObjectNode;

/// SelfSubjectReview: who the server takes the caller for.
record SelfReview() implements Review {
    @Override
    public ObjectNode answer(ObjectNode object, Context context) {
        ObjectNode answer = UserTree.blank(object);
        answer.withObject("/metadata").put("creationTimestamp", UserTree.time(context.now()));
        answer.putObject("status").set("userInfo", UserTree.of(context.call().user()));
        return answer;
    }
}
