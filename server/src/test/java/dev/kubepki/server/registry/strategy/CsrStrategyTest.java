package dev.kubepki.server.registry.strategy;

import static dev.kubepki.server.registry.strategy.Fixture.ALICE;
import static dev.kubepki.server.registry.strategy.Fixture.base64;
import static dev.kubepki.server.registry.strategy.Fixture.request;
import static dev.kubepki.server.registry.strategy.Fixture.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.server.auth.UserInfo;
import dev.kubepki.server.registry.Context;
import dev.kubepki.server.registry.Strategy.Operation;
import dev.kubepki.server.request.PemBlock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class CsrStrategyTest {
    private static final Kind KIND = Fixture.kind("CertificateSigningRequest", "certificatesigningrequests");
    private static final String CLIENT = "kubernetes.io/kube-apiserver-client";
    private final CsrStrategy strategy = new CsrStrategy(Fixture.PROVIDER);

    private static Context context(String subresource, String... permissions) {
        return Fixture.context(KIND, "v1", subresource, ALICE, Set.of(permissions));
    }

    private static ObjectNode csr(String signer, String request) {
        return tree("{'kind':'CertificateSigningRequest','metadata':{'name':'x'},'spec':{'request':'" + request
                + "','signerName':'" + signer + "','usages':['client auth'],'username':'mallory'},"
                + "'status':{'conditions':[{'type':'Approved','status':'True'}]}}");
    }

    private List<String> faults(ObjectNode object) {
        return strategy.validate(object, context("")).stream()
                .map(FieldError::toString)
                .toList();
    }

    private ObjectNode created() {
        ObjectNode object = csr(CLIENT, request("jane", "devs"));
        strategy.prepareForCreate(object, context(""));
        return object;
    }

    /// As the server runs an update: prepare, then validate.
    private List<String> update(ObjectNode old, ObjectNode updated, String subresource) {
        strategy.prepareForUpdate(updated, old, context(subresource));
        return strategy.validateUpdate(updated, old, context(subresource)).stream()
                .map(FieldError::toString)
                .toList();
    }

    private static ObjectNode withConditions(ObjectNode object, String conditions) {
        ObjectNode changed = object.deepCopy();
        changed.set("status", tree("{'conditions':" + conditions + "}"));
        return changed;
    }

    @Test
    void stampsTheCallerAndForgetsWhatTheClientSaidOfItself() {
        ObjectNode object = created();
        assertThat(object.path("spec").path("username").asString()).isEqualTo("alice");
        assertThat(object.path("spec").path("extra")).isEqualTo(tree("{'scope':['a','b']}"));
        assertThat(object.path("status")).isEmpty();
        assertThat(faults(object)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            foo                        | spec.signerName: Invalid value: "foo": must be a fully qualified domain and path of the form 'example.com/signer-name'
            foo/bar                    | spec.signerName: Invalid value: "foo": should be a domain with at least two segments separated by dots
            kubernetes.io/legacy-unknown | spec.signerName: Invalid value: "kubernetes.io/legacy-unknown": the legacy signerName is not allowed via this API version
            ''                         | spec.signerName: Required value
            """)
    void namesWhatIsWrongWithASigner(String signer, String fault) {
        assertThat(faults(csr(signer, request("jane")))).contains(fault);
    }

    @Test
    void refusesARequestThatAnotherKeySigned() {
        String pem = new String(
                java.util.Base64.getDecoder().decode(request("jane")), java.nio.charset.StandardCharsets.US_ASCII);
        byte[] der = PemBlock.read(pem.getBytes(java.nio.charset.StandardCharsets.US_ASCII), 1)
                .getFirst()
                .der();
        der[der.length - 1] ^= 1;
        String spoiled = dev.kubepki.pki.key.Pem.of("CERTIFICATE REQUEST", der).encode();
        assertThat(faults(csr(CLIENT, base64(spoiled))))
                .singleElement()
                .asString()
                .contains("spec.request: Invalid value: ")
                .endsWith(": x509: ECDSA verification failure");
    }

    @Test
    void readsTheFirstBlockAlone() {
        String pem = new String(
                java.util.Base64.getDecoder().decode(request("jane")), java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(faults(csr(CLIENT, base64("text before\n" + pem + "text behind\n-----BEGIN X-----\n"))))
                .isEmpty();
        assertThat(faults(csr(CLIENT, base64("hello"))))
                .singleElement()
                .asString()
                .endsWith("must be CERTIFICATE REQUEST");
    }

    @Test
    void keepsTheSpecAndTheStatusOnTheMainEndpoint() {
        ObjectNode old = created();
        ObjectNode updated = withConditions(old, "[{'type':'Approved','status':'True'}]");
        ((ObjectNode) updated.path("spec")).put("signerName", "example.com/other");
        assertThat(update(old, updated, "")).isEmpty();
        assertThat(updated).isEqualTo(old);
    }

    @Test
    void approvalSetsConditionsAndTheirTimes() {
        ObjectNode old = created();
        ObjectNode updated = withConditions(old, "[{'type':'Approved','status':'True'}]");
        assertThat(update(old, updated, "approval")).isEmpty();
        assertThat(updated.path("status")
                        .path("conditions")
                        .get(0)
                        .path("lastUpdateTime")
                        .asString())
                .isEqualTo("2026-05-01T12:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [{'type':'Approved','status':'True'}] | [{'type':'Denied','status':'True'}] | approval | status.conditions: Forbidden: updates may not remove a condition of type "Approved"
            [{'type':'Approved','status':'True'}] | [] | approval | status.conditions: Forbidden: updates may not remove a condition of type "Approved"
            [] | [{'type':'Approved','status':'True'},{'type':'Denied','status':'True'}] | approval | status.conditions: Invalid value: "Denied": Approved and Denied conditions are mutually exclusive
            [] | [{'type':'Approved','status':'False'}] | approval | status.conditions[0].status: Unsupported value: "False": supported values: "True"
            [] | [{'type':'Odd','status':'Yes'}] | status | status.conditions[0].status: Unsupported value: "Yes": supported values: "False", "True", "Unknown"
            [] | [{'type':'','status':'True'}] | status | status.conditions[0].type: Required value
            [] | [{'type':'Approved','status':'True'}] | status | status.conditions: Forbidden: updates may not add a condition of type "Approved"
            """)
    void namesWhatIsWrongWithConditions(String before, String after, String endpoint, String fault) {
        ObjectNode old = withConditions(created(), before);
        assertThat(update(old, withConditions(old, after), endpoint)).contains(fault);
    }

    @Test
    void aCertificateIsWrittenOnceAndByTheStatusEndpoint() {
        ObjectNode old = created();
        String pem =
                base64("subject\n" + Fixture.authority().certificate().pem().encode());
        ObjectNode issued = old.deepCopy();
        issued.set("status", tree("{'certificate':'" + pem + "'}"));
        assertThat(update(old, issued.deepCopy(), "status")).isEmpty();
        ObjectNode other = issued.deepCopy();
        other.set("status", tree("{'certificate':'" + base64("junk") + "'}"));
        assertThat(update(issued, other, "status"))
                .containsExactly(
                        "status.certificate: Invalid value: \"<certificate data>\": must contain at least one CERTIFICATE PEM block",
                        "status.certificate: Forbidden: updates may not modify existing certificate content");
    }

    @Test
    void nobodyBecomesSystemMastersByARequest() {
        ObjectNode object = csr(CLIENT, request("root", "system:masters"));
        assertThatThrownBy(() -> strategy.admit(Operation.CREATE, object, null, context("")))
                .hasMessageContaining("with system:masters group is not allowed");
        strategy.admit(Operation.CREATE, csr("example.com/own", request("root", "system:masters")), null, context(""));
    }

    @Test
    void approvingNeedsThePermissionOnTheSignerOrItsDomain() {
        ObjectNode old = created();
        ObjectNode updated = withConditions(old, "[{'type':'Approved','status':'True'}]");
        assertThatThrownBy(() -> strategy.admit(Operation.UPDATE, updated, old, context("approval")))
                .hasMessage("certificatesigningrequests.certificates.k8s.io \"x\" is forbidden: user not permitted to"
                        + " approve requests with signerName \"" + CLIENT + "\"");
        strategy.admit(Operation.UPDATE, updated, old, context("approval", "approve " + CLIENT));
        strategy.admit(Operation.UPDATE, updated, old, context("approval", "approve kubernetes.io/*"));
        assertThatThrownBy(() -> strategy.admit(Operation.UPDATE, updated, old, context("status", "approve " + CLIENT)))
                .hasMessageContaining("user not permitted to sign requests");
    }

    @Test
    void aNodeAsksForItselfOnly() {
        UserInfo node = new UserInfo("system:node:n1", "", List.of("system:nodes"), Map.of());
        Context context = Fixture.context(KIND, "v1", "", node, Set.of());
        String signer = "kubernetes.io/kube-apiserver-client-kubelet";
        strategy.mutate(Operation.CREATE, csr(signer, request("system:node:n1", "system:nodes")), null, context);
        ObjectNode other = csr(signer, request("system:node:n2", "system:nodes"));
        assertThatThrownBy(() -> strategy.mutate(Operation.CREATE, other, null, context))
                .hasMessageContaining("can only create a node CSR with CN=system:node:n1");
    }

    @Test
    void theOldVersionGuessesTheSigner() {
        ObjectNode kubelet = tree("{'spec':{'request':'" + request("system:node:n1", "system:nodes")
                + "','usages':['digital signature','client auth']}}");
        strategy.defaults(kubelet, "v1beta1");
        assertThat(kubelet.path("spec").path("signerName").asString())
                .isEqualTo("kubernetes.io/kube-apiserver-client-kubelet");
        ObjectNode any = tree("{'spec':{'request':'" + request("jane") + "'}}");
        strategy.defaults(any, "v1beta1");
        assertThat(any.path("spec").path("signerName").asString()).isEqualTo("kubernetes.io/legacy-unknown");
        assertThat(Trees.texts(any.path("spec").path("usages")))
                .containsExactly("digital signature", "key encipherment");
    }
}
