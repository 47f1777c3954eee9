package dev.kubepki.api.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.api.failure.ApiFailure.Cause;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.StringNode;

final class FailuresTest {
    private static final String CSRS = "certificatesigningrequests.certificates.k8s.io";

    private static void shows(ApiFailure failure, String json) {
        assertThat(StatusObject.of(failure)).hasToString(json);
    }

    @Test
    void showsWhatIsNotFoundByItsResource() {
        shows(Failures.notFound(CSRS, "jane"), """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",\
                "message":"certificatesigningrequests.certificates.k8s.io \\"jane\\" not found","reason":"NotFound",\
                "details":{"name":"jane","group":"certificates.k8s.io","kind":"certificatesigningrequests"},\
                "code":404}""");
    }

    @Test
    void leavesOutGroupOfCoreKindsAndNameOfCollections() {
        shows(Failures.forbidden("secrets", "", "no"), """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",\
                "message":"secrets is forbidden: no","reason":"Forbidden","details":{"kind":"secrets"},"code":403}""");
    }

    @Test
    void printsEmptyDetailsOfPathsAndNoneOfBadRequests() {
        assertThat(StatusObject.of(Failures.forbiddenPath("x")).get("details")).hasToString("{}");
        assertThat(StatusObject.of(Failures.badRequest("x")).has("details")).isFalse();
    }

    @Test
    void leavesOutReasonOfRawErrors() {
        shows(Failures.raw("resourceVersion should not be set on objects to be created"), """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",\
                "message":"resourceVersion should not be set on objects to be created","code":500}""");
    }

    @Test
    void tellsOneFieldErrorBareAndSeveralInBrackets() {
        FieldError required = FieldError.of(FieldError.Type.REQUIRED, "spec.usages", "");
        FieldError invalid = FieldError.of(FieldError.Type.INVALID, "spec.expirationSeconds", "599", "too short");
        ApiFailure one = Failures.invalid("CertificateSigningRequest.certificates.k8s.io", "v1", List.of(required));
        ApiFailure two = Failures.invalid(
                "CertificateSigningRequest.certificates.k8s.io", "v1", List.of(required, invalid, required));
        assertThat(one.message())
                .isEqualTo("CertificateSigningRequest.certificates.k8s.io \"v1\" is invalid: "
                        + "spec.usages: Required value");
        assertThat(two.message())
                .endsWith("is invalid: [spec.usages: Required value, "
                        + "spec.expirationSeconds: Invalid value: 599: too short]");
        assertThat(StatusObject.of(one).get("details"))
                .hasToString("{\"name\":\"v1\",\"group\":\"certificates.k8s.io\","
                        + "\"kind\":\"CertificateSigningRequest\",\"causes\":[{\"reason\":\"FieldValueRequired\","
                        + "\"message\":\"Required value\",\"field\":\"spec.usages\"}]}");
    }

    @Test
    void wordsInvalidOfGroupWithoutKind() {
        FieldError error = FieldError.of(FieldError.Type.INVALID, "spec.resourceAttributes", "null", "one of two");
        ApiFailure failure = Failures.invalid(".authorization.k8s.io", "", List.of(error));
        assertThat(failure.message())
                .isEqualTo(".authorization.k8s.io \"\" is invalid: "
                        + "spec.resourceAttributes: Invalid value: null: one of two");
        assertThat(StatusObject.of(failure).get("details").has("kind")).isFalse();
    }

    @Test
    void carriesTokenOfExpiredPage() {
        assertThat(StatusObject.of(Failures.expired("late", "abc")).get("metadata"))
                .hasToString("{\"continue\":\"abc\"}");
    }

    @Test
    void saysWhenToComeAgain() {
        shows(Failures.futureResourceVersion(999, 7), """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",\
                "message":"Timeout: Too large resource version: 999, current: 7","reason":"Timeout",\
                "details":{"causes":[{"reason":"ResourceVersionTooLarge","message":"Too large resource version"}],\
                "retryAfterSeconds":1},"code":504}""");
    }

    @Test
    void tellsConflictsOfApplyByTheirCauses() {
        ApiFailure failure = Failures.applyConflict(
                "Apply failed with 1 conflict: conflict with \"m\": .a",
                List.of(new Cause("FieldManagerConflict", "conflict with \"m\"", ".a")));
        assertThat(StatusObject.of(failure).get("details"))
                .hasToString("{\"causes\":[{\"reason\":\"FieldManagerConflict\","
                        + "\"message\":\"conflict with \\\"m\\\"\",\"field\":\".a\"}]}");
    }

    @Test
    void deletionHasNeitherCodeNorReason() {
        assertThat(StatusObject.deleted("a", "", "secrets", "u"))
                .hasToString("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Success\","
                        + "\"details\":{\"name\":\"a\",\"kind\":\"secrets\",\"uid\":\"u\"}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "plain|\"plain\"",
                "say \"hi\"|\"say \\\"hi\\\"\"",
                "a\\b|\"a\\\\b\"",
                "größe 日本|\"größe 日本\"",
            })
    void quotesAsGoDoes(String text, String quoted) {
        assertThat(Rendering.quote(text)).isEqualTo(quoted);
    }

    @Test
    void escapesWhatCannotBePrinted() {
        assertThat(Rendering.quote("\n\t\u0000\u007f\u00a0\u200b\ue000"))
                .isEqualTo("\"\\n\\t\\x00\\x7f\\u00a0\\u200b\\ue000\"");
        assertThat(Rendering.quote("\ud83d\ude00\udb40\udc01")).isEqualTo("\"😀\\U000e0001\"");
        assertThat(Rendering.quote("\ud83d")).isEqualTo("\"\ufffd\"");
    }

    @Test
    void rendersTextQuotedAndAllElseAsJson() {
        assertThat(Rendering.value(StringNode.valueOf("a"))).isEqualTo("\"a\"");
        assertThat(Rendering.value(StatusObject.deleted("a", "", "", "").get("details")))
                .isEqualTo("{\"name\":\"a\"}");
    }
}
