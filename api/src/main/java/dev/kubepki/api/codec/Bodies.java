package dev.kubepki.api.codec;

import dev.kubepki.api.codec.JsonCodec.TypedDocument;
import dev.kubepki.api.codec.ProtobufCodec.Envelope;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.failure.Rendering;
import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.kind.GroupVersionKind;
import dev.kubepki.api.schema.MessageType;
import dev.kubepki.api.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Decodes the bodies of requests into objects of the kind that their path expects.
public final class Bodies {
    private static final int SHOWN = 30;
    private static final String NO_KIND = "couldn't get version/kind; json parse error: ";
    /// The type into which kind and version are read before anything else.
    private static final String TYPE_META = "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; "
            + "Kind string \"json:\\\"kind,omitempty\\\"\" }";

    private final Schema schema;
    private final JsonCodec json;
    private final YamlCodec yaml;
    private final ProtobufCodec protobuf;

    /// With the kinds of a schema.
    public Bodies(Schema schema) {
        this.schema = schema;
        this.json = new JsonCodec(schema);
        this.yaml = new YamlCodec(json);
        this.protobuf = new ProtobufCodec(schema);
    }

    /// An object of the expected kind; `kind` and `apiVersion` are filled in when the body leaves them out.
    ///
    /// @throws ApiFailure 400 when it is none
    public Decoded<ObjectNode> read(byte[] body, Format format, GroupVersionKind expected, UnknownFields unknown) {
        return switch (format) {
            case JSON -> fromJson(body, body, List.of(), expected, unknown);
            case YAML -> fromYaml(body, expected, unknown);
            case PROTOBUF -> new Decoded<>(fromProtobuf(body, expected), List.of());
        };
    }

    private Decoded<ObjectNode> fromYaml(byte[] body, GroupVersionKind expected, UnknownFields unknown) {
        Decoded<JsonNode> document;
        try {
            document = yaml.read(body);
        } catch (DecodeFailure e) {
            throw unrecognized(expected, e.text(), body);
        }
        return fromJson(json.write(document.tree(), null), body, document.problems(), expected, unknown);
    }

    private ObjectNode fromProtobuf(byte[] body, GroupVersionKind expected) {
        Envelope envelope;
        try {
            envelope = protobuf.open(body);
        } catch (DecodeFailure e) {
            throw unrecognized(expected, e.text(), body);
        }
        GroupVersionKind actual = actual(envelope.kind(), envelope.apiVersion(), expected);
        MessageType type = schema.of(expected);
        if (!isExpected(actual, expected) || type == null) {
            throw wrongKind(actual, expected);
        }
        try {
            return named(protobuf.message(envelope.message().toByteArray(), type), actual);
        } catch (DecodeFailure e) {
            throw cannotHandle(actual, expected, e.text());
        }
    }

    /// @param original what the client sent, when it was not JSON
    /// @param before problems that were found before it was JSON
    private Decoded<ObjectNode> fromJson(
            byte[] body, byte[] original, List<String> before, GroupVersionKind expected, UnknownFields unknown) {
        TypedDocument document;
        try {
            document = document(body, schema.of(expected), unknown);
        } catch (DecodeFailure e) {
            throw unrecognized(expected, NO_KIND + e.text(), original);
        }
        String kind = document.tree().path("kind").asString("");
        GroupVersionKind actual =
                actual(kind, document.tree().path("apiVersion").asString(""), expected);
        if (!isExpected(actual, expected)) {
            throw wrongKind(actual, expected);
        }
        DecodeFailure fault = document.fault();
        if (fault != null) {
            throw cannotHandle(actual, expected, fault.text());
        }
        List<String> problems = before.isEmpty()
                ? document.problems()
                : Stream.concat(before.stream(), document.problems().stream()).toList();
        return new Decoded<>(named(document.tree(), actual), problems);
    }

    private TypedDocument document(byte[] body, @Nullable MessageType type, UnknownFields unknown) {
        if (type != null) {
            TypedDocument document = json.document(body, type, unknown);
            String form = JsonScanner.form(body);
            if (form.equals("object") || form.equals("null")) {
                return document;
            }
            throw DecodeFailure.syntax("json: cannot unmarshal " + form + " into Go value of type " + TYPE_META);
        }
        Decoded<JsonNode> decoded = json.read(body);
        if (decoded.tree() instanceof ObjectNode object) {
            return new TypedDocument(object, decoded.problems(), null);
        }
        String form = JsonScanner.form(body);
        throw DecodeFailure.syntax("json: cannot unmarshal " + form + " into Go value of type " + TYPE_META);
    }

    /// The object with its kind in front.
    private static ObjectNode named(ObjectNode object, GroupVersionKind kind) {
        ObjectNode named = JsonNodeFactory.instance.objectNode();
        named.put("kind", kind.kind()).put("apiVersion", kind.groupVersion().toString());
        object.properties().forEach(member -> {
            if (!JsonCodec.TYPE_META.contains(member.getKey())) {
                named.set(member.getKey(), member.getValue());
            }
        });
        return named;
    }

    private static GroupVersionKind actual(String kind, String apiVersion, GroupVersionKind expected) {
        GroupVersion version = apiVersion.isEmpty() ? expected.groupVersion() : GroupVersion.parse(apiVersion);
        return version.kind(kind.isEmpty() ? expected.kind() : kind);
    }

    /// Options are of every group and version.
    private static boolean isExpected(GroupVersionKind actual, GroupVersionKind expected) {
        return actual.equals(expected)
                || (expected.kind().endsWith("Options") && actual.kind().equals(expected.kind()));
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
