package dev.kubepki.acceptance.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequest;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// fabric8's client against `kubepki serve`.
class Fabric8Test {
    @TempDir
    private static Path folder;

    private static Server server;
    private static KubernetesClient client;

    @BeforeAll
    static void serves() throws Exception {
        server = Server.start(folder);
        Config config = Config.fromKubeconfig(Files.readString(server.kubeconfig()));
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    @AfterAll
    static void stops() throws Exception {
        client.close();
        server.close();
    }

    private static CertificateSigningRequest request(String name) throws Exception {
        String pem = Client.of("1.35", folder, server.kubeconfig())
                .done("openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout /dev/null -subj"
                        + " /CN=" + name + " 2>/dev/null");
        return new CertificateSigningRequestBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withRequest(Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8)))
                .withSignerName("example.com/fabric8")
                .withUsages("client auth")
                .endSpec()
                .build();
    }

    @Test
    void createsApprovesAndWatchesRequests() throws Exception {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        try (Watch _ = client.certificates()
                .v1()
                .certificateSigningRequests()
                .withName("fab")
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, CertificateSigningRequest object) {
                        events.add(action + " " + object.getMetadata().getName());
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        events.add("closed");
                    }
                })) {
            client.resource(request("fab")).create();
            assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("ADDED fab");
            client.certificates()
                    .v1()
                    .certificateSigningRequests()
                    .withName("fab")
                    .approve(
                            new io.fabric8.kubernetes.api.model.certificates.v1
                                            .CertificateSigningRequestConditionBuilder()
                                    .withType("Approved")
                                    .withStatus("True")
                                    .withReason("Test")
                                    .build());
            assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("MODIFIED fab");
            client.certificates()
                    .v1()
                    .certificateSigningRequests()
                    .withName("fab")
                    .delete();
            assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("DELETED fab");
        }
    }

    @Test
    void informersStayInStep() throws Exception {
        try (SharedIndexInformer<ConfigMap> informer = client.configMaps()
                .inNamespace("default")
                .inform(null, Duration.ofSeconds(1).toMillis())) {
            ConfigMap map = new ConfigMapBuilder()
                    .withNewMetadata()
                    .withName("informed")
                    .endMetadata()
                    .withData(Map.of("a", "1"))
                    .build();
            client.configMaps().inNamespace("default").resource(map).create();
            await(() -> informer.getStore().getByKey("default/informed") != null);
            client.configMaps()
                    .inNamespace("default")
                    .withName("informed")
                    .edit(old -> new ConfigMapBuilder(old).addToData("a", "2").build());
            await(() -> "2"
                    .equals(informer.getStore()
                            .getByKey("default/informed")
                            .getData()
                            .get("a")));
            client.configMaps().inNamespace("default").withName("informed").delete();
            await(() -> informer.getStore().getByKey("default/informed") == null);
        }
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            if (condition.holds()) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("did not come to pass in ten seconds");
    }

    @Test
    void serverSideApplyKeepsOwnersApart() {
        ConfigMap mine = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("applied")
                .withNamespace("default")
                .endMetadata()
                .withData(Map.of("mine", "1"))
                .build();
        ConfigMap theirs =
                new ConfigMapBuilder(mine).withData(Map.of("theirs", "2")).build();
        client.resource(mine).fieldManager("one").serverSideApply();
        client.resource(theirs).fieldManager("two").serverSideApply();
        assertThat(client.configMaps()
                        .inNamespace("default")
                        .withName("applied")
                        .get()
                        .getData())
                .containsExactlyInAnyOrderEntriesOf(Map.of("mine", "1", "theirs", "2"));
        ConfigMap conflict =
                new ConfigMapBuilder(mine).withData(Map.of("theirs", "3")).build();
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> client.resource(conflict).fieldManager("one").serverSideApply()))
                .hasMessageContaining("conflict with \"two\"");
        client.resource(conflict).fieldManager("one").forceConflicts().serverSideApply();
        assertThat(client.configMaps()
                        .inNamespace("default")
                        .withName("applied")
                        .get()
                        .getData())
                .containsExactlyInAnyOrderEntriesOf(Map.of("theirs", "3"));
    }

    @Test
    void patchesOfAllKindsAreTaken() {
        ConfigMap map = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("patched")
                .withNamespace("default")
                .endMetadata()
                .withData(Map.of("a", "1"))
                .build();
        client.resource(map).create();
        patch(PatchType.JSON, "[{\"op\":\"add\",\"path\":\"/data/b\",\"value\":\"2\"}]");
        patch(PatchType.JSON_MERGE, "{\"data\":{\"c\":\"3\"}}");
        patch(PatchType.STRATEGIC_MERGE, "{\"data\":{\"a\":null}}");
        assertThat(client.configMaps()
                        .inNamespace("default")
                        .withName("patched")
                        .get()
                        .getData())
                .containsExactlyInAnyOrderEntriesOf(Map.of("b", "2", "c", "3"));
    }

    private static void patch(PatchType type, String patch) {
        client.configMaps().inNamespace("default").withName("patched").patch(PatchContext.of(type), patch);
    }

    @Test
    void leadersAreElectedOnALease() throws Exception {
        CountDownLatch leads = new CountDownLatch(1);
        CompletableFuture<?> election = client.leaderElector()
                .withConfig(new LeaderElectionConfigBuilder()
                        .withName("election")
                        .withLeaseDuration(Duration.ofSeconds(5))
                        .withRenewDeadline(Duration.ofSeconds(3))
                        .withRetryPeriod(Duration.ofMillis(300))
                        .withLock(new LeaseLock("default", "leader", "me"))
                        .withLeaderCallbacks(new LeaderCallbacks(leads::countDown, () -> {}, leader -> {}))
                        .build())
                .build()
                .start();
        assertThat(leads.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(client.leases()
                        .inNamespace("default")
                        .withName("leader")
                        .get()
                        .getSpec()
                        .getHolderIdentity())
                .isEqualTo("me");
        election.cancel(true);
    }

    @Test
    void listsComeInPages() throws Exception {
        for (String name : List.of("p1", "p2", "p3")) {
            client.resource(request(name)).create();
        }
        List<String> names = client
                .certificates()
                .v1()
                .certificateSigningRequests()
                .list(new io.fabric8.kubernetes.api.model.ListOptionsBuilder()
                        .withLimit(2L)
                        .build())
                .getItems()
                .stream()
                .map(item -> item.getMetadata().getName())
                .toList();
        assertThat(names).hasSize(2);
    }
}
