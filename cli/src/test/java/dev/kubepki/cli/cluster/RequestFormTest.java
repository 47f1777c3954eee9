package dev.kubepki.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.cli.frame.OutputFormat;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.server.controller.sign.SignerPolicy;
import dev.kubepki.server.request.SubmittedRequest;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class RequestFormTest {
    private static final CryptoProvider PROVIDER = CryptoProvider.jdk();
    private static final SigningKey KEY = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);

    private static CertificateRequest request(String user, String... groups) {
        return CertificateRequest.sign(DistinguishedName.of(user, List.of(groups)), List.of(), KEY, PROVIDER);
    }

    private static RequestForm form(String... usages) {
        return new RequestForm("anna", SignerPolicy.CLIENT, List.of(usages), OptionalLong.empty());
    }

    @Test
    void makesTheObjectThatTheDocumentsShow() {
        CertificateRequest request = request("anna");
        ObjectNode object = new RequestForm(
                        "anna", SignerPolicy.CLIENT, List.of("client auth"), OptionalLong.of(86_400))
                .object(request);
        String base64 = object.path("spec").path("request").asString("");
        assertThat(SubmittedRequest.read(base64).request()).contains(request);
        object.withObject("/spec").put("request", "LS0t");
        assertThat(Trees.print(object, OutputFormat.YAML)).isEqualTo("""
                apiVersion: certificates.k8s.io/v1
                kind: CertificateSigningRequest
                metadata:
                  name: anna
                spec:
                  expirationSeconds: 86400
                  request: LS0t
                  signerName: kubernetes.io/kube-apiserver-client
                  usages:
                  - client auth
                """);
    }

    @Test
    void takesUsagesWithDashesToo() {
        assertThat(form("client-auth", "Digital Signature").usages())
                .containsExactly("client auth", "digital signature");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 599, 2_147_483_648L})
    void refusesLengthsThatTheApiRefuses(long seconds) {
        assertThatThrownBy(() ->
                        new RequestForm("anna", SignerPolicy.CLIENT, List.of("client auth"), OptionalLong.of(seconds)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a%b"})
    void refusesNamesThatNoObjectHas(String name) {
        assertThatThrownBy(
                        () -> new RequestForm(name, SignerPolicy.CLIENT, List.of("client auth"), OptionalLong.empty()))
                .isInstanceOf(UsageException.class);
    }

    @Test
    void refusesUsagesThatThereAreNotOrThatStandTwice() {
        assertThatThrownBy(() -> form()).hasMessageContaining("needs usages");
        assertThatThrownBy(() -> form("log in")).hasMessageContaining("'log in'");
        assertThatThrownBy(() -> form("client auth", "client-auth")).hasMessageContaining("twice");
    }

    @Test
    void refusesWhatTheSignerWouldRefuse() {
        assertThatThrownBy(() -> form("server auth").require(request("anna"), PROVIDER))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("invalid usage for client certificate: server auth");
        assertThatThrownBy(() -> form("client auth").require(request("anna", "system:masters"), PROVIDER))
                .hasMessageContaining("system:masters");
        form("client auth", "digital signature").require(request("anna", "devs"), PROVIDER);
    }

    @Test
    void knowsSignersByShortNames() {
        assertThat(SignerNames.resolve("client")).isEqualTo("kubernetes.io/kube-apiserver-client");
        assertThat(SignerNames.resolve("kubelet-client")).isEqualTo("kubernetes.io/kube-apiserver-client-kubelet");
        assertThat(SignerNames.resolve("kubelet-serving")).isEqualTo("kubernetes.io/kubelet-serving");
        assertThat(SignerNames.resolve("example.com/serving")).isEqualTo("example.com/serving");
        assertThatThrownBy(() -> SignerNames.resolve("kubelet")).hasMessageContaining("no signer");
        assertThatThrownBy(() -> SignerNames.resolve("kubernetes.io/legacy-unknown"))
                .hasMessageContaining("v1beta1");
    }

    @Test
    void asksForWhatEachSignerWants() {
        assertThat(SignerNames.usages(SignerPolicy.CLIENT, false, true)).containsExactly("client auth");
        assertThat(SignerNames.usages(SignerPolicy.KUBELET_SERVING, true, false))
                .containsExactly("server auth", "digital signature");
        assertThat(SignerNames.usages("example.com/serving", true, true))
                .containsExactly("server auth", "digital signature", "key encipherment");
    }
}
