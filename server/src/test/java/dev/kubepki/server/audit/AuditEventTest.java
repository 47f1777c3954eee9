package dev.kubepki.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.server.auth.Attributes;
import dev.kubepki.server.auth.UserInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditEventTest {
    private static final Instant START = Instant.parse("2026-11-22T21:15:00Z");

    @Test
    void writesOneLineAsKubernetesDoes() {
        UserInfo caller = new UserInfo("bob \"b\"\n", "7", List.of("g"), Map.of("k", List.of("v")));
        UserInfo other = new UserInfo("jane", "", List.of(), Map.of());
        Attributes request = new Attributes(
                caller,
                "update",
                "certificates.k8s.io",
                "v1",
                "certificatesigningrequests",
                "approval",
                "",
                "a",
                "",
                "",
                "");
        AuditEvent event = new AuditEvent(
                AuditLevel.REQUEST,
                "id",
                AuditStage.RESPONSE_COMPLETE,
                "/apis/x?y=z",
                request,
                other,
                "192.0.2.1",
                "kubectl",
                404,
                Failures.notFound("certificatesigningrequests.certificates.k8s.io", "a"),
                "{\"kind\":\"X\"}",
                null,
                START,
                START.plusNanos(1_234_000),
                Map.of("authorization.k8s.io/decision", "allow"));
        assertThat(event.line())
                .isEqualTo(
                        "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"Request\",\"auditID\":\"id\","
                                + "\"stage\":\"ResponseComplete\",\"requestURI\":\"/apis/x?y=z\",\"verb\":\"update\","
                                + "\"user\":{\"username\":\"bob \\\"b\\\"\\u000a\",\"uid\":\"7\",\"groups\":[\"g\"],"
                                + "\"extra\":{\"k\":[\"v\"]}},\"impersonatedUser\":{\"username\":\"jane\"},"
                                + "\"sourceIPs\":[\"192.0.2.1\"],\"userAgent\":\"kubectl\","
                                + "\"objectRef\":{\"resource\":\"certificatesigningrequests\",\"name\":\"a\","
                                + "\"apiGroup\":\"certificates.k8s.io\",\"apiVersion\":\"v1\",\"subresource\":\"approval\"},"
                                + "\"responseStatus\":{\"metadata\":{},\"status\":\"Failure\","
                                + "\"message\":\"certificatesigningrequests.certificates.k8s.io \\\"a\\\" not found\","
                                + "\"reason\":\"NotFound\",\"code\":404},\"requestObject\":{\"kind\":\"X\"},"
                                + "\"requestReceivedTimestamp\":\"2026-11-22T21:15:00.000000Z\","
                                + "\"stageTimestamp\":\"2026-11-22T21:15:00.001234Z\","
                                + "\"annotations\":{\"authorization.k8s.io/decision\":\"allow\"}}\n");
    }
}
