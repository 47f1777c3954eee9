package dev.kubepki.server.auth;

import static dev.kubepki.server.auth.Identities.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.api.failure.ApiFailure;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AccessFailuresTest {
    private static final String CSR = "certificatesigningrequests";
    private static final String GROUP = "certificates.k8s.io";

    static Stream<Arguments> messages() {
        UserInfo u = user("u");
        return Stream.of(
                Arguments.of(
                        Attributes.resource(u, "get", GROUP, CSR, "", "", "x"),
                        "",
                        "certificatesigningrequests.certificates.k8s.io \"x\" is forbidden: User \"u\" cannot get"
                                + " resource \"certificatesigningrequests\" in API group \"certificates.k8s.io\" at the"
                                + " cluster scope"),
                Arguments.of(
                        Attributes.resource(u, "update", GROUP, CSR, "approval", "", ""),
                        "",
                        "certificatesigningrequests.certificates.k8s.io is forbidden: User \"u\" cannot update"
                                + " resource \"certificatesigningrequests/approval\" in API group"
                                + " \"certificates.k8s.io\" at the cluster scope"),
                Arguments.of(
                        Attributes.resource(u, "list", "", "secrets", "", "ns", ""),
                        "why",
                        "secrets is forbidden: User \"u\" cannot list resource \"secrets\" in API group \"\" in the"
                                + " namespace \"ns\": why"),
                Arguments.of(
                        Attributes.path(u, "get", "/<x>&"),
                        "",
                        "forbidden: User \"u\" cannot get path \"/&lt;x&gt;&amp;\""),
                Arguments.of(
                        Attributes.path(user("<script>\n"), "get", "/"),
                        "",
                        "forbidden: User \"&lt;script&gt;\\n\" cannot get path \"/\""));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void wordsTheRefusalAsKubernetesDoes(Attributes attributes, String reason, String message) {
        ApiFailure failure = AccessFailures.forbidden(attributes, reason);
        assertThat(failure.message()).isEqualTo(message);
        assertThat(failure.code()).isEqualTo(403);
    }

    @Test
    void namesTheResourceInTheDetailsAndNothingForPaths() {
        Attributes named = Attributes.resource(user("u"), "get", GROUP, CSR, "status", "", "x");
        assertThat(AccessFailures.forbidden(named, "").details())
                .isEqualTo(new ApiFailure.Details("x", GROUP, CSR, "", java.util.List.of(), 0));
        assertThat(AccessFailures.forbidden(Attributes.path(user("u"), "get", "/api"), "")
                        .details())
                .isEqualTo(ApiFailure.Details.EMPTY);
    }
}
