package dev.kubepki.api.codec;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.failure.Rendering;
import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.kind.GroupVersionKind;
import dev.kubepki.api.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Decodes the bodies of requests into objects of the kind that their path expects.
public final class Bodies {
    private static final int SHOWN = 30;

    private final Schema schema;
    private final JsonCodec json;

    /// With the kinds of a schema.
    public Bodies(Schema schema) {
        this.schema = schema;
        this.json = new JsonCodec(schema);
    }

    /// What becomes of fields that the kind does not have.
    public enum Unknown {
        /// They are dropped, and named as problems.
        DROP,
        /// They are kept.
        KEEP
    }

    /// An object of the expected kind; `kind` and `apiVersion` are filled in when the body leaves them out.
    ///
    /// @throws ApiFailure 400 when it is none
    public Decoded<ObjectNode> read(byte[] body, Format format, GroupVersionKind expected, Unknown unknown) {
        Decoded<JsonNode> decoded;
        try {
            decoded = json.read(body);
        } catch (DecodeFailure e) {
            throw unrecognized(expected, "couldn't get version/kind; json parse error: " + e.text(), body);
        }
        if (!(decoded.tree() instanceof ObjectNode object)) {
            String text = "couldn't get version/kind; json parse error: json: cannot unmarshal into an object";
            throw unrecognized(expected, text, body);
        }
        GroupVersionKind actual = actual(object, expected);
        if (!actual.equals(expected)) {
            throw wrongKind(actual, expected);
        }
        ObjectNode ordered = object.objectNode();
        ordered.put("kind", actual.kind()).put("apiVersion", actual.groupVersion().toString());
        object.remove("kind");
        object.remove("apiVersion");
        ordered.setAll(object);
        return new Decoded<>(ordered, decoded.problems());
    }

    private static GroupVersionKind actual(ObjectNode object, GroupVersionKind expected) {
        String kind = object.path("kind").asString("");
        String apiVersion = object.path("apiVersion").asString("");
        GroupVersion version = apiVersion.isEmpty() ? expected.groupVersion() : GroupVersion.parse(apiVersion);
        return version.kind(kind.isEmpty() ? expected.kind() : kind);
    }

    private ApiFailure wrongKind(GroupVersionKind actual, GroupVersionKind expected) {
        if (schema.of(actual) == null) {
            String text = "no kind " + Rendering.quote(actual.kind()) + " is registered for version "
                    + Rendering.quote(actual.groupVersion().toString())
                    + " in scheme \"k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30\"";
            return cannotHandle(actual, expected, text);
        }
        if (!actual.kind().equals(expected.kind()) || !actual.group().equals(expected.group())) {
            String text = "converting (" + actual.version() + "." + actual.kind() + ") to (" + expected.version() + "."
                    + expected.kind() + "): unknown conversion";
            return cannotHandle(actual, expected, text);
        }
        return Failures.badRequest("the API version in the data (" + actual.groupVersion()
                + ") does not match the expected API version (" + expected.groupVersion() + ")");
    }

    private static ApiFailure cannotHandle(GroupVersionKind actual, GroupVersionKind expected, String text) {
        return Failures.badRequest(actual.kind() + " in version " + Rendering.quote(actual.version())
                + " cannot be handled as a " + expected.kind() + ": " + text);
    }

    private static ApiFailure unrecognized(GroupVersionKind expected, String text, byte[] body) {
        return Failures.badRequest("the object provided is unrecognized (must be of type " + expected.kind() + "): "
                + text + " (" + summary(body) + ")");
    }

    /// The beginning of a body; in hex when it does not look like JSON.
    private static String summary(byte[] body) {
        if (body.length == 0) {
            return "<empty>";
        }
        int shown = Math.min(body.length, SHOWN);
        String dots = body.length > SHOWN ? " ..." : "";
        return body[0] == '{'
                ? new String(body, 0, shown, StandardCharsets.UTF_8) + dots
                : HexFormat.of().formatHex(body, 0, shown) + dots;
    }
}
