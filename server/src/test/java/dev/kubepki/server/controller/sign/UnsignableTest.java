package dev.kubepki.server.controller.sign;

import static dev.kubepki.server.controller.Attacks.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.issue.IssuanceRequest;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.server.controller.Attacks.Row;
import dev.kubepki.server.controller.Conditions;
import dev.kubepki.server.controller.Draft;
import dev.kubepki.server.controller.FakeCluster;
import dev.kubepki.server.controller.Keys;
import dev.kubepki.server.controller.explain.Explainer;
import dev.kubepki.server.controller.explain.Explanation;
import dev.kubepki.server.controller.explain.Known;
import dev.kubepki.server.request.CsrState;
import dev.kubepki.server.request.RequestObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// Requests that can't be signed as they are: each ends in a failure that says why, waits for what can be cured, or is
/// somebody else's.
class UnsignableTest {
    private static final String OWN = """
            signers:
            - name: example.com/strict
              usages: {allowed: [digital signature, client auth]}
              subject: {commonNames: ["svc-*"]}
              names: {dns: [.example.com]}
              keys: {ecdsa: 384}
            """;

    @TempDir
    private Path folder = Path.of(".");

    private static Draft client() {
        return new Draft()
                .signer("kubernetes.io/kube-apiserver-client", "digital signature", "client auth")
                .cn("jane");
    }

    private static Draft strict() {
        return new Draft()
                .signer("example.com/strict", "client auth")
                .cn("svc-a")
                .key(Keys.P384);
    }

    private static Draft serving() {
        return new Draft()
                .signer("kubernetes.io/kubelet-serving", "digital signature", "server auth")
                .o("system:nodes")
                .cn("system:node:n1")
                .dns("n1");
    }

    /// What is wrong for good, and a piece of what is said about it.
    private record Permanent(Draft draft, String says) {}

    private static Map<String, Permanent> permanent() {
        return Map.ofEntries(
                Map.entry(
                        "a usage too many",
                        new Permanent(
                                client().usages("client auth", "server auth"),
                                "invalid usage for client certificate: server auth")),
                Map.entry(
                        "a usage too few",
                        new Permanent(
                                client().usages("digital signature"),
                                "missing required usage for client certificate: client auth")),
                Map.entry("an unknown usage", new Permanent(client().usages("client auth", "x"), "unrecognized usage")),
                Map.entry(
                        "masters", new Permanent(client().o("system:masters"), "system:masters group is not allowed")),
                Map.entry("nobody", new Permanent(client().nobody(), "names nobody")),
                Map.entry("a weak key", new Permanent(client().key(Keys.RSA_1024), "RSA-1024")),
                Map.entry("a DSA key", new Permanent(client().key(Keys.DSA), "DSA")),
                Map.entry("a bad name", new Permanent(client().dns("a..b"), "'a..b' is not a DNS name")),
                Map.entry(
                        "no PEM",
                        new Permanent(client().pem(text -> "x"), "PEM block type must be CERTIFICATE REQUEST")),
                Map.entry("no request", new Permanent(client().der(bytes -> new byte[] {1, 2}), "can't be read")),
                Map.entry(
                        "somebody else's key",
                        new Permanent(
                                client().der(bytes -> {
                                    bytes[bytes.length - 1] ^= 1;
                                    return bytes;
                                }),
                                "verification failure")),
                Map.entry(
                        "a CA",
                        new Permanent(
                                client().criticalExtension("2.5.29.19", new byte[] {0x30, 3, 1, 1, -1}),
                                "certificate of a CA")),
                Map.entry(
                        "no group of nodes",
                        new Permanent(
                                serving().nobody().cn("system:node:n1"), "subject organization is not system:nodes")),
                Map.entry(
                        "no node",
                        new Permanent(
                                serving().nobody().o("system:nodes").cn("n1"),
                                "subject common name does not begin with system:node:")),
                Map.entry(
                        "an e-mail address to serve as",
                        new Permanent(serving().email("a@example.com"), "Email subjectAltNames are not allowed")),
                Map.entry(
                        "a kubelet's client with a name",
                        new Permanent(
                                serving()
                                        .signer(
                                                "kubernetes.io/kube-apiserver-client-kubelet",
                                                "digital signature",
                                                "client auth"),
                                "DNS subjectAltNames are not allowed")),
                Map.entry(
                        "a kubelet's usages",
                        new Permanent(
                                serving().usages("server auth"),
                                "usages did not match [digital signature key encipherment server auth]")),
                Map.entry("Ed25519 where it is not taken", new Permanent(strict().key(Keys.ED25519), "Ed25519")),
                Map.entry("a curve that is too small", new Permanent(strict().key(Keys.P256), "ECDSA-P256")),
                Map.entry("a name outside", new Permanent(strict().dns("example.net"), "DNS:example.net")),
                Map.entry("a wildcard", new Permanent(strict().dns("*.example.com"), "wildcards")),
                Map.entry("another subject", new Permanent(strict().nobody().cn("jane"), "common name jane")),
                Map.entry("an organization", new Permanent(strict().o("x"), "organization x")));
    }

    @TestFactory
    Stream<DynamicTest> endsInAFailureThatSaysWhy() {
        return permanent().entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> {
                    List<Signer> own = SignerFile.read("f", OWN.getBytes(StandardCharsets.UTF_8))
                            .signers(folder, () -> Workshop.AUTHORITY, List.of(), Workshop.PROVIDER, new Random(1));
                    Signers signers = Signers.builtIn(() -> Workshop.AUTHORITY, Duration.ofDays(365))
                            .and(own);
                    try (Workshop workshop = new Workshop(signers)) {
                        ObjectNode after =
                                workshop.settled(row.getValue().draft().approved("x"));
                        assertThat(Workshop.failure(after))
                                .contains(row.getValue().says());
                        Explanation why = explain(workshop, after);
                        assertThat(why.isSettled()).isTrue();
                        assertThat(why.cause()).contains(row.getValue().says());
                        assertThat(workshop.signatures.all).isEmpty();
                    }
                }));
    }

    private static Explanation explain(Workshop workshop, ObjectNode csr) {
        Known known = new Known(workshop.cluster.all(FakeCluster.EVENTS), List.of(), List.of(), Workshop.NOW);
        return new Explainer(known, Workshop.PROVIDER).explain(csr);
    }

    /// Files of a CA that can't sign, as they are written.
    private interface Trouble {
        void make(Path certificate, Path key) throws IOException;
    }

    private record Curable(SigningCause cause, Trouble trouble) {}

    private static final SigningKey KEY = Workshop.PROVIDER.generate(KeyAlgorithm.ECDSA_P256);

    private static Certificate authority(Instant begin, Duration life) {
        return CertificateAuthority.root(
                        CertificateProfile.authority(BasicConstraints.AUTHORITY, life),
                        DistinguishedName.ofCommonName("ca"),
                        KEY,
                        begin,
                        Workshop.PROVIDER,
                        new Random(3))
                .certificate();
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
    }

    private static void good(Path certificate, Path key) throws IOException {
        write(certificate, authority(Workshop.NOW, Duration.ofDays(30)).pem().encode());
        write(key, KeyPem.encodePkcs8(KEY).encode());
    }

    private static Map<String, Curable> curable() {
        return Map.ofEntries(
                Map.entry("no files", new Curable(SigningCause.CA_MISSING, (certificate, key) -> {})),
                Map.entry("no key", new Curable(SigningCause.CA_MISSING, (certificate, key) -> {
                    good(certificate, key);
                    Files.delete(key);
                })),
                Map.entry("no certificate", new Curable(SigningCause.CA_MISSING, (certificate, key) -> {
                    good(certificate, key);
                    Files.delete(certificate);
                })),
                Map.entry("an empty certificate", new Curable(SigningCause.CA_UNREADABLE, (certificate, key) -> {
                    good(certificate, key);
                    write(certificate, "");
                })),
                Map.entry("half a key", new Curable(SigningCause.CA_UNREADABLE, (certificate, key) -> {
                    good(certificate, key);
                    write(key, Files.readString(key).substring(0, 60));
                })),
                Map.entry("another key", new Curable(SigningCause.CA_KEY_MISMATCH, (certificate, key) -> {
                    good(certificate, key);
                    write(
                            key,
                            KeyPem.encodePkcs8(Workshop.PROVIDER.generate(KeyAlgorithm.ECDSA_P256))
                                    .encode());
                })),
                Map.entry("ended", new Curable(SigningCause.CA_EXPIRED, (certificate, key) -> {
                    good(certificate, key);
                    write(
                            certificate,
                            authority(Workshop.NOW.minus(Duration.ofDays(9)), Duration.ofDays(8))
                                    .pem()
                                    .encode());
                })),
                Map.entry("not begun", new Curable(SigningCause.CA_NOT_YET_VALID, (certificate, key) -> {
                    good(certificate, key);
                    write(
                            certificate,
                            authority(Workshop.NOW.plus(Duration.ofDays(1)), Duration.ofDays(8))
                                    .pem()
                                    .encode());
                })),
                Map.entry("no CA", new Curable(SigningCause.CA_NOT_AN_AUTHORITY, (certificate, key) -> {
                    good(certificate, key);
                    IssuanceRequest wanted =
                            new IssuanceRequest(DistinguishedName.ofCommonName("leaf"), List.of(), KEY.publicKey());
                    CertificateProfile profile = CertificateProfile.server(Duration.ofDays(1));
                    write(
                            certificate,
                            Workshop.AUTHORITY
                                    .issue(Workshop.AUTHORITY.prepare(profile, wanted, Workshop.NOW))
                                    .pem()
                                    .encode());
                })));
    }

    @TestFactory
    Stream<DynamicTest> waitsForWhatCanBeCuredAndIsSignedThen() {
        return curable().entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> {
                    Path place =
                            Files.createDirectory(folder.resolve(row.getKey().replace(' ', '-')));
                    Path certificate = place.resolve("ca.crt");
                    Path key = place.resolve("ca.key");
                    row.getValue().trouble().make(certificate, key);
                    AuthorityFiles files = new AuthorityFiles(certificate, key, Workshop.PROVIDER, new Random(4));
                    try (Workshop workshop = new Workshop(Signers.builtIn(files, Duration.ofDays(365)))) {
                        ObjectNode after = workshop.settled(client().approved("x"));
                        assertThat(new RequestObject(after).state()).isEqualTo(CsrState.APPROVED);
                        assertThat(workshop.cluster.eventsOn("x"))
                                .singleElement()
                                .asString()
                                .startsWith(row.getValue().cause().reason() + ": ")
                                .doesNotContain(
                                        "BEGIN",
                                        KeyPem.encodePkcs8(KEY)
                                                .encode()
                                                .lines()
                                                .toList()
                                                .get(1));
                        assertThat(explain(workshop, after).remedy())
                                .startsWith(row.getValue().cause().remedy());
                        good(certificate, key);
                        long start = System.nanoTime();
                        assertThat(FakeCluster.becomes(() -> new RequestObject(workshop.now("x")).hasCertificate()))
                                .isTrue();
                        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
                        assertThat(workshop.signatures.all).hasSize(1);
                    }
                }));
    }

    private static final List<Row> OTHERS = List.of(
            row("a foreign signer's", d -> d.signer("example.com/other", "client auth")),
            row("of a signer that Kubernetes does not have", d -> d.signer("kubernetes.io/other", "client auth")),
            row(
                    "of the signer of everything, which is off",
                    d -> d.signer("kubernetes.io/legacy-unknown", "client auth")));

    @TestFactory
    Stream<DynamicTest> leavesOthersAlone() {
        return OTHERS.stream()
                .map(other -> DynamicTest.dynamicTest(other.what(), () -> {
                    try (Workshop workshop =
                            new Workshop(Signers.builtIn(() -> Workshop.AUTHORITY, Duration.ofDays(1)))) {
                        workshop.cluster.create(
                                FakeCluster.REQUESTS,
                                other.change().apply(client()).approved("other"));
                        workshop.settled(client().approved("ours"));
                        ObjectNode after = workshop.now("other");
                        assertThat(new RequestObject(after).state()).isEqualTo(CsrState.APPROVED);
                        assertThat(workshop.cluster.eventsOn("other")).isEmpty();
                        assertThat(explain(workshop, after).actor()).contains("signer");
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> leavesAloneWhatIsNotApproved() {
        Map<String, UnaryOperator<ObjectNode>> states = Map.of(
                "pending", csr -> csr,
                "denied", csr -> with(csr, "Denied"),
                "failed", csr -> with(with(csr, "Approved"), "Failed"),
                "noticed", csr -> with(csr, "Noticed"));
        return states.entrySet().stream()
                .map(state -> DynamicTest.dynamicTest(state.getKey(), () -> {
                    try (Workshop workshop =
                            new Workshop(Signers.builtIn(() -> Workshop.AUTHORITY, Duration.ofDays(1)))) {
                        workshop.cluster.create(
                                FakeCluster.REQUESTS, state.getValue().apply(client().object("x")));
                        workshop.settled(client().approved("ours"));
                        assertThat(new RequestObject(workshop.now("x")).hasCertificate())
                                .isFalse();
                        assertThat(explain(workshop, workshop.now("x")).cause()).isNotEmpty();
                    }
                }));
    }

    private static ObjectNode with(ObjectNode csr, String condition) {
        Conditions.add(csr, condition, "r", "m", Workshop.NOW);
        return csr;
    }

    @Test
    void signsEverythingWhereThatIsSwitchedOn() throws InterruptedException {
        Signers signers =
                Signers.builtIn(name -> java.util.Optional.of(() -> Workshop.AUTHORITY), Duration.ofDays(1), true);
        try (Workshop workshop = new Workshop(signers)) {
            Draft any = client().o("system:masters")
                    .signer("kubernetes.io/legacy-unknown", "digital signature", "key encipherment");
            assertThat(Workshop.certificate(workshop.settled(any.approved("x")))
                            .subject()
                            .toString())
                    .isEqualTo("O = system:masters, CN = jane");
        }
    }

    @Test
    void whatIsTooLongIsCutToWhatTheSignerAndItsCaGive() throws InterruptedException {
        try (Workshop workshop = new Workshop(Signers.builtIn(() -> Workshop.AUTHORITY, Duration.ofDays(9)))) {
            ObjectNode after =
                    workshop.settled(client().seconds(Integer.MAX_VALUE).approved("x"));
            assertThat(Workshop.certificate(after).validity().notAfter())
                    .isEqualTo(Workshop.NOW.plus(Duration.ofDays(9)).minus(Duration.ofMinutes(5)));
            ObjectNode brief = workshop.settled(client().seconds(7 * 3600).approved("y"));
            assertThat(Workshop.certificate(brief).validity().notAfter())
                    .isEqualTo(Workshop.NOW.plus(Duration.ofHours(7)));
        }
        CertificateAuthority soon = Workshop.authority("soon", Duration.ofHours(1));
        try (Workshop workshop = new Workshop(Signers.builtIn(() -> soon, Duration.ofDays(9)))) {
            ObjectNode after = workshop.settled(client().approved("x"));
            assertThat(Workshop.certificate(after).validity().notAfter())
                    .isEqualTo(soon.certificate().validity().notAfter());
        }
    }

    @Test
    void aClockThatJumpsMakesRequestsWaitAndNoMore() throws InterruptedException {
        Instant[] now = {Workshop.NOW.plus(Duration.ofDays(9999))};
        Clock clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        };
        Signers signers = Signers.builtIn(() -> Workshop.AUTHORITY, Duration.ofDays(1));
        try (Workshop workshop = new Workshop(signers, clock)) {
            workshop.settled(client().approved("x"));
            assertThat(workshop.cluster.eventsOn("x").getFirst()).startsWith("SigningCAExpired: ");
            now[0] = Workshop.NOW.minus(Duration.ofDays(9999));
            assertThat(FakeCluster.becomes(() -> workshop.cluster.eventsOn("x").size() == 2))
                    .isTrue();
            assertThat(workshop.cluster.eventsOn("x").getLast()).startsWith("SigningCANotYetValid: ");
            now[0] = Workshop.NOW;
            assertThat(FakeCluster.becomes(() -> new RequestObject(workshop.now("x")).hasCertificate()))
                    .isTrue();
            assertThat(workshop.signatures.all).hasSize(1);
        }
    }

    @Test
    void writesSubjectAndNamesAsKubernetesDoes() throws InterruptedException {
        try (Workshop workshop = new Workshop(Signers.builtIn(() -> Workshop.AUTHORITY, Duration.ofDays(1)))) {
            Draft draft = client().o("b")
                    .o("a")
                    .with("2.5.4.6", "DE")
                    .uri("https://example.com/")
                    .ip("10.0.0.1")
                    .email("a@example.com")
                    .dns("b.example.com")
                    .dns("a.example.com");
            Certificate certificate = Workshop.certificate(workshop.settled(draft.approved("x")));
            assertThat(certificate.subject().toString()).isEqualTo("C = DE, O = a + O = b, CN = jane");
            assertThat(certificate.subjectAltNames().toString())
                    .isEqualTo("[DNS:b.example.com, DNS:a.example.com, email:a@example.com, IP Address:10.0.0.1,"
                            + " URI:https://example.com/]");
        }
    }
}
