package dev.kubepki.server.review;

import dev.kubepki.server.auth.UserInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Users from and to trees.
final class UserTree {
    private UserTree() {}

    /// What is empty is left out.
    static ObjectNode of(UserInfo user) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        put(tree, "username", user.name());
        put(tree, "uid", user.uid());
        put(tree, "groups", user.groups());
        if (!user.extra().isEmpty()) {
            ObjectNode extra = tree.putObject("extra");
            new TreeMap<>(user.extra()).forEach((key, values) -> values.forEach(extra.putArray(key)::add));
        }
        return tree;
    }

    /// The subject of an access review.
    static UserInfo subject(JsonNode spec) {
        Map<String, List<String>> extra = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : spec.path("extra").properties()) {
            extra.put(entry.getKey(), texts(entry.getValue()));
        }
        return new UserInfo(
                spec.path("user").asString(""), spec.path("uid").asString(""), texts(spec.path("groups")), extra);
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>(list.size());
        for (JsonNode text : list) {
            texts.add(text.asString(""));
        }
        return texts;
    }

    static void put(ObjectNode tree, String key, String text) {
        if (!text.isEmpty()) {
            tree.put(key, text);
        }
    }

    static void put(ObjectNode tree, String key, List<String> texts) {
        if (!texts.isEmpty()) {
            texts.forEach(tree.putArray(key)::add);
        }
    }

    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /// An object of the kind that was sent, with nothing in it.
    static ObjectNode blank(ObjectNode sent) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.set("kind", sent.path("kind"));
        tree.set("apiVersion", sent.path("apiVersion"));
        tree.putObject("metadata");
        return tree;
    }
}
