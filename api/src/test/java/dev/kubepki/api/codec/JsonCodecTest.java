package dev.kubepki.api.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.schema.MessageType;
import dev.kubepki.api.schema.Schema;
import dev.kubepki.api.schema.Schemas;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class JsonCodecTest {
    private static final Schema SCHEMA = Schemas.load();
    private final JsonCodec codec = new JsonCodec(SCHEMA);

    private static MessageType type(String apiVersion, String kind) {
        return Objects.requireNonNull(SCHEMA.of(GroupVersion.parse(apiVersion).kind(kind)));
    }

    private Decoded<ObjectNode> csr(String json) {
        return codec.read(
                json.getBytes(UTF_8), type("certificates.k8s.io/v1", "CertificateSigningRequest"), UnknownFields.DROP);
    }

    private Decoded<ObjectNode> pod(String json) {
        return codec.read(json.getBytes(UTF_8), type("v1", "Pod"), UnknownFields.KEEP);
    }

    private String written(JsonNode tree) {
        return new String(codec.write(tree), UTF_8);
    }

    private String free(String json) {
        return written(codec.read(json.getBytes(UTF_8)).tree());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "^^|unexpected end of JSON input",
                "hello|invalid character 'h' looking for beginning of value",
                "{\"a\":|unexpected end of JSON input",
                "{\"a\":1,}|invalid character '}' looking for beginning of object key string",
                "{\"a\" 1}|invalid character '1' after object key",
                "{\"a\":1 \"b\"}|invalid character '\"' after object key:value pair",
                "[1 2]|invalid character '2' after array element",
                "[1,]|invalid character ']' looking for beginning of value",
                "{} x|invalid character 'x' after top-level value",
                "01|invalid character '1' after top-level value",
                "-x|invalid character 'x' in numeric literal",
                "1.x|invalid character 'x' after decimal point in numeric literal",
                "1ex|invalid character 'x' in exponent of numeric literal",
                "trux|invalid character 'x' in literal true (expecting 'e')",
                "\"\\x\"|invalid character 'x' in string escape code",
                "\"\\u00g0\"|invalid character 'g' in \\u hexadecimal character escape",
                "\"\\ud800\"|unpaired surrogate in \\u hexadecimal character escape",
                "'a'|invalid character '\\'' looking for beginning of value",
            })
    void tellsBrokenJsonInGosWords(String json, String text) {
        assertThatThrownBy(() -> codec.read(json.getBytes(UTF_8)))
                .isInstanceOfSatisfying(DecodeFailure.class, failure -> {
                    assertThat(failure.text()).isEqualTo(text);
                    assertThat(failure.kind()).isEqualTo(DecodeFailure.Kind.SYNTAX);
                });
    }

    @Test
    void refusesControlCharactersInStrings() {
        assertThatThrownBy(() -> free("\"a\nb\"")).hasMessage("invalid character '\\n' in string literal");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\u00ff\"",
                "\"\u00c0\u0080\"",
                "\"\u00ed\u00a0\u0080\"",
                "\"\u00f4\u0090\u0080\u0080\"",
                "\"\u00e2\u0082\""
            })
    void refusesBytesThatAreNotUtf8(String bytes) {
        assertThatThrownBy(() -> codec.read(bytes.getBytes(ISO_8859_1))).hasMessage("invalid UTF-8 in string literal");
    }

    @Test
    void keepsEveryCharacter() {
        String text = "\"a/b\\\\ \u007f é € 😀 \\u0007\\n\"";
        assertThat(codec.read(text.getBytes(UTF_8)).tree().asString()).isEqualTo("a/b\\ \u007f é € 😀 \u0007\n");
        assertThat(free("\"\\ud83d\\ude00\"")).isEqualTo("\"😀\"\n");
        assertThat(free(text)).isEqualTo(text + "\n");
    }

    @Test
    void escapesWhatGoEscapes() {
        assertThat(free("\"<&>\u2028\\b\\f\\u001f\"")).isEqualTo("\"\\u003c\\u0026\\u003e\\u2028\\b\\f\\u001f\"\n");
    }

    @Test
    void refusesDepthThatNoObjectHas() {
        assertThatThrownBy(() -> free("[".repeat(3_000_000))).hasMessage("exceeded max depth");
        assertThatThrownBy(() -> free("{\"a\":".repeat(500_000))).hasMessage("exceeded max depth");
        assertThat(free("[".repeat(512) + "]".repeat(512))).startsWith("[[");
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 1",
        "1e3, 1000",
        "-0, 0",
        "-0.0, -0",
        "0.1, 0.1",
        "1e21, 1e+21",
        "123456789012345678901, 123456789012345680000",
        "1.5e-7, 1.5e-7",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, 9223372036854776000",
        "100, 100"
    })
    void printsNumbersAsGoDoes(String number, String printed) {
        assertThat(free(number)).isEqualTo(printed + "\n");
    }

    @Test
    void refusesNumbersThatNothingHolds() {
        assertThatThrownBy(() -> free("1e999")).hasMessageContaining("cannot unmarshal number 1e999");
        assertThatThrownBy(() -> free("9".repeat(5000))).hasMessageContaining("more than 1000 characters");
    }

    @Test
    void namesDuplicatesInTheOrderOfTheText() {
        Decoded<JsonNode> decoded =
                codec.read("{\"a\":{\"b\":1,\"b\":2},\"c\":[{\"d\":1,\"d\":1}],\"a\":3}".getBytes(UTF_8));
        assertThat(decoded.problems())
                .containsExactly("duplicate field \"a.b\"", "duplicate field \"c[0].d\"", "duplicate field \"a\"");
        assertThat(decoded.tree().get("a").asInt()).isEqualTo(3);
    }

    @Test
    void dropsAndNamesUnknownFields() {
        Decoded<ObjectNode> decoded =
                csr("{\"bogus\":{\"x\":1,\"x\":2},\"spec\":{\"usages\":[],\"foo\":1,\"uid\":\"\",\"uid\":\"u\"}}");
        assertThat(decoded.problems())
                .containsExactly(
                        "unknown field \"bogus\"", "unknown field \"spec.foo\"", "duplicate field \"spec.uid\"");
        assertThat(decoded.tree().has("bogus")).isFalse();
        assertThat(decoded.tree().at("/spec/uid").asString()).isEqualTo("u");
    }

    @Test
    void keepsUnknownFieldsOfKindsThatAreOnlyStored() {
        Decoded<ObjectNode> decoded = pod("{\"spec\":{\"novelty\":{\"a\":null},\"hostPID\":false}}");
        assertThat(decoded.problems()).isEmpty();
        assertThat(new String(codec.write(decoded.tree(), type("v1", "Pod")), UTF_8))
                .isEqualTo("{\"metadata\":{},\"spec\":{\"containers\":null,\"novelty\":{\"a\":null}},\"status\":{}}\n");
    }

    @Test
    void dropsWhatIsWrittenEmptyAndFillsInWhatAlwaysStands() {
        ObjectNode tree = csr("""
                {"metadata":{"labels":{},"generation":0,"creationTimestamp":null,"finalizers":null},
                 "spec":{"request":"","expirationSeconds":0,"groups":[],"extra":{"a":null,"b":[]}}}""").tree();
        assertThat(tree)
                .hasToString("{\"metadata\":{},\"spec\":{\"request\":\"\",\"expirationSeconds\":0,"
                        + "\"extra\":{\"a\":[],\"b\":[]},\"signerName\":\"\"},\"status\":{}}");
    }

    @Test
    void writesKeysInTheOrderOfTheKindAndSortsMaps() {
        ObjectNode tree = csr("""
                {"status":{"certificate":"QQ=="},"spec":{"usages":["any"],"signerName":"a/b","request":"QQ=="},
                 "metadata":{"labels":{"b":"1","a":"2"},"name":"n"},"apiVersion":"certificates.k8s.io/v1",
                 "kind":"CertificateSigningRequest"}""").tree();
        assertThat(written(tree))
                .isEqualTo("{\"kind\":\"CertificateSigningRequest\",\"apiVersion\":\"certificates.k8s.io/v1\","
                        + "\"metadata\":{\"name\":\"n\",\"labels\":{\"a\":\"2\",\"b\":\"1\"}},"
                        + "\"spec\":{\"request\":\"QQ==\",\"signerName\":\"a/b\",\"usages\":[\"any\"]},"
                        + "\"status\":{\"certificate\":\"QQ==\"}}\n");
        assertThat(new String(codec.writePretty(tree), UTF_8))
                .startsWith("{\n  \"kind\": \"CertificateSigningRequest\",\n  \"apiVersion\"")
                .contains("\n    \"usages\": [\n      \"any\"\n    ]\n  },\n");
    }

    @Test
    void writesNullForListsThatMustBeThere() {
        ObjectNode role = codec.read(
                        "{\"kind\":\"Role\",\"apiVersion\":\"rbac.authorization.k8s.io/v1\"}".getBytes(UTF_8),
                        type("rbac.authorization.k8s.io/v1", "Role"),
                        UnknownFields.DROP)
                .tree();
        assertThat(written(role)).endsWith("\"metadata\":{},\"rules\":null}\n");
        role.putArray("rules");
        assertThat(written(role)).endsWith("\"rules\":[]}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{\"spec\":{\"expirationSeconds\":\"1\"}}|"
                        + "json: cannot unmarshal string into Go struct field "
                        + "CertificateSigningRequestSpec.spec.expirationSeconds of type int32",
                "{\"spec\":{\"expirationSeconds\":2147483648}}|"
                        + "json: cannot unmarshal number 2147483648 into Go struct field "
                        + "CertificateSigningRequestSpec.spec.expirationSeconds of type int32",
                "{\"spec\":{\"expirationSeconds\":1.5}}|"
                        + "json: cannot unmarshal number 1.5 into Go struct field "
                        + "CertificateSigningRequestSpec.spec.expirationSeconds of type int32",
                "{\"spec\":[]}|json: cannot unmarshal array into Go struct field "
                        + "CertificateSigningRequest.spec of type v1.CertificateSigningRequestSpec",
                "{\"metadata\":{\"labels\":{\"a\":1}}}|"
                        + "json: cannot unmarshal number into Go struct field "
                        + "ObjectMeta.metadata.labels of type string",
                "{\"spec\":{\"usages\":\"any\"}}|json: cannot unmarshal string into Go struct field "
                        + "CertificateSigningRequestSpec.spec.usages of type []string",
                "{\"spec\":{\"request\":\"!!!\"}}|illegal base64 data at input byte 0",
                "{\"spec\":{\"request\":\"QUJ\"}}|illegal base64 data at input byte 3",
                "{\"spec\":{\"request\":\"QQ=x\"}}|illegal base64 data at input byte 3",
                "{\"status\":{\"conditions\":[{\"lastUpdateTime\":\"soon\"}]}}|"
                        + "parsing time \"soon\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"soon\" as \"2006\"",
                "{\"status\":{\"conditions\":[{\"lastUpdateTime\":\"2026-13-01T00:00:00Z\"}]}}|"
                        + "parsing time \"2026-13-01T00:00:00Z\": month out of range",
            })
    void tellsWhatDoesNotFitInGosWords(String json, String text) {
        assertThatThrownBy(() -> csr(json)).isInstanceOfSatisfying(DecodeFailure.class, failure -> {
            assertThat(failure.text()).isEqualTo(text);
            assertThat(failure.kind()).isEqualTo(DecodeFailure.Kind.TYPE);
        });
    }

    @Test
    void keepsWholeNumbersOf64Bits() {
        String generation = "\"generation\":9223372036854775807";
        assertThat(written(csr("{\"metadata\":{" + generation + "}}").tree())).contains(generation);
        assertThatThrownBy(() -> csr("{\"metadata\":{\"generation\":9223372036854775808}}"))
                .hasMessageContaining("number 9223372036854775808 into Go struct field ObjectMeta.metadata.generation");
    }

    @Test
    void tellsBrokenSyntaxBeforeWhatDoesNotFit() {
        assertThatThrownBy(() -> csr("{\"spec\":1,")).hasMessage("unexpected end of JSON input");
    }

    @Test
    void writesTimesInUtc() {
        ObjectNode tree = csr("{\"metadata\":{\"creationTimestamp\":\"2026-11-22T15:20:16.25+02:00\"}}")
                .tree();
        assertThat(tree.at("/metadata/creationTimestamp").asString()).isEqualTo("2026-11-22T13:20:16Z");
    }

    @Test
    void takesLineBreaksOutOfBase64() {
        assertThat(csr("{\"spec\":{\"request\":\"QV==\"}}")
                        .tree()
                        .at("/spec/request")
                        .asString())
                .isEqualTo("QQ==");
        assertThat(csr("{\"spec\":{\"request\":\"QU\\nI=\\r\\n\"}}")
                        .tree()
                        .at("/spec/request")
                        .asString())
                .isEqualTo("QUI=");
    }

    @Test
    void readsQuantitiesPortsAndInlineVolumes() {
        ObjectNode tree = pod("""
                {"spec":{"volumes":[{"name":"v","emptyDir":{}}],
                 "containers":[{"name":"c","resources":{"limits":{"cpu":2}},
                 "livenessProbe":{"httpGet":{"port":"http"}}}]}}""").tree();
        assertThat(tree.at("/spec/volumes/0/emptyDir").isObject()).isTrue();
        assertThat(tree.at("/spec/containers/0/resources/limits/cpu").asString())
                .isEqualTo("2");
        assertThat(tree.at("/spec/containers/0/livenessProbe/httpGet/port").asString())
                .isEqualTo("http");
        assertThatThrownBy(() -> pod("{\"spec\":{\"containers\":[{\"livenessProbe\":{\"httpGet\":{\"port\":1.5}}}]}}"))
                .hasMessage("json: cannot unmarshal number 1.5 into Go value of type int32");
    }

    @Test
    void readsSchemasThatAreBooleans() {
        String properties = "\"additionalProperties\":true,\"items\":{\"type\":\"string\"}";
        ObjectNode crd = codec.read(
                        ("{\"spec\":{\"versions\":[{\"schema\":{\"openAPIV3Schema\":{" + properties + "}}}]}}")
                                .getBytes(UTF_8),
                        type("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
                        UnknownFields.DROP)
                .tree();
        JsonNode schema = crd.at("/spec/versions/0/schema/openAPIV3Schema");
        assertThat(schema.get("additionalProperties").booleanValue()).isTrue();
        assertThat(schema.at("/items/type").asString()).isEqualTo("string");
    }
}
