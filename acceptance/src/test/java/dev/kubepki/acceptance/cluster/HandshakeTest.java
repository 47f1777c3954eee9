package dev.kubepki.acceptance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.acceptance.cluster.ClusterSet.Pair;
import dev.kubepki.acceptance.house.Shell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Handshakes of OpenSSL with OpenSSL, in which each side demands a certificate of the other and judges it.
class HandshakeTest {
    @TempDir
    Path temporary;

    static Stream<Variant> variants() {
        return Stream.of(
                new Variant("documented", "RSA-2048", "separate"),
                new Variant("kubeadm", "ECDSA-P256", "single-root"),
                new Variant("documented", "ECDSA-P384", "separate"),
                new Variant("kubeadm", "Ed25519", "separate"));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void apiServerAndKubeletTakeTheirClientsAndNobodyElse(Variant variant) throws Exception {
        ClusterSet set = ClusterSet.make(temporary.resolve("set"), variant);
        ClusterSet foreign = ClusterSet.make(temporary.resolve("foreign"), variant);
        Path ca = set.file("pki/ca.crt");
        try (OpensslServer apiserver = OpensslServer.forClientsOf(temporary, set.pair("pki/apiserver.crt"), ca)) {
            assertWelcome(apiserver, "kubernetes.default.svc", ca, set.pairOf("kubelet.conf"));
            assertWelcome(apiserver, "kubernetes", ca, set.pairOf("admin.conf"));
            assertRefused(apiserver, "kubernetes", ca, foreign.pairOf("admin.conf"), "verify error");
            assertRefused(apiserver, "kubernetes", ca, set.pair("pki/front-proxy-client.crt"), "verify error");
            assertRefused(apiserver, "kubernetes", ca, set.pair("pki/apiserver.crt"), "unsuitable certificate purpose");
        }
        try (OpensslServer kubelet = OpensslServer.forClientsOf(temporary, set.pair("pki/kubelet.crt"), ca)) {
            assertWelcome(kubelet, "node-1", ca, set.pair("pki/apiserver-kubelet-client.crt"));
            assertRefused(kubelet, "node-1", ca, foreign.pair("pki/apiserver-kubelet-client.crt"), "verify error");
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void clientsTurnFromAServerOfAnotherNameAnotherCaOrWithAClientsCertificate(Variant variant) throws Exception {
        ClusterSet set = ClusterSet.make(temporary.resolve("set"), variant);
        Path ca = set.file("pki/ca.crt");
        Pair client = set.pairOf("admin.conf");
        try (OpensslServer apiserver = OpensslServer.forClientsOf(temporary, set.pair("pki/apiserver.crt"), ca)) {
            assertThat(connect(apiserver, "elsewhere.example.com", ca, client))
                    .contains("hostname mismatch")
                    .doesNotContain("200 ok");
            assertThat(connect(apiserver, "kubernetes", set.file("pki/etcd/ca.crt"), client))
                    .contains("verify error")
                    .doesNotContain("200 ok");
        }
        try (OpensslServer impostor = OpensslServer.forClientsOf(temporary, set.pairOf("kubelet.conf"), ca)) {
            assertThat(connect(impostor, "node-1", ca, client))
                    .contains("unsuitable certificate purpose")
                    .doesNotContain("200 ok");
        }
    }

    private void assertWelcome(OpensslServer server, String name, Path ca, Pair client) throws Exception {
        assertThat(connect(server, name, ca, client))
                .contains("Verification: OK", "Verified peername: " + name)
                .containsIgnoringCase("200 ok");
    }

    /// In TLS 1.3 the client has finished before the server judges it, so the judgement is in the server's log.
    private void assertRefused(OpensslServer server, String name, Path ca, Pair client, String reason)
            throws Exception {
        int before = server.log().length();
        assertThat(connect(server, name, ca, client)).doesNotContainIgnoringCase("200 ok");
        assertThat(server.log().substring(before)).contains(reason);
    }

    private String connect(OpensslServer server, String name, Path ca, Pair client) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "sh", "-c", "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | timeout 20 openssl s_client \"$@\" 2>&1", "client"));
        command.addAll(List.of("-connect", "127.0.0.1:" + server.port(), "-ign_eof", "-verify_return_error"));
        command.addAll(List.of("-verify_hostname", name, "-CAfile", ca.toString(), "-partial_chain", "-verify", "3"));
        command.addAll(List.of("-no-CApath", "-no-CAstore", "-purpose", "sslserver"));
        command.addAll(List.of(
                "-cert", client.certificate().toString(), "-key", client.key().toString()));
        Shell.Result result = new Shell(temporary, System.getenv()).run(command.toArray(String[]::new));
        return result.out() + result.err();
    }
}
