package dev.kubepki.server.controller.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.server.controller.FakeCluster;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PublishingTest {
    private final FakeCluster cluster = new FakeCluster();
    private final AtomicReference<String> bundle = new AtomicReference<>("first");
    private final RootCaPublisher maps =
            new RootCaPublisher(cluster, FakeCluster.NAMESPACES, FakeCluster.CONFIG_MAPS, this::read);
    private final TrustBundlePublisher bundles =
            new TrustBundlePublisher(cluster, FakeCluster.TRUST_BUNDLES, TrustBundlePublisher.API_SERVER, this::read);

    private String read() {
        String now = bundle.get();
        if (now.equals("broken")) {
            throw new IllegalStateException("the file is half written");
        }
        return now;
    }

    @AfterEach
    void close() {
        maps.close();
        bundles.close();
    }

    private void namespace(String name, String phase) {
        cluster.create(FakeCluster.NAMESPACES, (ObjectNode) JsonMapper.shared()
                .readTree("{\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + name + "\"},\"status\":{\"phase\":\""
                        + phase + "\"}}"));
    }

    private String published(String namespace) {
        return cluster.get(FakeCluster.CONFIG_MAPS, namespace, "kube-root-ca.crt")
                .map(map -> map.path("data").path("ca.crt").asString(""))
                .orElse("");
    }

    private List<String> trusted() {
        return cluster.all(FakeCluster.TRUST_BUNDLES).stream()
                .map(one -> one.path("metadata").path("name").asString("") + " "
                        + one.path("spec").path("trustBundle").asString(""))
                .toList();
    }

    @Test
    void everyNamespaceFollowsTheCaWithinASecond() throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            namespace("n" + i, "Active");
        }
        namespace("going", "Terminating");
        maps.start();
        assertThat(FakeCluster.becomes(() -> published("n49").equals("first"))).isTrue();
        bundle.set("second");
        long start = System.nanoTime();
        assertThat(FakeCluster.becomes(() -> cluster.all(FakeCluster.CONFIG_MAPS).stream()
                        .allMatch(map ->
                                map.path("data").path("ca.crt").asString("").equals("second"))))
                .isTrue();
        assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
        assertThat(cluster.all(FakeCluster.CONFIG_MAPS)).hasSize(50);
        assertThat(published("going")).isEmpty();
    }

    @Test
    void aBundleThatCantBeReadChangesNothing() throws InterruptedException {
        namespace("a", "Active");
        maps.start();
        assertThat(FakeCluster.becomes(() -> published("a").equals("first"))).isTrue();
        bundle.set("broken");
        Thread.sleep(700);
        assertThat(published("a")).isEqualTo("first");
        bundle.set("third");
        assertThat(FakeCluster.becomes(() -> published("a").equals("third"))).isTrue();
    }

    @Test
    void theTrustBundleIsNamedByItsContentAndThereIsOne() throws InterruptedException {
        bundles.start();
        String first = "kubernetes.io:kube-apiserver-serving:a7937b64b8caa58f03721bb6 first";
        assertThat(FakeCluster.becomes(() -> trusted().equals(List.of(first)))).isTrue();
        bundle.set("second");
        assertThat(FakeCluster.becomes(
                        () -> trusted().size() == 1 && trusted().getFirst().endsWith(" second")))
                .isTrue();
    }

    @Test
    void theTrustBundleIsMendedAndMadeAgain() throws InterruptedException {
        bundles.start();
        assertThat(FakeCluster.becomes(() -> trusted().size() == 1)).isTrue();
        ObjectNode object = cluster.all(FakeCluster.TRUST_BUNDLES).getFirst();
        object.withObject("/spec").put("trustBundle", "evil");
        cluster.update(FakeCluster.TRUST_BUNDLES, "", object);
        assertThat(FakeCluster.becomes(() -> trusted().getFirst().endsWith(" first")))
                .isTrue();
        cluster.delete(
                FakeCluster.TRUST_BUNDLES,
                "",
                object.path("metadata").path("name").asString(""),
                "");
        assertThat(FakeCluster.becomes(() -> trusted().size() == 1)).isTrue();
    }
}
