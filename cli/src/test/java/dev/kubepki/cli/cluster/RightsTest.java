package dev.kubepki.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.cli.frame.OutputFormat;
import dev.kubepki.pki.document.Documents;
import dev.kubepki.pki.document.Mapping;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Roles, bindings and tokens, as objects.
class RightsTest {
    private static ObjectNode read(String yaml) {
        Mapping mapping = (Mapping)
                Documents.readOne("test", yaml.getBytes(StandardCharsets.UTF_8)).root();
        return Trees.object(mapping);
    }

    @Test
    void makesTheRoleAndTheBindingThatTheDocumentsShow() {
        Grant grant = new Grant(
                "myuser",
                "developer",
                false,
                "default",
                List.of("get", "list"),
                List.of("pods", "deployments.apps/scale"));
        assertThat(Trees.printAll(List.of(grant.newRole().orElseThrow(), grant.binding()), OutputFormat.YAML))
                .isEqualTo("""
                        apiVersion: rbac.authorization.k8s.io/v1
                        kind: Role
                        metadata:
                          name: developer
                          namespace: default
                        rules:
                        - apiGroups:
                          - ""
                          resources:
                          - pods
                          verbs:
                          - get
                          - list
                        - apiGroups:
                          - apps
                          resources:
                          - deployments/scale
                          verbs:
                          - get
                          - list
                        ---
                        apiVersion: rbac.authorization.k8s.io/v1
                        kind: RoleBinding
                        metadata:
                          name: developer-binding-myuser
                          namespace: default
                        roleRef:
                          apiGroup: rbac.authorization.k8s.io
                          kind: Role
                          name: developer
                        subjects:
                        - apiGroup: rbac.authorization.k8s.io
                          kind: User
                          name: myuser
                        """);
    }

    @Test
    void bindsClusterRolesEverywhereWithoutANamespace() {
        Grant grant = new Grant("anna", "view", true, "", List.of(), List.of());
        assertThat(grant.newRole()).isEmpty();
        assertThat(grant.bindingResource()).isEqualTo("clusterrolebindings.rbac.authorization.k8s.io");
        assertThat(grant.binding().path("kind").asString("")).isEqualTo("ClusterRoleBinding");
        assertThat(grant.binding().path("roleRef").path("kind").asString("")).isEqualTo("ClusterRole");
    }

    @Test
    void warnsOfRolesThatApprove() {
        ObjectNode approver = read("""
                rules:
                - apiGroups: [certificates.k8s.io]
                  resources: [certificatesigningrequests/approval]
                  verbs: [update]
                - apiGroups: [certificates.k8s.io]
                  resources: [signers]
                  resourceNames: [kubernetes.io/kube-apiserver-client]
                  verbs: [approve]
                """);
        assertThat(ApprovalRights.signers(approver)).containsExactly("kubernetes.io/kube-apiserver-client");
        assertThat(ApprovalRights.warning("anna", approver).orElseThrow().getFirst())
                .contains("anna")
                .contains("kubernetes.io/kube-apiserver-client");
        ObjectNode everything = read("rules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]");
        assertThat(ApprovalRights.signers(everything)).containsExactly("*");
        assertThat(ApprovalRights.warning("anna", everything).orElseThrow().getFirst())
                .contains("every signer");
    }

    @Test
    void doesNotWarnOfRolesThatOnlySignOrRead() {
        ObjectNode signer = read("""
                rules:
                - {apiGroups: [certificates.k8s.io], resources: [signers], verbs: [sign]}
                - {apiGroups: [certificates.k8s.io], resources: [certificatesigningrequests], verbs: [approve]}
                - {apiGroups: [""], resources: ["*"], verbs: ["*"]}
                """);
        assertThat(ApprovalRights.warning("anna", signer)).isEmpty();
    }

    @Test
    void makesTokensAsApiServersKnowThem() {
        BootstrapToken token = BootstrapToken.generate(new Random(1));
        assertThat(token.bearer()).matches("[a-z0-9]{6}\\.[a-z0-9]{16}").startsWith(token.id() + ".");
        assertThat(token.toString()).doesNotContain(token.bearer().substring(7));
        ObjectNode secret =
                token.object("for a test", "system:bootstrappers:test", Instant.parse("2026-11-23T01:02:03.4Z"));
        assertThat(secret.path("type").asString("")).isEqualTo("bootstrap.kubernetes.io/token");
        assertThat(secret.path("metadata").path("name").asString("")).isEqualTo("bootstrap-token-" + token.id());
        assertThat(data(secret, "token-id") + "." + data(secret, "token-secret"))
                .isEqualTo(token.bearer());
        assertThat(data(secret, "expiration")).isEqualTo("2026-11-23T01:02:03Z");
        assertThat(data(secret, "usage-bootstrap-authentication")).isEqualTo("true");
        assertThat(data(secret, "auth-extra-groups")).isEqualTo("system:bootstrappers:test");
    }

    private static String data(ObjectNode secret, String key) {
        byte[] value = Base64.getDecoder().decode(secret.path("data").path(key).asString(""));
        return new String(value, StandardCharsets.UTF_8);
    }

    @Test
    void knowsTheBindingsOfNodesWhateverTheirNames() {
        List<NodeRights> rights = NodeRights.of(NodeBootstrapCommand.USUAL_GROUP);
        assertThat(rights)
                .hasSize(3)
                .allSatisfy(right -> assertThat(right.isGivenBy(right.object())).isTrue());
        ObjectNode other = rights.getFirst().object();
        other.withObject("/metadata").put("name", "mine");
        assertThat(rights.getFirst().isGivenBy(other)).isTrue();
        assertThat(rights.get(1).isGivenBy(other)).isFalse();
        assertThat(NodeRights.of("system:bootstrappers:x").getFirst().isGivenBy(other))
                .isFalse();
    }

    @Test
    void gathersUsersFromBindingsAndTheirGroups() {
        KnownUsers users = new KnownUsers();
        users.addBinding(read("""
                metadata: {name: b, namespace: shop}
                roleRef: {kind: Role, name: developer}
                subjects: [{kind: User, name: anna}, {kind: ServiceAccount, name: robot}]
                """));
        users.addBinding(read("""
                metadata: {name: c}
                roleRef: {kind: ClusterRole, name: view}
                subjects: [{kind: User, name: anna}, {kind: Group, name: devs}]
                """));
        assertThat(users.rows()).containsExactly(new KnownUsers.Row("anna", "", "", "developer in shop, view"));
    }
}
