package dev.kubepki.server.auth.token;

import dev.kubepki.server.auth.ObjectLookup;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Objects in memory.
final class Accounts implements ObjectLookup {
    private final Map<String, ObjectNode> objects = new HashMap<>();

    @Override
    public Optional<ObjectNode> find(String group, String plural, String namespace, String name) {
        return Optional.ofNullable(objects.get(key(group, plural, namespace, name)));
    }

    ObjectNode put(String plural, String namespace, String name, String uid) {
        ObjectNode object = new JsonMapper().createObjectNode();
        object.putObject("metadata")
                .put("name", name)
                .put("namespace", namespace)
                .put("uid", uid);
        objects.put(key("", plural, namespace, name), object);
        return object;
    }

    /// A Secret whose values are given as pairs.
    ObjectNode secret(String namespace, String name, String type, String... data) {
        ObjectNode secret = put("secrets", namespace, name, "secret-uid");
        secret.put("type", type);
        ObjectNode values = secret.putObject("data");
        for (int i = 0; i < data.length; i += 2) {
            values.put(data[i], Base64.getEncoder().encodeToString(data[i + 1].getBytes(StandardCharsets.UTF_8)));
        }
        return secret;
    }

    void remove(String plural, String namespace, String name) {
        objects.remove(key("", plural, namespace, name));
    }

    private static String key(String group, String plural, String namespace, String name) {
        return group + "/" + plural + "/" + namespace + "/" + name;
    }
}
