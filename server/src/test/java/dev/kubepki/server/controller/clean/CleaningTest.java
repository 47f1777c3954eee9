package dev.kubepki.server.controller.clean;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.issue.IssuanceRequest;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.server.controller.Conditions;
import dev.kubepki.server.controller.Draft;
import dev.kubepki.server.controller.FakeCluster;
import dev.kubepki.server.controller.Keys;
import dev.kubepki.server.controller.sign.Workshop;
import dev.kubepki.server.request.RequestObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

class CleaningTest {
    private static final Instant NOW = Workshop.NOW;
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final List<Staleness> removed = new CopyOnWriteArrayList<>();

    /// A state, reached so long ago, and whether it is stale.
    private record Row(String what, ObjectNode csr, Optional<Staleness> stale) {}

    private static ObjectNode pending(Duration age) {
        ObjectNode csr =
                new Draft().cn("jane").signer("example.com/x", "client auth").object("x");
        csr.withObject("/metadata").put("creationTimestamp", NOW.minus(age).toString());
        return csr;
    }

    private static ObjectNode with(String condition, Duration age) {
        ObjectNode csr = pending(Duration.ofDays(400));
        Conditions.add(csr, condition, "r", "m", NOW.minus(age));
        return csr;
    }

    private static ObjectNode issued(ObjectNode csr, String certificate) {
        csr.withObject("/status")
                .put(
                        "certificate",
                        Base64.getEncoder()
                                .encodeToString(certificate.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        return csr;
    }

    private static String certificate(Duration life) {
        IssuanceRequest wanted =
                new IssuanceRequest(DistinguishedName.ofCommonName("a"), List.of(), Keys.P256.getPublic());
        return Workshop.AUTHORITY
                .issue(Workshop.AUTHORITY.prepare(CertificateProfile.client(life), wanted, NOW.plusSeconds(1)))
                .pem()
                .encode();
    }

    private static List<Row> rows() {
        Duration hour = Duration.ofHours(1);
        Duration day = Duration.ofHours(24);
        Duration second = Duration.ofSeconds(1);
        String lasting = certificate(Duration.ofDays(1));
        Optional<Staleness> no = Optional.empty();
        ObjectNode untimed = with("Denied", hour);
        ((ObjectNode) untimed.path("status").path("conditions").get(0)).remove("lastUpdateTime");
        return List.of(
                new Row("pending for a day", pending(day), no),
                new Row("pending for more than a day", pending(day.plus(second)), Optional.of(Staleness.PENDING)),
                new Row("denied for an hour", with("Denied", hour), no),
                new Row("denied for more", with("Denied", hour.plus(second)), Optional.of(Staleness.DENIED)),
                new Row("denied at no time", untimed, no),
                new Row("failed for an hour", with("Failed", hour), no),
                new Row("failed for more", with("Failed", hour.plus(second)), Optional.of(Staleness.FAILED)),
                new Row("approved for a day", with("Approved", day), no),
                new Row("approved for more", with("Approved", day.plus(second)), Optional.of(Staleness.APPROVED)),
                new Row("issued for an hour", issued(with("Approved", hour), lasting), no),
                new Row(
                        "issued for more",
                        issued(with("Approved", hour.plus(second)), lasting),
                        Optional.of(Staleness.ISSUED)),
                new Row("issued and not approved", issued(pending(Duration.ofDays(9)), lasting), no),
                new Row("what others say of it", with("Noticed", Duration.ofDays(99)), no),
                new Row("issued what can't be read", issued(with("Approved", second), "x"), no));
    }

    @TestFactory
    Stream<DynamicTest> knowsTheAgeOfEachState() {
        return rows().stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.what(),
                        () -> assertThat(Staleness.of(row.csr(), NOW)).isEqualTo(row.stale())));
    }

    @Test
    void anEndedCertificateIsStaleAtOnce() {
        ObjectNode csr = issued(with("Approved", Duration.ofMinutes(20)), certificate(Duration.ofMinutes(10)));
        assertThat(Staleness.of(csr, NOW)).isEmpty();
        assertThat(Staleness.of(csr, NOW.plus(Duration.ofMinutes(11)))).contains(Staleness.EXPIRED);
    }

    @Test
    void removesWhatIsStaleAndNothingElse() throws InterruptedException {
        FakeCluster cluster = new FakeCluster();
        for (int i = 0; i < 1200; i++) {
            ObjectNode csr = pending(Duration.ofHours(i % 2 == 0 ? 25 : 23));
            csr.withObject("/metadata").put("name", "r" + i);
            cluster.create(FakeCluster.REQUESTS, csr);
        }
        CleaningController cleaner = new CleaningController(
                cluster,
                FakeCluster.REQUESTS,
                Staleness::of,
                new CleaningController.Pace(Duration.ofHours(1), 100_000, 100),
                removed::add,
                CLOCK);
        try (cleaner) {
            cleaner.start();
            assertThat(FakeCluster.becomes(() -> cleaner.passes() == 1)).isTrue();
        }
        assertThat(cluster.all(FakeCluster.REQUESTS)).hasSize(600);
        assertThat(removed).hasSize(600).containsOnly(Staleness.PENDING);
        assertThat(cluster.all(FakeCluster.REQUESTS))
                .noneMatch(csr -> Staleness.of(csr, NOW).isPresent());
    }

    @Test
    void removesNoFasterThanItMay() throws InterruptedException {
        FakeCluster cluster = new FakeCluster();
        for (int i = 0; i < 40; i++) {
            ObjectNode csr = with("Denied", Duration.ofHours(2));
            csr.withObject("/metadata").put("name", "r" + i);
            cluster.create(FakeCluster.REQUESTS, csr);
        }
        CleaningController cleaner = new CleaningController(
                cluster,
                FakeCluster.REQUESTS,
                Staleness::of,
                new CleaningController.Pace(Duration.ofHours(1), 50, 10),
                removed::add,
                CLOCK);
        long start = System.nanoTime();
        try (cleaner) {
            cleaner.start();
            assertThat(FakeCluster.becomes(() -> cleaner.passes() == 1)).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(600));
        assertThat(cluster.all(FakeCluster.REQUESTS)).isEmpty();
    }

    @Test
    void sparesWhatWasApprovedMeanwhile() throws InterruptedException {
        FakeCluster cluster = new FakeCluster();
        ObjectNode csr = pending(Duration.ofHours(25));
        cluster.create(FakeCluster.REQUESTS, csr);
        CleaningController.Rule seen = (object, now) -> {
            Optional<Staleness> why = Staleness.of(object, now);
            if (new RequestObject(object).condition("Approved").isEmpty()) {
                ObjectNode approved = cluster.get(FakeCluster.REQUESTS, "", "x").orElseThrow();
                Conditions.add(approved, "Approved", "r", "m", NOW);
                cluster.update(FakeCluster.REQUESTS, "approval", approved);
            }
            return why;
        };
        CleaningController cleaner = new CleaningController(
                cluster, FakeCluster.REQUESTS, seen, CleaningController.Pace.HOURLY, removed::add, CLOCK);
        try (cleaner) {
            cleaner.start();
            assertThat(FakeCluster.becomes(() -> cleaner.passes() == 1)).isTrue();
        }
        assertThat(cluster.all(FakeCluster.REQUESTS)).hasSize(1);
    }

    @Test
    void knowsTheAgeOfPodCertificates() {
        ObjectNode object = pending(Duration.ofMinutes(15));
        assertThat(Staleness.ofPodCertificate(object, NOW)).isPresent();
        assertThat(Staleness.ofPodCertificate(object, NOW.minusSeconds(1))).isEmpty();
    }
}
