package dev.kubepki.acceptance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.acceptance.cluster.ClusterSet.Purpose;
import dev.kubepki.acceptance.cluster.ClusterSet.Use;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every certificate of whole sets, before OpenSSL and the JDK.
class ChainTest {
    private static final List<String> AUTHORITIES = List.of("pki/ca.crt", "pki/etcd/ca.crt", "pki/front-proxy-ca.crt");

    @TempDir
    Path temporary;

    private OpensslVerify openssl;

    @BeforeEach
    void freshFolder() {
        openssl = new OpensslVerify(temporary);
    }

    @ParameterizedTest
    @MethodSource("dev.kubepki.acceptance.cluster.Variant#all")
    void opensslAndTheJdkAcceptEveryCertificateForItsPurposes(Variant variant) throws Exception {
        ClusterSet set = ClusterSet.make(temporary.resolve("set"), variant);
        SoftAssertions softly = new SoftAssertions();
        for (String authority : AUTHORITIES) {
            Path file = set.file(authority);
            softly.assertThat(openssl.underRoot(set.root(authority), file, file, "any"))
                    .isEqualTo(file + ": OK\n");
        }
        for (Use use : ClusterSet.uses()) {
            for (Purpose purpose : use.purposes()) {
                accepted(softly, set, use.authority(), set.file(use.certificate()), purpose);
            }
        }
        for (String kubeconfig : set.kubeconfigs()) {
            accepted(softly, set, "pki/ca.crt", set.pairOf(kubeconfig).certificate(), Purpose.CLIENT);
        }
        softly.assertAll();
    }

    private void accepted(SoftAssertions softly, ClusterSet set, String authority, Path leaf, Purpose purpose)
            throws Exception {
        Path anchor = set.file(authority);
        Path root = set.root(authority);
        softly.assertThat(openssl.underRoot(root, anchor, leaf, purpose.openssl))
                .as("openssl, %s under %s", leaf, root)
                .isEqualTo(leaf + ": OK\n");
        softly.assertThat(openssl.underAnchor(anchor, leaf, purpose.openssl))
                .as("openssl, %s under %s alone", leaf, anchor)
                .isEqualTo(leaf + ": OK\n");
        softly.assertThat(JdkPkix.validate(set.path(leaf, authority), root, purpose))
                .as("the JDK, %s under %s", leaf, root)
                .isEqualTo("OK");
        softly.assertThat(JdkPkix.validate(List.of(leaf), anchor, purpose))
                .as("the JDK, %s under %s alone", leaf, anchor)
                .isEqualTo("OK");
    }

    @Test
    void bothRefuseACertificateForWhatItIsNotAndUnderAnotherCa() throws Exception {
        ClusterSet set = ClusterSet.make(temporary.resolve("set"), new Variant("kubeadm", "ECDSA-P256", "single-root"));
        Path ca = set.file("pki/ca.crt");
        Path etcdCa = set.file("pki/etcd/ca.crt");
        Path server = set.file("pki/apiserver.crt");
        Path client = set.file("pki/apiserver-kubelet-client.crt");
        assertThat(openssl.underRoot(set.root("pki/ca.crt"), ca, server, "sslclient"))
                .contains("unsuitable certificate purpose");
        assertThat(openssl.underRoot(set.root("pki/ca.crt"), ca, client, "sslserver"))
                .contains("unsuitable certificate purpose");
        assertThat(openssl.underAnchor(etcdCa, client, "sslclient")).contains("unable to get local issuer");
        assertThat(JdkPkix.validate(List.of(server), ca, Purpose.CLIENT))
                .contains("target certificate constraints check failed");
        assertThat(JdkPkix.validate(List.of(server), etcdCa, Purpose.SERVER)).isNotEqualTo("OK");
    }
}
