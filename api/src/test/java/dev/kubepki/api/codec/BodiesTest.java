package dev.kubepki.api.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.GroupVersionKind;
import dev.kubepki.api.schema.Schema;
import dev.kubepki.api.schema.Schemas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

final class BodiesTest {
    private static final Schema SCHEMA = Schemas.load();
    private static final GroupVersionKind CSR =
            new GroupVersionKind("certificates.k8s.io", "v1", "CertificateSigningRequest");
    private static final String UNRECOGNIZED =
            "the object provided is unrecognized (must be of type CertificateSigningRequest): ";

    private final Bodies bodies = new Bodies(SCHEMA);

    private Decoded<ObjectNode> read(String body, Format format) {
        return bodies.read(body.getBytes(UTF_8), format, CSR, UnknownFields.DROP);
    }

    private void refuses(String body, Format format, String message) {
        assertThatThrownBy(() -> read(body, format)).isInstanceOfSatisfying(ApiFailure.class, failure -> {
            assertThat(failure.message()).isEqualTo(message);
            assertThat(failure.code()).isEqualTo(400);
            assertThat(failure.reason()).isEqualTo("BadRequest");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "^^|unexpected end of JSON input (<empty>)",
                "hello|invalid character 'h' looking for beginning of value (68656c6c6f)",
                "{\"apiVersion\":|unexpected end of JSON input ({\"apiVersion\":)",
                "{\"kind\":5}|json: cannot unmarshal number into Go struct field .kind of type string ({\"kind\":5})",
            })
    void showsTheBeginningOfWhatIsNoObject(String body, String text) {
        refuses(body, Format.JSON, UNRECOGNIZED + "couldn't get version/kind; json parse error: " + text);
    }

    @Test
    void cutsLongBodies() {
        refuses(
                "{" + "x".repeat(40),
                Format.JSON,
                UNRECOGNIZED + "couldn't get version/kind; json parse error: "
                        + "invalid character 'x' looking for beginning of object key string ({" + "x".repeat(29)
                        + " ...)");
    }

    @Test
    void tellsKindsThatNobodyKnows() {
        String scheme = " in scheme \"k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30\"";
        refuses(
                "{\"kind\":\"Pod\",\"apiVersion\":\"certificates.k8s.io/v1\"}",
                Format.JSON,
                "Pod in version \"v1\" cannot be handled as a CertificateSigningRequest: "
                        + "no kind \"Pod\" is registered for version \"certificates.k8s.io/v1\"" + scheme);
        refuses(
                "apiVersion: v1\nkind: CertificateSigningRequest\n",
                Format.YAML,
                "CertificateSigningRequest in version \"v1\" cannot be handled as a CertificateSigningRequest: "
                        + "no kind \"CertificateSigningRequest\" is registered for version \"v1\"" + scheme);
    }

    @Test
    void tellsOtherKindsAndVersions() {
        refuses(
                "{\"kind\":\"Secret\",\"apiVersion\":\"v1\"}",
                Format.JSON,
                "Secret in version \"v1\" cannot be handled as a CertificateSigningRequest: "
                        + "converting (v1.Secret) to (v1.CertificateSigningRequest): unknown conversion");
        refuses(
                "{\"apiVersion\":\"certificates.k8s.io/v1beta1\"}",
                Format.JSON,
                "the API version in the data (certificates.k8s.io/v1beta1) does not match the expected API version "
                        + "(certificates.k8s.io/v1)");
    }

    @Test
    void tellsWhatDoesNotFit() {
        refuses(
                "{\"spec\":{\"expirationSeconds\":\"1\"}}",
                Format.JSON,
                "CertificateSigningRequest in version \"v1\" cannot be handled as a CertificateSigningRequest: "
                        + "json: cannot unmarshal string into Go struct field "
                        + "CertificateSigningRequestSpec.spec.expirationSeconds of type int32");
    }

    @Test
    void fillsInTheKindThatThePathExpects() {
        assertThat(read("{\"metadata\":{\"name\":\"a\"}}", Format.JSON).tree().toString())
                .startsWith("{\"kind\":\"CertificateSigningRequest\",\"apiVersion\":\"certificates.k8s.io/v1\","
                        + "\"metadata\":{\"name\":\"a\"}");
        assertThat(read("null", Format.JSON).tree().at("/status").isObject()).isTrue();
    }

    @Test
    void readsYamlAsJsonAndNamesItsDuplicatesFirst() {
        Decoded<ObjectNode> decoded =
                read("metadata: {name: y1}\nspec:\n  usages: [any]\n  bogus: 1\n  uid: a\n  uid: b\n", Format.YAML);
        assertThat(decoded.tree().at("/spec/usages/0").asString()).isEqualTo("any");
        assertThat(decoded.tree().at("/spec/uid").asString()).isEqualTo("b");
        assertThat(decoded.problems())
                .containsExactly(
                        "yaml: unmarshal errors:\n  line 6: key \"uid\" already set in map",
                        "unknown field \"spec.bogus\"");
        refuses(
                "a: b: c",
                Format.YAML,
                UNRECOGNIZED + "yaml: line 1: mapping values are not allowed here (613a20623a2063)");
    }

    @Test
    void refusesProtobufThatIsNone() {
        refuses("", Format.PROTOBUF, UNRECOGNIZED + "empty data (<empty>)");
        refuses("k8s\0", Format.PROTOBUF, UNRECOGNIZED + "empty body (6b387300)");
        refuses(
                "{}",
                Format.PROTOBUF,
                UNRECOGNIZED + "provided data does not appear to be a protobuf message, "
                        + "expected prefix [107 56 115 0] ({})");
        refuses("k8s\0\nx", Format.PROTOBUF, UNRECOGNIZED + "unexpected EOF (6b3873000a78)");
    }

    @Test
    void takesOptionsOfAnyGroup() {
        GroupVersionKind options = new GroupVersionKind("", "v1", "DeleteOptions");
        byte[] body = "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"policy/v1\",\"propagationPolicy\":\"Orphan\"}"
                .getBytes(UTF_8);
        assertThat(bodies.read(body, Format.JSON, options, UnknownFields.DROP)
                        .tree()
                        .path("propagationPolicy")
                        .asString())
                .isEqualTo("Orphan");
    }
}
