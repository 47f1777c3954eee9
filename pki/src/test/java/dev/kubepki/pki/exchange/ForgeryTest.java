package dev.kubepki.pki.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.pki.cluster.Authorities;
import dev.kubepki.pki.cluster.CaModel;
import dev.kubepki.pki.cluster.CertificateName;
import dev.kubepki.pki.cluster.ClusterConfig;
import dev.kubepki.pki.cluster.DesiredSet;
import dev.kubepki.pki.cluster.IpAddress;
import dev.kubepki.pki.cluster.KeyChoice;
import dev.kubepki.pki.files.DirectoryLock;
import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileMode;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.files.PkiDirectory;
import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.issue.IssuanceRequest;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.SubjectAltName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Archives that somebody packed anew with care, so that every checksum of the file itself is right.
final class ForgeryTest {
    private static final CryptoProvider JDK = CryptoProvider.jdk();
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration YEAR = Duration.ofDays(365);

    @TempDir
    Path folder;

    private DesiredSet desired = DesiredSet.of(config());
    private byte[] requests = new byte[0];
    private @Nullable IssuingAuthority authority;

    /// Only the cluster's CA is external, and only what it signs is asked for.
    private static ClusterConfig config() {
        return ClusterConfig.forHost("cp1", List.of(new IpAddress("192.0.2.1")))
                .withKeys(new KeyChoice(KeyAlgorithm.ECDSA_P256, Map.of()))
                .withAuthorities(new Authorities(CaModel.SEPARATE, Set.of(CertificateName.CA), Set.of()));
    }

    private static IssuingAuthority authority(Path folder, String name) {
        SigningKey key = JDK.generate(KeyAlgorithm.ECDSA_P256);
        CertificateAuthority root = CertificateAuthority.root(
                CertificateProfile.authority(BasicConstraints.AUTHORITY, YEAR.multipliedBy(10)),
                DistinguishedName.ofCommonName("kubernetes-ca"),
                key,
                NOW,
                JDK,
                new Random(1));
        Path certificate = folder.resolve(name + ".crt");
        Path keyFile = folder.resolve(name + ".key");
        DurableFiles files = new DurableFiles(FileOperations.disk());
        files.write(certificate, root.certificate().pem().encoded(), FileMode.WORLD_READABLE);
        files.write(keyFile, KeyPem.encode(key).encoded(), FileMode.OWNER_ONLY);
        IssuingAuthority read = IssuingAuthority.read(
                FileOperations.disk(), certificate, keyFile, Optional.empty(), JDK, new Random(2));
        return read;
    }

    private IssuingAuthority ca() {
        return Objects.requireNonNull(authority);
    }

    private PkiDirectory directory() {
        return PkiDirectory.of(FileOperations.disk(), folder.resolve("D"), java.util.Optional.empty());
    }

    @BeforeEach
    void askForASet() {
        authority = authority(folder, "ca");
        try (DirectoryLock lock = DirectoryLock.acquire(directory().roots())) {
            requests = SetRequest.missing(desired, directory())
                    .pack(lock, JDK, NOW, writer -> {})
                    .archive();
        }
    }

    private byte[] repacked(Consumer<SequencedMap<String, byte[]>> forgery) {
        SequencedMap<String, byte[]> entries = SealedArchive.decode("r.zip", requests);
        forgery.accept(entries);
        return SealedArchive.encode(entries);
    }

    private void isRefused(Consumer<SequencedMap<String, byte[]>> forgery, String why) {
        byte[] forged = repacked(forgery);
        assertThatThrownBy(() -> RequestArchive.open("r.zip", forged, JDK))
                .isInstanceOf(ExchangeFailure.class)
                .hasMessageContaining(why);
    }

    private static byte[] replaced(byte[] text, String from, String to) {
        String old = new String(text, StandardCharsets.UTF_8);
        assertThat(old).contains(from);
        return old.replace(from, to).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void opensWhatWasPacked() {
        assertThat(RequestArchive.open("r.zip", repacked(entries -> {}), JDK).entries())
                .extracting(RequestArchive.Entry::id)
                .contains("apiserver", "admin.conf")
                .doesNotContain("etcd-server");
    }

    private static byte[] manifestOf(Map<String, byte[]> entries) {
        return Objects.requireNonNull(entries.get("manifest.json"));
    }

    @Test
    void refusesARewrittenManifest() {
        isRefused(e -> e.replace("manifest.json", replaced(manifestOf(e), "PT8760H", "PT87600H")), "its seal");
        isRefused(e -> e.replace("manifest.json", replaced(manifestOf(e), "\"server\"", "\"authority\"")), "its seal");
        isRefused(e -> e.replace("manifest.json", replaced(manifestOf(e), "DNS:cp1", "DNS:cp2")), "changed");
    }

    @Test
    void refusesExchangedMissingAndSurplusRequests() {
        isRefused(e -> e.replace("requests/apiserver.csr", e.get("requests/admin.conf.csr")), "requests/apiserver.csr");
        isRefused(e -> e.remove("requests/apiserver.csr"), "lacks 'requests/apiserver.csr'");
        isRefused(e -> e.put("requests/evil.csr", e.get("requests/apiserver.csr")), "holds 'requests/evil.csr'");
        isRefused(e -> e.remove("manifest.sig"), "lacks 'manifest.sig'");
        isRefused(e -> e.replace("manifest.json", "{}".getBytes(StandardCharsets.UTF_8)), "is not a kubepki");
    }

    /// What an honest signer answers, then changed by a careless or wicked one who has the CA's key.
    private void answerIsRefused(Consumer<SequencedMap<String, List<Certificate>>> change, String why)
            throws Exception {
        RequestArchive archive = RequestArchive.open("r.zip", requests, JDK);
        SequencedMap<String, List<Certificate>> certificates = new LinkedHashMap<>();
        ArchiveSigning signing = ArchiveSigning.prepare(archive, Map.of("ca", ca()), Map.of(), true, JDK, NOW);
        signing.lines()
                .forEach(line -> certificates.put(
                        line.entry().id(), ca().chain(ca().authority().issue(line.prepared()))));
        change.accept(certificates);
        SequencedMap<String, IssuingAuthority> signers = new LinkedHashMap<>(Map.of("ca", ca()));
        SequencedMap<String, List<Certificate>> authorities = new LinkedHashMap<>(Map.of("ca", ca().file()));
        byte[] bytes = AnswerArchive.encode(archive, NOW, signers, authorities, certificates, JDK);
        AnswerArchive answer = AnswerArchive.open("a.zip", bytes, JDK);
        if (why.isEmpty()) {
            assertThat(Acceptance.of(desired, directory(), answer, JDK, NOW).issued())
                    .hasSize(certificates.size());
            return;
        }
        assertThatThrownBy(() -> Acceptance.of(desired, directory(), answer, JDK, NOW))
                .isInstanceOfSatisfying(
                        ExchangeFailure.class,
                        e -> assertThat(e.details()).anyMatch(d -> d.startsWith("apiserver") && d.contains(why)));
        assertThat(Files.exists(folder.resolve("D/pki/apiserver.crt"))).isFalse();
    }

    /// Another certificate for the same key.
    private List<Certificate> apiServer(IssuingAuthority by, CertificateProfile profile, String name, String host) {
        RequestArchive archive = RequestArchive.open("r.zip", requests, JDK);
        var entry = archive.entries().stream()
                .filter(e -> e.id().equals("apiserver"))
                .findFirst()
                .orElseThrow();
        List<SubjectAltName> names =
                host.isEmpty() ? entry.request().subjectAltNames() : List.of(SubjectAltName.of(host));
        DistinguishedName subject = name.isEmpty() ? entry.request().subject() : DistinguishedName.ofCommonName(name);
        CertificateAuthority authority = by.authority();
        return List.of(authority.issue(authority.prepare(
                profile, new IssuanceRequest(subject, names, entry.request().publicKey()), NOW)));
    }

    @Test
    void acceptsAnHonestAnswer() throws Exception {
        answerIsRefused(c -> {}, "");
    }

    @Test
    void refusesWrongAnswers() throws Exception {
        CertificateProfile server = CertificateProfile.server(YEAR);
        answerIsRefused(c -> c.remove("apiserver"), "lacks its certificate");
        answerIsRefused(c -> c.replace("apiserver", List.copyOf(c.get("kubelet-server"))), "for another key");
        answerIsRefused(c -> c.replace("apiserver", apiServer(ca(), server, "other", "")), "was asked for");
        answerIsRefused(c -> c.replace("apiserver", apiServer(ca(), server, "", "evil")), "subject alternative names");
        answerIsRefused(
                c -> c.replace("apiserver", apiServer(ca(), CertificateProfile.serverAndClient(YEAR), "", "")),
                "usages");
        answerIsRefused(c -> c.put("apiserver-2", List.copyOf(c.get("apiserver"))), "nobody asked for");
    }

    @Test
    void refusesACertificateOfAnotherCaOfTheSameName() throws Exception {
        IssuingAuthority foreign = authority(folder, "foreign");

        answerIsRefused(
                c -> c.replace("apiserver", apiServer(foreign, CertificateProfile.server(YEAR), "", "")),
                "does not verify");
    }
}
