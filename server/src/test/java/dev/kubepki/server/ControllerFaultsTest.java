package dev.kubepki.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.Kinds;
import dev.kubepki.api.kind.RuntimeConfig;
import dev.kubepki.api.kind.ServedKinds;
import dev.kubepki.api.schema.Schemas;
import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.server.auth.UserInfo;
import dev.kubepki.server.controller.Draft;
import dev.kubepki.server.controller.EventRecorder;
import dev.kubepki.server.controller.FakeCluster;
import dev.kubepki.server.controller.Keeper;
import dev.kubepki.server.controller.LocalClient;
import dev.kubepki.server.controller.approve.ApprovingController;
import dev.kubepki.server.controller.sign.Processors;
import dev.kubepki.server.controller.sign.Recorded;
import dev.kubepki.server.controller.sign.Signatures;
import dev.kubepki.server.controller.sign.Signers;
import dev.kubepki.server.controller.sign.SigningController;
import dev.kubepki.server.request.RequestObject;
import dev.kubepki.server.store.MemoryStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

/// Whatever breaks, and when: each approved request ends with one certificate, and no serial is given twice.
class ControllerFaultsTest {
    private static final UserInfo ADMIN =
            new UserInfo("admin", "", List.of("system:masters", "system:authenticated"), Map.of());
    private static final UserInfo BOOTSTRAP = new UserInfo(
            "system:bootstrap:abcdef", "", List.of("system:bootstrappers", "system:authenticated"), Map.of());
    private static final CryptoProvider PROVIDER = CryptoProvider.jdk();
    private static final Clock CLOCK = Clock.systemUTC();
    private final CertificateAuthority authority = CertificateAuthority.root(
            CertificateProfile.authority(BasicConstraints.AUTHORITY, Duration.ofDays(10)),
            DistinguishedName.ofCommonName("kubernetes"),
            PROVIDER.generate(KeyAlgorithm.ECDSA_P256),
            CLOCK.instant(),
            PROVIDER,
            new SecureRandom());

    private final ServedKinds kinds = ServedKinds.of(Kinds.load(), RuntimeConfig.DEFAULT);
    private final Recorded signatures = new Recorded();
    private final Map<String, Set<String>> published = new ConcurrentHashMap<>();
    private final Kind requests =
            kinds.resource("certificates.k8s.io", "certificatesigningrequests").orElseThrow();
    private final Kind events = kinds.resource("", "events").orElseThrow();
    private Backend backend = backend();
    private LocalClient client = new LocalClient(backend.operations(), ADMIN, "test");

    private Backend backend() {
        return Backend.open(
                new MemoryStore(), kinds, Schemas.load(), roles -> Map.of(), PROVIDER, CLOCK, new Random(1));
    }

    @BeforeEach
    void start() {
        backend.writeStartObjects("");
        client.follow(requests, new ClusterClient.Follower() {
            @Override
            public void present(ObjectNode object) {
                String certificate = object.path("status").path("certificate").asString("");
                if (!certificate.isEmpty()) {
                    published
                            .computeIfAbsent(new RequestObject(object).name(), name -> ConcurrentHashMap.newKeySet())
                            .add(certificate);
                }
            }

            @Override
            public void gone(ObjectNode object) {
                // Nothing is removed here.
            }
        });
    }

    @AfterEach
    void close() {
        backend.close();
    }

    private void ask(int from, int to) {
        LocalClient bootstrap = new LocalClient(backend.operations(), BOOTSTRAP, "kubelet");
        for (int i = from; i < to; i++) {
            bootstrap.create(
                    requests,
                    new Draft()
                            .signer("kubernetes.io/kube-apiserver-client-kubelet", "digital signature", "client auth")
                            .o("system:nodes")
                            .cn("system:node:n" + i)
                            .object("r" + i));
        }
    }

    private List<Keeper> controllers(ClusterClient way, Signatures ledger) {
        EventRecorder recorder = new EventRecorder(way, events, "test", CLOCK);
        List<Keeper> all = List.of(
                ApprovingController.ofClients(
                        way, requests, (csr, sub) -> sub.equals("nodeclient"), recorder, PROVIDER, CLOCK),
                new SigningController(
                        way,
                        requests,
                        recorder,
                        Signers.builtIn(() -> authority, Duration.ofDays(1)),
                        ledger,
                        PROVIDER,
                        Processors.unshared(),
                        CLOCK));
        all.forEach(Keeper::start);
        return all;
    }

    private boolean isIssued(int count) {
        return IntStream.range(0, count)
                .allMatch(
                        i -> new RequestObject(client.get(requests, "", "r" + i).orElseThrow()).hasCertificate());
    }

    private void assertEachHasOne(int count) throws InterruptedException {
        assertThat(FakeCluster.becomes(() -> isIssued(count))).isTrue();
        assertThat(FakeCluster.becomes(() -> published.size() == count)).isTrue();
        assertThat(published.values())
                .allSatisfy(certificates -> assertThat(certificates).hasSize(1));
        assertThat(signatures.all.stream().map(Certificate::serial)).doesNotHaveDuplicates();
        // Each that was published is in the ledger.
        assertThat(signatures.all.size()).isGreaterThanOrEqualTo(count);
    }

    @TestFactory
    Stream<DynamicTest> aNewControllerTakesOverWhereAnotherOneDied() {
        return IntStream.rangeClosed(1, 9)
                .boxed()
                .flatMap(write -> Stream.of(false, true)
                        .map(afterwards -> DynamicTest.dynamicTest(
                                "dies " + (afterwards ? "after" : "before") + " write " + write,
                                () -> dies(write, afterwards))));
    }

    private void dies(int write, boolean afterwards) throws InterruptedException {
        backend.close();
        published.clear();
        backend = backend();
        client = new LocalClient(backend.operations(), ADMIN, "test");
        start();
        Faulty way = new Faulty(client, write, afterwards);
        List<Keeper> first = controllers(way, signatures);
        ask(0, 4);
        assertThat(FakeCluster.becomes(() -> way.isBroken() || isIssued(4))).isTrue();
        first.forEach(Keeper::close);
        List<Keeper> second = controllers(client, signatures);
        assertEachHasOne(4);
        second.forEach(Keeper::close);
    }

    @TestFactory
    Stream<DynamicTest> aCutWayIsWaitedFor() {
        return Stream.of(false, true)
                .flatMap(afterwards -> IntStream.rangeClosed(1, 4)
                        .mapToObj(write -> DynamicTest.dynamicTest(
                                "cut " + (afterwards ? "after" : "before") + " write " + write,
                                () -> cut(write, afterwards))));
    }

    private void cut(int write, boolean afterwards) throws InterruptedException {
        backend.close();
        published.clear();
        backend = backend();
        client = new LocalClient(backend.operations(), ADMIN, "test");
        start();
        Recorded ledger = new Recorded();
        Faulty way = new Faulty(client, write, afterwards);
        List<Keeper> controllers = controllers(way, ledger);
        ask(0, 2);
        assertThat(FakeCluster.becomes(way::isBroken)).isTrue();
        Thread.sleep(300);
        way.mend();
        signatures.all.clear();
        assertThat(FakeCluster.becomes(() -> isIssued(2))).isTrue();
        signatures.all.addAll(ledger.all);
        assertEachHasOne(2);
        // What was signed and not published is published, not signed again.
        assertThat(ledger.all).hasSize(2);
        assertThat(FakeCluster.becomes(() -> ledger.fates.size() == 2)).isTrue();
        assertThat(ledger.fates.values()).containsOnly(Signatures.Fate.PUBLISHED);
        controllers.forEach(Keeper::close);
    }

    @Test
    void ofManySignersAtOnceOnePublishes() throws InterruptedException {
        List<Keeper> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.addAll(controllers(client, signatures));
        }
        ask(0, 40);
        assertEachHasOne(40);
        assertThat(FakeCluster.becomes(() -> signatures.fates.size() == signatures.all.size()))
                .isTrue();
        assertThat(signatures.fates.values().stream().filter(fate -> fate == Signatures.Fate.PUBLISHED))
                .hasSize(40);
        all.forEach(Keeper::close);
    }

    @Test
    void aLedgerThatCantBeWrittenKeepsCertificatesBack() throws InterruptedException {
        Signatures full = new Signatures() {
            @Override
            public void signed(Certificate certificate, ObjectNode request) {
                throw new IllegalStateException("the disk is full");
            }

            @Override
            public void ended(Certificate certificate, ObjectNode request, Fate fate) {
                throw new AssertionError("nothing was published");
            }
        };
        List<Keeper> first = controllers(client, full);
        ask(0, 1);
        assertThat(FakeCluster.becomes(() -> client.list(events, dev.kubepki.api.client.ListQuery.ALL).items().stream()
                        .anyMatch(event -> event.path("reason").asString("").equals("SignatureNotRecorded"))))
                .isTrue();
        assertThat(published).isEmpty();
        first.forEach(Keeper::close);
        List<Keeper> second = controllers(client, signatures);
        assertEachHasOne(1);
        second.forEach(Keeper::close);
    }
}
