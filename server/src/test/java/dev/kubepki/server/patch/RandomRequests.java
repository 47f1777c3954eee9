package dev.kubepki.server.patch;

import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Random certificate requests, and their places by a second, simpler reading of them.
final class RandomRequests {
    private final RandomGenerator random;

    RandomRequests(RandomGenerator random) {
        this.random = random;
    }

    boolean maybe() {
        return random.nextInt(3) > 0;
    }

    String one(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    /// A whole object.
    ObjectNode object() {
        ObjectNode object = configuration();
        ((ObjectNode) object.get("metadata")).put("uid", "u");
        ObjectNode spec = object.get("spec") instanceof ObjectNode there ? there : object.putObject("spec");
        spec.put("request", one("LS0t", "LS1t")).put("signerName", one("a/b", "c/d"));
        if (!object.has("status")) {
            object.putObject("status");
        }
        return object;
    }

    /// What somebody may apply.
    ObjectNode configuration() {
        ObjectNode object = Trees.object("{'kind':'CertificateSigningRequest','apiVersion':'certificates.k8s.io/v1'}");
        metadata(object.putObject("metadata").put("name", "a"));
        if (maybe()) {
            ObjectNode spec = object.putObject("spec").put("request", "LS0t");
            if (maybe()) {
                spec.putArray("usages").add(one("client auth", "server auth"));
            }
            if (maybe()) {
                spec.put("expirationSeconds", random.nextInt(600, 603));
            }
        }
        if (maybe()) {
            ArrayNode conditions = object.putObject("status").putArray("conditions");
            for (String type : new String[] {"Approved", "Failed", "x"}) {
                if (maybe()) {
                    conditions.add(condition(type));
                }
            }
            if (conditions.isEmpty()) {
                object.remove("status");
            }
        }
        return object;
    }

    private void metadata(ObjectNode metadata) {
        for (String map : new String[] {"labels", "annotations"}) {
            for (String name : new String[] {"a", "b", "é/c"}) {
                if (maybe()) {
                    metadata.withObjectProperty(map).put(name, one("1", "2"));
                }
            }
        }
        for (String finalizer : new String[] {"x/1", "x/2", "x/3"}) {
            if (maybe()) {
                metadata.withArrayProperty("finalizers").insert(0, finalizer);
            }
        }
        if (maybe()) {
            ObjectNode owner = metadata.putArray("ownerReferences").addObject();
            owner.put("uid", one("1", "2")).put("name", one("n", "m"));
            owner.put("apiVersion", "v1").put("kind", "Secret");
        }
    }

    private ObjectNode condition(String type) {
        ObjectNode condition = Trees.object("{'lastUpdateTime':'2026-11-22T15:20:16Z',"
                + "'lastTransitionTime':'2026-11-22T15:20:16Z','status':'True'}");
        condition.put("type", type);
        if (maybe()) {
            condition.put("reason", one("r", "s"));
        }
        return condition;
    }

    /// The values of all leaves by their places, and empty texts for what holds them and can have owners too.
    static Map<String, String> places(ObjectNode object) {
        Map<String, String> places = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : object.at("/metadata").properties()) {
            switch (entry.getKey()) {
                case "labels", "annotations" -> table(places, ".metadata." + entry.getKey(), entry.getValue());
                case "finalizers" -> {
                    places.put(".metadata.finalizers", "");
                    entry.getValue()
                            .forEach(item -> places.put(".metadata.finalizers[=" + item + "]", item.toString()));
                }
                case "ownerReferences" -> {
                    places.put(".metadata.ownerReferences", "");
                    entry.getValue()
                            .forEach(item -> places.put(
                                    ".metadata.ownerReferences[uid=" + item.get("uid") + "]", item.toString()));
                }
                default -> {
                    // Nobody owns the rest.
                }
            }
        }
        object.path("spec")
                .properties()
                .forEach(entry ->
                        places.put(".spec." + entry.getKey(), entry.getValue().toString()));
        JsonNode conditions = object.path("status").path("conditions");
        if (!conditions.isEmpty()) {
            places.put(".status.conditions", "");
        }
        conditions.forEach(item -> table(places, ".status.conditions[type=" + item.get("type") + "]", item));
        return places;
    }

    private static void table(Map<String, String> places, String path, JsonNode table) {
        places.put(path, "");
        table.properties()
                .forEach(entry ->
                        places.put(path + "." + entry.getKey(), entry.getValue().toString()));
    }
}
