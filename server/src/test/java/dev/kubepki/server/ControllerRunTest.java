package dev.kubepki.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.client.remote.RemoteCluster;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.server.controller.lead.ElectionOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Controllers for a cluster that runs none, over HTTPS.
class ControllerRunTest {
    private static final Kind REQUESTS =
            ClusterClientContract.kind("certificates.k8s.io", "certificatesigningrequests");
    private static final Kind LEASES = ClusterClientContract.kind("coordination.k8s.io", "leases");
    private static final CryptoProvider PROVIDER = CryptoProvider.jdk();
    private static final ControllerOptions NONE =
            new ControllerOptions(List.of("-*"), ControllerOptions.Signing.DEFAULT, Optional.empty(), Optional.empty());

    @TempDir
    private static Path folder;

    private static RunningServer server;
    private static RemoteCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        server = new RunningServer(folder, NONE);
        cluster = server.administrator();
    }

    @AfterAll
    static void stop() {
        cluster.close();
        server.close();
    }

    private static ControllerRun run(String identity) throws Exception {
        ElectionOptions election = new ElectionOptions(
                "kube-system",
                "controllers",
                identity,
                Duration.ofSeconds(4),
                Duration.ofSeconds(3),
                Duration.ofMillis(200));
        return ControllerRun.start(
                new ControllerRun.Cluster(cluster, cluster, () -> "the CA\n"),
                new ControllerRun.Options(
                        ControllerOptions.DEFAULT,
                        folder,
                        folder.resolve("ledger-" + identity),
                        Optional.of(election),
                        Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))),
                Clock.systemUTC(),
                new Random(7));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 400 && !condition.getAsBoolean(); i++) {
            Thread.sleep(50);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static ObjectNode request(String name, String signer, DistinguishedName subject, String... usages) {
        SigningKey key = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
        String pem =
                CertificateRequest.sign(subject, List.of(), key, PROVIDER).pem().encode();
        ObjectNode csr = JsonNodeFactory.instance.objectNode();
        csr.put("kind", "CertificateSigningRequest").put("apiVersion", "certificates.k8s.io/v1");
        csr.putObject("metadata").put("name", name);
        ObjectNode spec = csr.putObject("spec").put("signerName", signer);
        spec.put("request", Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8)));
        for (String usage : usages) {
            spec.withArray("usages").add(usage);
        }
        return csr;
    }

    private static void approve(ObjectNode csr) {
        csr.withObject("/status")
                .withArray("conditions")
                .addObject()
                .put("type", "Approved")
                .put("status", "True")
                .put("reason", "Test");
        cluster.update(REQUESTS, "approval", csr);
    }

    private static String certificate(String name) {
        return cluster.get(REQUESTS, "", name)
                .<JsonNode>map(csr -> csr.path("status").path("certificate"))
                .map(node -> node.asString(""))
                .orElse("");
    }

    private static String page(ControllerRun run, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + run.statusPort() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void signsApprovesAndPublishesForAnotherCluster() throws Exception {
        try (ControllerRun run = run("alone")) {
            await(run::isActing);
            ObjectNode jane = cluster.create(
                    REQUESTS,
                    request(
                            "jane",
                            "kubernetes.io/kube-apiserver-client",
                            DistinguishedName.ofCommonName("jane"),
                            "client auth"));
            approve(jane);
            await(() -> !certificate("jane").isEmpty());
            DistinguishedName node = DistinguishedName.of("system:node:n1", List.of("system:nodes"));
            cluster.create(
                    REQUESTS,
                    request(
                            "node",
                            "kubernetes.io/kube-apiserver-client-kubelet",
                            node,
                            "digital signature",
                            "client auth"));
            await(() -> !certificate("node").isEmpty());
            assertThat(Files.readAllLines(folder.resolve("ledger-alone/signatures.jsonl")))
                    .anyMatch(line -> line.contains("\"request\":\"jane\""))
                    .anyMatch(line -> line.contains("\"request\":\"node\""));
            await(() -> cluster.get(ClusterClientContract.MAPS, "default", "kube-root-ca.crt")
                    .filter(map -> map.path("data").path("ca.crt").asString("").equals("the CA\n"))
                    .isPresent());
            assertThat(page(run, "/healthz")).isEqualTo("ok");
            assertThat(page(run, "/metrics"))
                    .contains("leader_election_master_status{name=\"controllers\"} 1")
                    .contains("kubepki_controller_signatures_total 2");
        }
    }

    @Test
    void letsOneActAndTheOtherTakeOverWhenTheLeaseIsGivenBack() throws Exception {
        ControllerRun second;
        try (ControllerRun first = run("first")) {
            await(first::isActing);
            second = run("second");
            Thread.sleep(500);
            assertThat(second.isActing()).isFalse();
            assertThat(page(second, "/metrics")).contains("leader_election_master_status{name=\"controllers\"} 0");
        }
        try (second) {
            await(second::isActing);
            assertThat(holder()).isEqualTo("second");
        }
        assertThat(holder()).isEmpty();
    }

    private static String holder() {
        return cluster.get(LEASES, "kube-system", "controllers")
                .map(lease -> lease.path("spec").path("holderIdentity").asString(""))
                .orElse("none");
    }

    @Test
    void stopsWhenItsLeaseIsAnothersAndWritesNothingMore() throws Exception {
        try (ControllerRun run = run("robbed")) {
            await(run::isActing);
            ObjectNode lease = cluster.get(LEASES, "kube-system", "controllers").orElseThrow();
            lease.withObject("/spec").put("holderIdentity", "robber").put("leaseDurationSeconds", 3600);
            ClusterClient robber = cluster;
            await(() -> written(robber, lease));
            await(() -> !run.isActing());
            ObjectNode late = cluster.create(
                    REQUESTS,
                    request(
                            "late",
                            "kubernetes.io/kube-apiserver-client",
                            DistinguishedName.ofCommonName("late"),
                            "client auth"));
            approve(late);
            Thread.sleep(700);
            assertThat(certificate("late")).isEmpty();
            assertThat(holder()).isEqualTo("robber");
        } finally {
            cluster.delete(LEASES, "kube-system", "controllers", "");
        }
    }

    /// The holder renews it meanwhile.
    private static boolean written(ClusterClient client, ObjectNode lease) {
        try {
            client.get(LEASES, "kube-system", "controllers")
                    .ifPresent(now -> lease.set("metadata", now.path("metadata")));
            client.update(LEASES, "", lease);
            return true;
        } catch (ApiFailure e) {
            return false;
        }
    }

    @Test
    void asksForNoMoreRightsThanTheChosenControllersNeed() throws Exception {
        ControllerOptions signer = new ControllerOptions(
                List.of("signer"), ControllerOptions.Signing.DEFAULT, Optional.empty(), Optional.empty());
        String manifest = ControllerManifest.of(signer, "image:1", "here", "lease", List.of("--controllers=signer"));
        assertThat(manifest)
                .contains("kubectl -n here create secret tls kubepki-ca")
                .contains("certificatesigningrequests/status")
                .contains("- --controllers=signer")
                .contains("image: image:1")
                .doesNotContain("/approval")
                .doesNotContain("configmaps")
                .doesNotContain("legacy-unknown");
    }
}
