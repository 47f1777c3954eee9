package dev.kubepki.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.pki.document.DocumentFailure;
import dev.kubepki.server.auth.Attributes;
import dev.kubepki.server.auth.UserInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditPolicyTest {
    private static final String POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived]
            rules:
            - level: None
              nonResourceURLs: ["/healthz*", "/version"]
            - level: None
              users: ["system:kube-proxy"]
              verbs: ["watch"]
              resources:
              - group: ""
                resources: ["endpoints", "services/status"]
            - level: Metadata
              resources:
              - group: ""
                resources: ["secrets"]
              - group: authentication.k8s.io
            - level: Request
              userGroups: ["auditors"]
              namespaces: ["kube-system"]
            - level: RequestResponse
              resources:
              - group: certificates.k8s.io
                resources: ["*/approval"]
              - group: certificates.k8s.io
                resources: ["certificatesigningrequests"]
                resourceNames: ["special"]
              omitStages: [ResponseStarted]
            - level: Metadata
            """;

    private static AuditPolicy policy(String text) {
        return AuditPolicyFile.read("policy.yaml", text.getBytes(UTF_8));
    }

    private static UserInfo user(String name, String group) {
        return new UserInfo(name, "", List.of(group), Map.of());
    }

    @ParameterizedTest
    @CsvSource({"/healthz/ping, NONE", "/healthz, NONE", "/version, NONE", "/versions, METADATA", "/api, METADATA"})
    void matchesPaths(String path, AuditLevel level) {
        assertThat(policy(POLICY)
                        .ruleFor(Attributes.path(user("a", "b"), "get", path))
                        .level())
                .isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "system:kube-proxy, x,        watch,  '',                    endpoints,                  '',       ns,          '',      NONE",
        "system:kube-proxy, x,        list,   '',                    endpoints,                  '',       ns,          '',      METADATA",
        "system:kube-proxy, x,        watch,  '',                    services,                   '',       ns,          '',      METADATA",
        "system:kube-proxy, x,        watch,  '',                    services,                   status,   ns,          a,       NONE",
        "bob,               auditors, get,    '',                    secrets,                    '',       kube-system, a,       METADATA",
        "bob,               auditors, get,    '',                    configmaps,                 '',       kube-system, a,       REQUEST",
        "bob,               x,        create, authentication.k8s.io, tokenreviews,               '',       '',          '',      METADATA",
        "bob,               x,        update, certificates.k8s.io,   certificatesigningrequests, approval, '',          a,       REQUEST_RESPONSE",
        "bob,               x,        get,    certificates.k8s.io,   certificatesigningrequests, '',       '',          special, REQUEST_RESPONSE",
        "bob,               x,        get,    certificates.k8s.io,   certificatesigningrequests, '',       '',          other,   METADATA"
    })
    void takesTheFirstRuleThatMatches(
            String name,
            String group,
            String verb,
            String apiGroup,
            String resource,
            String subresource,
            String namespace,
            String object,
            AuditLevel level) {
        Attributes request =
                Attributes.resource(user(name, group), verb, apiGroup, resource, subresource, namespace, object);
        assertThat(policy(POLICY).ruleFor(request).level()).isEqualTo(level);
    }

    @Test
    void leavesOutTheStagesOfPolicyAndRule() {
        AuditPolicy policy = policy(POLICY);
        AuditRule rule = policy.rules().get(4);
        assertThat(policy.logs(rule, AuditStage.REQUEST_RECEIVED)).isFalse();
        assertThat(policy.logs(rule, AuditStage.RESPONSE_STARTED)).isFalse();
        assertThat(policy.logs(rule, AuditStage.RESPONSE_COMPLETE)).isTrue();
        assertThat(policy.logs(policy.rules().getFirst(), AuditStage.RESPONSE_COMPLETE))
                .isFalse();
    }

    @Test
    void logsNothingThatNoRuleMatches() {
        AuditPolicy policy = policy("""
                {"apiVersion": "audit.k8s.io/v1", "kind": "Policy",
                 "rules": [{"level": "Request", "users": ["a"]}]}
                """);
        assertThat(policy.ruleFor(Attributes.path(user("b", "c"), "get", "/")).level())
                .isEqualTo(AuditLevel.NONE);
    }

    @Test
    void namesEverythingThatIsWrongWithAPolicy() {
        assertThatThrownBy(() -> policy("""
                apiVersion: audit.k8s.io/v1
                kind: Policie
                rules:
                - level: Everything
                  verb: [get]
                - level: Metadata
                  omitStages: [Never]
                  nonResourceURLs: ["/a"]
                  namespaces: [b]
                """))
                .isInstanceOf(DocumentFailure.class)
                .hasMessageContainingAll(
                        "policy.yaml:2", "must be Policy", "level", "verb", "omitStages", "nonResourceURLs");
    }
}
