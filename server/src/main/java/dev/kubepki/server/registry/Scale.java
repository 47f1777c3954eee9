package dev.kubepki.server.registry;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.failure.FieldError;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How many copies of something there are to be: the `scale` of the kinds that have replicas, as an object of its own.
///
/// @param key of the scaled object
/// @param revision of the scaled object
/// @param view the Scale, with its resourceVersion
record Scale(String key, long revision, ObjectNode view) implements StoredObject {
    static final String SUBRESOURCE = "scale";
    private static final List<String> IDENTITY =
            List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp");

    /// Of an object with replicas.
    static ObjectNode of(ObjectNode scaled) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode metadata = view.putObject("metadata");
        for (String field : IDENTITY) {
            JsonNode value = scaled.path("metadata").get(field);
            if (value != null) {
                metadata.set(field, value);
            }
        }
        view.putObject("spec").put("replicas", replicas(scaled.path("spec")));
        ObjectNode status = view.putObject("status");
        status.put("replicas", replicas(scaled.path("status")));
        String selector = selector(scaled.path("spec").path("selector"));
        if (!selector.isEmpty()) {
            status.put("selector", selector);
        }
        return view;
    }

    private static int replicas(JsonNode part) {
        return part.path("replicas").asInt(0);
    }

    /// Of a ReplicationController the selector is the map itself.
    private static String selector(JsonNode selector) {
        JsonNode labels = selector.has("matchLabels") ? selector.path("matchLabels") : selector;
        return labels.properties().stream()
                .filter(entry -> entry.getValue().isString())
                .map(entry -> entry.getKey() + "=" + entry.getValue().stringValue())
                .sorted()
                .collect(Collectors.joining(","));
    }

    /// The scaled object with the replicas that a Scale asks for.
    static ObjectNode apply(ObjectNode scaled, ObjectNode scale, Call call) {
        JsonNode asked = scale.path("spec").path("replicas");
        int replicas = asked.asInt(0);
        if (replicas < 0) {
            String text = "must be greater than or equal to 0";
            FieldError error =
                    FieldError.of(FieldError.Type.INVALID, "spec.replicas", Integer.toString(replicas), text);
            throw Failures.invalid("Scale.autoscaling", call.name(), List.of(error));
        }
        ObjectNode spec = scaled.get("spec") instanceof ObjectNode there ? there : scaled.putObject("spec");
        spec.put("replicas", replicas);
        Metadata.of(scaled).text("resourceVersion", Metadata.of(scale).resourceVersion());
        return scaled;
    }

    @Override
    public byte[] json() {
        return Trees.bytes(view);
    }

    @Override
    public ObjectNode tree(String apiVersion) {
        return view.deepCopy();
    }

    @Override
    public byte[] json(String apiVersion, boolean listItem) {
        return Trees.bytes(view);
    }
}
