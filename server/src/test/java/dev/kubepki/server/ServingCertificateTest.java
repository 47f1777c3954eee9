package dev.kubepki.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.kubepki.server.http.ListenerIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingCertificateTest {
    private static final CryptoProvider PROVIDER = CryptoProvider.jdk();
    private static final Instant NOW = Instant.parse("2026-11-22T21:15:00Z");
    private static final Duration YEARS = Duration.ofDays(3650);

    @TempDir
    private Path folder;

    private Path pki;
    private CertificateAuthority authority;

    @BeforeEach
    void makeSet() throws IOException {
        pki = Files.createDirectories(folder.resolve("pki"));
        SigningKey key = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
        authority = CertificateAuthority.root(
                CertificateProfile.authority(new BasicConstraints(true, OptionalInt.empty()), YEARS),
                DistinguishedName.ofCommonName("kubernetes"),
                key,
                NOW,
                PROVIDER,
                new Random(1));
        Files.writeString(pki.resolve("ca.crt"), authority.certificate().pem().encode());
        Files.writeString(pki.resolve("ca.key"), KeyPem.encode(key).encode());
        SigningKey server = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
        Certificate certificate = authority.issue(authority.prepare(
                CertificateProfile.server(YEARS),
                new IssuanceRequest(
                        DistinguishedName.ofCommonName("kube-apiserver"),
                        List.of(SubjectAltName.of("api.example.com"), SubjectAltName.of("10.96.0.1")),
                        server.publicKey()),
                NOW));
        Files.writeString(pki.resolve("apiserver.crt"), certificate.pem().encode());
        Files.writeString(pki.resolve("apiserver.key"), KeyPem.encode(server).encode());
    }

    private ListenerIdentity make(String bind) throws Exception {
        ServingCertificate certificate = new ServingCertificate(
                new SetFiles(folder, ServerOptions.Files.OF_THE_SET),
                new InetSocketAddress(InetAddress.getByName(bind), 6443),
                List.of("host-1", "192.0.2.7"),
                Clock.fixed(NOW, ZoneOffset.UTC),
                new Random(2));
        return certificate.make();
    }

    private static List<String> names(ListenerIdentity identity) throws Exception {
        return Certificate.decode(identity.chain().getFirst().getEncoded()).subjectAltNames().stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void coversEveryNameByWhichTheServerIsReached() throws Exception {
        ListenerIdentity identity = make("192.0.2.9");
        assertThat(names(identity))
                .containsExactlyInAnyOrder(
                        "DNS:localhost",
                        "IP Address:127.0.0.1",
                        "IP Address:::1",
                        "IP Address:192.0.2.9",
                        "DNS:host-1",
                        "IP Address:192.0.2.7",
                        "DNS:api.example.com",
                        "IP Address:10.96.0.1");
        identity.chain().getFirst().verify(authority.certificate().publicKey());
        assertThat(identity.end()).isAfter(NOW.plus(Duration.ofDays(300)));
    }

    @Test
    void showsTheOneOfTheSetWhenTheCasKeyIsElsewhere() throws Exception {
        Files.delete(pki.resolve("ca.key"));
        assertThat(names(make("127.0.0.1"))).containsExactlyInAnyOrder("DNS:api.example.com", "IP Address:10.96.0.1");
    }

    @Test
    void saysWhichFileIsMissing() throws Exception {
        Files.delete(pki.resolve("ca.key"));
        Files.delete(pki.resolve("apiserver.key"));
        assertThatThrownBy(() -> make("127.0.0.1"))
                .isInstanceOf(ServerFailure.class)
                .hasMessage(pki.resolve("apiserver.key") + " is not there");
    }

    @Test
    void refusesAKeyThatIsNotTheCertificates() throws Exception {
        Files.copy(pki.resolve("ca.key"), pki.resolve("apiserver.key"), StandardCopyOption.REPLACE_EXISTING);
        Files.delete(pki.resolve("ca.key"));
        assertThatThrownBy(() -> make("127.0.0.1")).hasMessageContaining("is not the key of");
    }

    @Test
    void neverPrintsTheKey() throws Exception {
        assertThat(make("127.0.0.1")).hasToString("CN=kube-apiserver");
    }
}
