package dev.kubepki.server.patch;

import dev.kubepki.api.codec.DecodeFailure;
import dev.kubepki.api.codec.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The annotation in which kubectl keeps what it applied before the server could. Who changes over to server-side apply
/// has no conflicts with himself, and who changes back finds it up to date.
final class LastApplied {
    /// The manager of kubectl's server-side apply; others have nothing to do with the annotation.
    static final String KUBECTL = "kubectl";

    private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
    private static final int MAX_ANNOTATIONS = 256 * 1024;

    private LastApplied() {}

    private static @Nullable String of(ObjectNode object) {
        JsonNode text = object.path("metadata").path("annotations").get(ANNOTATION);
        return text == null || !text.isString() || text.stringValue().isEmpty() ? null : text.stringValue();
    }

    /// The places that were applied with the annotation and have not changed since.
    static FieldSet untouched(JsonCodec json, Shape shape, ObjectNode live, String apiVersion) {
        String text = of(live);
        if (text == null) {
            return FieldSet.EMPTY;
        }
        JsonNode last;
        try {
            last = json.read(text.getBytes(StandardCharsets.UTF_8)).tree();
        } catch (DecodeFailure e) {
            return FieldSet.EMPTY;
        }
        if (!(last instanceof ObjectNode object)
                || !apiVersion.equals(object.path("apiVersion").asString(""))
                || !ShapeErrors.of(shape, object).isEmpty()) {
            return FieldSet.EMPTY;
        }
        Comparison comparison = Comparison.ofGiven(shape, object, live, FieldSet.EMPTY);
        return FieldSets.of(shape, object).difference(comparison.changed());
    }

    /// Writes the configuration into the annotation of an object that has one.
    static void renew(ObjectNode object, ObjectNode configuration) {
        if (of(object) == null) {
            return;
        }
        ObjectNode written = configuration.deepCopy();
        if (written.path("metadata").get("annotations") instanceof ObjectNode annotations) {
            annotations.remove(ANNOTATION);
        }
        ObjectNode annotations = (ObjectNode) object.path("metadata").path("annotations");
        annotations.put(ANNOTATION, GoJson.of(written) + "\n");
        if (size(annotations) > MAX_ANNOTATIONS) {
            annotations.remove(ANNOTATION);
        }
    }

    private static long size(ObjectNode annotations) {
        long size = 0;
        for (Map.Entry<String, JsonNode> entry : annotations.properties()) {
            size += entry.getKey().getBytes(StandardCharsets.UTF_8).length;
            size += entry.getValue().asString("").getBytes(StandardCharsets.UTF_8).length;
        }
        return size;
    }
}
