package dev.kubepki.api.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.kubepki.api.codec.Bodies;
import dev.kubepki.api.codec.DecodeFailure;
import dev.kubepki.api.codec.Format;
import dev.kubepki.api.codec.JsonCodec;
import dev.kubepki.api.codec.MediaType;
import dev.kubepki.api.codec.ProtobufCodec;
import dev.kubepki.api.codec.UnknownFields;
import dev.kubepki.api.codec.YamlCodec;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.GroupVersionKind;
import dev.kubepki.api.schema.Schema;
import dev.kubepki.api.schema.Schemas;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A decoder of foreign bytes. What it accepts must survive being written and read again; what it refuses, it must
/// refuse with one of the two failures of decoding.
@SuppressWarnings("ImmutableEnumChecker") // the decoders have no state that changes what they do
enum FuzzTarget {
    JSON(FuzzTarget::json),
    YAML(FuzzTarget::yaml),
    REQUEST_JSON(bytes -> body(bytes, Format.JSON, "certificates.k8s.io", "CertificateSigningRequest")),
    REQUEST_YAML(bytes -> body(bytes, Format.YAML, "certificates.k8s.io", "CertificateSigningRequest")),
    REQUEST_PROTOBUF(bytes -> body(bytes, Format.PROTOBUF, "certificates.k8s.io", "CertificateSigningRequest")),
    POD_JSON(bytes -> body(bytes, Format.JSON, "", "Pod")),
    POD_PROTOBUF(bytes -> body(bytes, Format.PROTOBUF, "", "Pod")),
    DEFINITION_JSON(bytes -> body(bytes, Format.JSON, "apiextensions.k8s.io", "CustomResourceDefinition")),
    DEFINITION_PROTOBUF(bytes -> body(bytes, Format.PROTOBUF, "apiextensions.k8s.io", "CustomResourceDefinition")),
    ACCEPT(bytes -> MediaType.of(new String(bytes, ISO_8859_1), true));

    static final Schema SCHEMA = Schemas.load();
    private static final JsonCodec JSON_CODEC = new JsonCodec(SCHEMA);
    private static final YamlCodec YAML_CODEC = new YamlCodec(JSON_CODEC);
    private static final ProtobufCodec PROTOBUF_CODEC = new ProtobufCodec(SCHEMA);
    private static final Bodies BODIES = new Bodies(SCHEMA);

    private final Consumer<byte[]> decoder;

    FuzzTarget(Consumer<byte[]> decoder) {
        this.decoder = decoder;
    }

    /// Whether the bytes were accepted.
    boolean read(byte[] bytes) {
        try {
            decoder.accept(bytes);
            return true;
        } catch (DecodeFailure failure) {
            return sentence(failure.text());
        } catch (ApiFailure failure) {
            return sentence(failure.message());
        }
    }

    private static boolean sentence(String text) {
        if (text.isEmpty()) {
            throw new AssertionError("a failure without a sentence");
        }
        return false;
    }

    private static void json(byte[] bytes) {
        JsonNode tree = JSON_CODEC.read(bytes).tree();
        byte[] written = JSON_CODEC.write(tree, null);
        // Numbers change their form at most once: 1.0 is written as 1.
        JsonNode again = JSON_CODEC.read(written).tree();
        same(new String(JSON_CODEC.write(again, null), ISO_8859_1), new String(written, ISO_8859_1));
    }

    private static void yaml(byte[] bytes) {
        JsonNode tree = YAML_CODEC.read(bytes).tree();
        JsonNode plain = JSON_CODEC.read(JSON_CODEC.write(tree, null)).tree();
        JsonNode again = YAML_CODEC.read(YAML_CODEC.write(plain)).tree();
        same(sorted(again), sorted(plain));
    }

    /// YAML sorts keys.
    private static String sorted(JsonNode tree) {
        return new String(YAML_CODEC.write(tree), ISO_8859_1);
    }

    private static void body(byte[] bytes, Format format, String group, String kind) {
        GroupVersionKind expected = new GroupVersionKind(group, "v1", kind);
        ObjectNode object =
                BODIES.read(bytes, format, expected, UnknownFields.DROP).tree();
        byte[] json = JSON_CODEC.write(object);
        ObjectNode fromJson =
                BODIES.read(json, Format.JSON, expected, UnknownFields.DROP).tree();
        same(new String(JSON_CODEC.write(fromJson), ISO_8859_1), new String(json, ISO_8859_1));
        byte[] protobuf = PROTOBUF_CODEC.write(object);
        // Protobuf has no empty lists, so that only its bytes can be compared.
        byte[] again = PROTOBUF_CODEC.write(PROTOBUF_CODEC.read(protobuf));
        same(new String(again, ISO_8859_1), new String(protobuf, ISO_8859_1));
    }

    private static void same(String again, String once) {
        if (!again.equals(once)) {
            throw new AssertionError("read again it is another: " + once + " / " + again);
        }
    }
}
