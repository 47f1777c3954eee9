package dev.kubepki.acceptance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.acceptance.cluster.Etcd.Place;
import dev.kubepki.acceptance.house.Shell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Three real etcd members on hosts of their own, which know each other by their peer certificates alone.
class EtcdClusterTest {
    private static final String THREE_MEMBERS = """
            controlPlaneNodes:
              - name: cp-1
                addresses: 127.0.0.9
            etcd:
              members:
                - name: etcd-1
                  addresses: 127.0.0.1
                - name: etcd-2
                  addresses: 127.0.0.2
                - name: etcd-3
                  addresses: 127.0.0.3
            """;

    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource({
        "documented, ECDSA-P256, separate",
        "kubeadm, RSA-2048, separate",
        "kubeadm, ECDSA-P256, single-root",
    })
    void threeMembersFormAClusterAndOneWithAForeignPeerCertificateStaysOutside(
            String style, String algorithm, String model) throws Exception {
        Variant variant = new Variant(style, algorithm, model);
        ClusterSet set = ClusterSet.make(temporary.resolve("set"), variant, variant.description(THREE_MEMBERS));
        ClusterSet foreign = ClusterSet.make(temporary.resolve("foreign"), variant, variant.description(THREE_MEMBERS));
        List<Place> places = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            places.add(Place.on("etcd-" + i, "127.0.0." + i));
        }
        List<String> client = Etcd.flags(temporary, "etcdctl --node etcd-1 --dir " + set.dir());
        try (Etcd first = start(set, places, 0);
                Etcd second = start(set, places, 1)) {
            List<Place> pair = places.subList(0, 2);
            assertHealthy(client, pair, first, second);
            try (Etcd stranger = start(foreign, places, 2)) {
                awaitRefusal(first, stranger);
                List<String> own = Etcd.flags(temporary, "etcdctl --node etcd-3 --dir " + foreign.dir());
                assertThat(Etcd.health(temporary, own, places.subList(2, 3)).exit())
                        .isNotZero();
                assertThat(stranger.log()).doesNotContain("ready to serve client requests");
            }
            try (Etcd third = start(set, places, 2)) {
                assertHealthy(client, places, first, second, third);
                assertThat(started(client, places)).isEqualTo(3);
                assertThat(third.log()).doesNotContain("incompatible key usage");
            }
        }
    }

    private Etcd start(ClusterSet set, List<Place> places, int index) throws Exception {
        Place place = places.get(index);
        List<String> flags = Etcd.flags(temporary, "etcd --node " + place.name() + " --dir " + set.dir());
        // Each of them has data of its own, also where two stand for the same member.
        return Etcd.start(set.dir(), place, places, flags);
    }

    private void assertHealthy(List<String> client, List<Place> places, Etcd... members) throws Exception {
        Shell.Result health = Etcd.whenHealthy(temporary, client, places);
        assertThat(health.exit()).as(health.err() + members[0].log()).isZero();
        for (Place place : places) {
            assertThat(health.out() + health.err()).contains(place.client() + " is healthy");
        }
    }

    /// Members that have told the others where their clients reach them.
    private long started(List<String> client, List<Place> places) throws Exception {
        Shell.Result list = Etcd.etcdctl(
                temporary, client, "--endpoints=" + places.getFirst().client(), "member", "list");
        assertThat(list.exit()).as(list.err()).isZero();
        return list.out().lines().filter(line -> line.contains(", started, ")).count();
    }

    private static void awaitRefusal(Etcd member, Etcd stranger) throws Exception {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!member.log().contains("bad certificate") && !member.log().contains("unknown authority")) {
            assertThat(System.nanoTime()).as(member.log() + stranger.log()).isLessThan(end);
            Thread.sleep(100);
        }
    }
}
