package dev.kubepki.pki.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.issue.IssuanceRequest;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.SubjectAltName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyStoresTest {
    private static final CryptoProvider PROVIDER = CryptoProvider.fastest();
    private static final KeyStorePassword PASSWORD = KeyStorePassword.of("correct horse");
    private static final Duration YEAR = Duration.ofDays(365);

    @TempDir
    Path dir;

    private final CertificateAuthority ca = authority("kubernetes-ca");

    @ParameterizedTest
    @EnumSource(
            value = KeyAlgorithm.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RSA_3072", "RSA_4096"})
    void opensslReadsTheKeyAndTheWholeChainFromPkcs12(KeyAlgorithm algorithm) throws Exception {
        SigningKey key = PROVIDER.generate(algorithm);
        Certificate leaf = leaf(key);
        Path file = dir.resolve("store.p12");
        Files.write(file, KeyStores.pkcs12("apiserver", key, List.of(leaf, ca.certificate()), PASSWORD));

        String text = run("openssl", "pkcs12", "-in", file.toString(), "-passin", "pass:correct horse", "-nodes");

        byte[] pem = text.getBytes(StandardCharsets.UTF_8);
        assertThat(Certificate.readAll(pem)).containsExactly(leaf, ca.certificate());
        assertThat(text).contains("friendlyName: apiserver").contains("BEGIN PRIVATE KEY");
    }

    @ParameterizedTest
    @EnumSource(KeyStoreType.class)
    void keytoolListsTheKeyEntryWithItsChain(KeyStoreType type) throws Exception {
        SigningKey key = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
        List<Certificate> chain = List.of(leaf(key), ca.certificate());
        Path file = dir.resolve("store");
        Files.write(
                file,
                type == KeyStoreType.JKS
                        ? KeyStores.jks("apiserver", key, chain, PASSWORD)
                        : KeyStores.pkcs12("apiserver", key, chain, PASSWORD));

        String text = keytool("-list", "-v", "-keystore", file.toString(), "-storepass", "correct horse");

        assertThat(text)
                .contains("Keystore type: " + type.jcaName())
                .contains("Alias name: apiserver")
                .contains("Entry type: PrivateKeyEntry")
                .contains("Certificate chain length: 2");
    }

    @ParameterizedTest
    @EnumSource(KeyStoreType.class)
    void keytoolTrustsEveryCertificateOfATruststore(KeyStoreType type) throws Exception {
        Map<String, Certificate> trusted = new LinkedHashMap<>();
        trusted.put("one", ca.certificate());
        trusted.put("two", authority("etcd-ca").certificate());
        Path file = dir.resolve("trust");
        Files.write(file, KeyStores.trust(type, trusted, PASSWORD));

        String text = keytool("-list", "-keystore", file.toString(), "-storepass", "correct horse");

        assertThat(text).contains("Your keystore contains 2 entries").contains("one, ", "two, ");
        assertThat(text.split("trustedCertEntry", -1)).hasSize(3);
    }

    @Test
    void refusesAKeyThatIsNotTheCertificates() {
        SigningKey key = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
        SigningKey other = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
        Certificate leaf = leaf(key);
        assertThatThrownBy(() -> KeyStores.pkcs12("x", other, List.of(leaf), PASSWORD))
                .isInstanceOf(KeyStoreFailure.class)
                .hasMessage("the private key does not belong to the first certificate");
    }

    @Test
    void refusesAChainWithAForeignIssuerByName() {
        SigningKey key = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
        List<Certificate> chain = List.of(leaf(key), authority("stranger").certificate());
        assertThatThrownBy(() -> KeyStores.jks("x", key, chain, PASSWORD))
                .hasMessage("certificate 2 of the chain, 'CN = stranger', did not issue the one before it");
    }

    @Test
    void refusesPasswordsThatTheToolsCouldNotOpen() {
        assertThatThrownBy(() -> KeyStorePassword.of("short")).hasMessageContaining("shorter than 6");
        assertThatThrownBy(() -> KeyStorePassword.of("pässword"))
                .hasMessageContaining("outside of printable ASCII")
                .hasMessageNotContaining("ssword w");
    }

    @Test
    void neverPrintsAPassword() {
        assertThat(PASSWORD).hasToString("KeyStorePassword[secret]");
    }

    @Test
    void generatesPasswordsThatDiffer() {
        Random seeded = new Random(7);
        String one = new String(KeyStorePassword.generate(seeded).reveal());
        String two = new String(KeyStorePassword.generate(seeded).reveal());
        assertThat(one).hasSize(24).isNotEqualTo(two).matches("[2-9A-HJ-NP-Za-km-z]+");
    }

    @Test
    void takesTheFirstLineOfAPasswordFile() {
        assertThat(KeyStorePassword.firstLine("secret word\r\nmore\n".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("secret word");
    }

    private Certificate leaf(SigningKey key) {
        IssuanceRequest request = new IssuanceRequest(
                DistinguishedName.ofCommonName("kube-apiserver"),
                List.of(new SubjectAltName.Dns("localhost")),
                key.publicKey());
        return ca.issue(ca.prepare(CertificateProfile.server(YEAR), request, Instant.now()));
    }

    private static CertificateAuthority authority(String name) {
        return CertificateAuthority.root(
                CertificateProfile.authority(BasicConstraints.AUTHORITY, YEAR.multipliedBy(10)),
                DistinguishedName.ofCommonName(name),
                PROVIDER.generate(KeyAlgorithm.ECDSA_P256),
                Instant.now(),
                PROVIDER,
                new SecureRandom());
    }

    private static String keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
