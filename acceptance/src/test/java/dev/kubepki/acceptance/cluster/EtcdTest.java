package dev.kubepki.acceptance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.acceptance.cluster.Etcd.Place;
import dev.kubepki.acceptance.house.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A real etcd, started with nothing but its addresses and what `kubepki flags etcd` prints.
class EtcdTest {
    private static final String HEALTHCHECK = "etcd-healthcheck-client";
    private static final String UNKNOWN = "certificate signed by unknown authority";
    private static final String SHORT = """
            controlPlaneNodes:
              - name: node-1
                addresses: 127.0.0.1
            certificates:
              etcd-healthcheck-client:
                validity: 1s
            """;

    @TempDir
    Path temporary;

    static Stream<Variant> variants() {
        return Stream.of(
                new Variant("documented", "RSA-2048", "separate"),
                new Variant("documented", "ECDSA-P256", "separate"),
                new Variant("kubeadm", "ECDSA-P256", "separate"),
                new Variant("documented", "ECDSA-P256", "single-root"),
                new Variant("kubeadm", "ECDSA-P256", "single-root"));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void isHealthyForItsHealthcheckClientAndRefusesEverybodyElse(Variant variant) throws Exception {
        ClusterSet foreign = ClusterSet.make(temporary.resolve("foreign"), variant);
        ClusterSet set = ClusterSet.make(temporary.resolve("set"), variant, variant.description(SHORT));
        List<String> expired = keepExpiredHealthcheckClient(set);
        Place place = Place.on("node-1", "127.0.0.1");
        try (Etcd etcd =
                Etcd.start(temporary, place, List.of(place), Etcd.flags(temporary, "etcd --dir " + set.dir()))) {
            List<String> flags = Etcd.flags(temporary, "etcdctl --dir " + set.dir());
            Shell.Result health = Etcd.whenHealthy(temporary, flags, List.of(place));
            assertThat(health.out() + health.err()).as(etcd.log()).contains(place.client() + " is healthy");
            assertThat(etcd.log()).doesNotContain("incompatible key usage").doesNotContain("bad certificate");

            assertRefused(etcd, place, set, certificate(foreign, "pki/etcd/healthcheck-client"), UNKNOWN);
            assertRefused(etcd, place, set, certificate(set, "pki/apiserver-kubelet-client"), UNKNOWN);
            assertRefused(etcd, place, set, expired, "certificate has expired");
            assertRefused(etcd, place, set, List.of(), "client didn't provide a certificate");

            Shell.Result apiserver =
                    Etcd.whenHealthy(temporary, certificateAnd(set, "pki/apiserver-etcd-client"), List.of(place));
            assertThat(apiserver.exit()).as(apiserver.err()).isZero();
        }
    }

    /// The set as it would be after its healthcheck client ended and was renewed; the flags of the one that ended.
    private List<String> keepExpiredHealthcheckClient(ClusterSet set) throws Exception {
        Path certificate = Files.copy(set.file("pki/etcd/healthcheck-client.crt"), temporary.resolve("expired.crt"));
        Path key = Files.copy(set.file("pki/etcd/healthcheck-client.key"), temporary.resolve("expired.key"));
        Thread.sleep(1500);
        Path description =
                Files.writeString(temporary.resolve("long.yaml"), set.variant().description());
        Kubepki.in(temporary)
                .done(
                        "renew",
                        HEALTHCHECK,
                        "-f",
                        description.toString(),
                        "--dir",
                        set.dir().toString());
        return List.of("--cert=" + certificate, "--key=" + key);
    }

    /// etcdctl says only that it got nowhere; the reason is in etcd's log.
    private void assertRefused(Etcd etcd, Place place, ClusterSet set, List<String> certificate, String reason)
            throws Exception {
        List<String> flags = Stream.concat(Stream.of("--cacert=" + set.file("pki/etcd/ca.crt")), certificate.stream())
                .toList();
        int before = etcd.log().length();
        Shell.Result refused = Etcd.health(temporary, flags, List.of(place));
        assertThat(refused.exit()).as("%s", certificate).isNotZero();
        assertThat(etcd.log().substring(before)).as("%s", certificate).contains(reason);
    }

    private static List<String> certificate(ClusterSet set, String name) {
        return List.of("--cert=" + set.file(name + ".crt"), "--key=" + set.file(name + ".key"));
    }

    private static List<String> certificateAnd(ClusterSet set, String name) {
        return Stream.concat(Stream.of("--cacert=" + set.file("pki/etcd/ca.crt")), certificate(set, name).stream())
                .toList();
    }
}
