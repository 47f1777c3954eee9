package dev.kubepki.pki.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.files.KeyStorePassword;
import dev.kubepki.pki.x509.Certificate;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaStoreTest {
    private static final KeyStorePassword PASSWORD = KeyStorePassword.commonForTrust();

    @TempDir
    Path dir;

    private final Certificate ca = Roots.ca("kubernetes-ca");
    private final Certificate etcd = Roots.ca("etcd-ca");

    @ParameterizedTest
    @ValueSource(strings = {"trust.p12", "trust.jks"})
    void keytoolSeesEveryCertificateAndThenNoneAgain(String name) throws Exception {
        Path file = dir.resolve(name);
        install(file, Roots.bundle(ca, etcd)).carryOut();
        assertThat(keytool(file, "-list"))
                .contains("Your keystore contains 2 entries")
                .contains("kubepki-kubernetes-ca-" + ca.fingerprint().substring(0, 8))
                .contains("kubepki-etcd-ca-" + etcd.fingerprint().substring(0, 8));
        assertThat(keytool(file, "-list", "-v"))
                .contains("Keystore type: " + (name.endsWith("jks") ? "JKS" : "PKCS12"));
        assertThat(install(file, Roots.bundle(ca, etcd)).isEmpty()).isTrue();

        store(file, PASSWORD).remove(only(ca)).carryOut();
        assertThat(keytool(file, "-list"))
                .contains("Your keystore contains 1 entry")
                .contains("kubepki-etcd-ca-");
    }

    @Test
    void addsToACopyOfJavasOwnCacertsAndKeepsItsTypeAndMode() throws Exception {
        Path file = dir.resolve("cacerts");
        Files.copy(Path.of(System.getProperty("java.home"), "lib/security/cacerts"), file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        long before = entries(file);
        install(file, Roots.bundle(ca, etcd)).carryOut();
        assertThat(entries(file)).isEqualTo(before + 2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        store(file, PASSWORD)
                .remove(new Removal(Optional.empty(), Optional.empty()))
                .carryOut();
        assertThat(entries(file)).isEqualTo(before);
    }

    @Test
    void opensslReadsThePkcs12Truststore() throws Exception {
        Path file = dir.resolve("trust.p12");
        install(file, Roots.bundle(ca, etcd)).carryOut();
        String text = run("openssl", "pkcs12", "-in", file.toString(), "-nokeys", "-passin", "pass:changeit");
        assertThat(Certificate.readAll(text.getBytes(StandardCharsets.UTF_8))).containsExactlyInAnyOrder(ca, etcd);
    }

    @Test
    void leavesAnEntryOfSomebodyElseAlone() throws Exception {
        Path file = dir.resolve("trust.p12");
        Path pem = Files.write(dir.resolve("ca.crt"), ca.pem().encoded());
        keytool(file, "-importcert", "-noprompt", "-alias", "mine", "-file", pem.toString());
        StorePlan install = install(file, Roots.bundle(ca));
        assertThat(install.isEmpty()).isTrue();
        assertThat(install.notes()).containsExactly("'CN = kubernetes-ca' is trusted already, as 'mine'");
        StorePlan remove = store(file, PASSWORD).remove(only(ca));
        assertThat(remove.isEmpty()).isTrue();
        assertThat(remove.notes()).containsExactly("the entry 'mine' is left alone: it was not put there by kubepki");
    }

    @ParameterizedTest
    @ValueSource(strings = {"trust.p12", "trust.jks"})
    void namesAWrongPassword(String name) throws Exception {
        Path file = dir.resolve(name);
        install(file, Roots.bundle(ca)).carryOut();
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() ->
                        store(file, KeyStorePassword.existing("wrong one")).remove(only(ca)))
                .isInstanceOf(TrustFailure.class)
                .hasMessageStartingWith(file + ": the password is wrong")
                .hasMessageNotContaining("wrong one");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void refusesATruststoreWhosePasswordWouldTakeMinutesToTry() throws Exception {
        Path file = dir.resolve("trust.p12");
        try (InputStream hostile = getClass().getResourceAsStream("/dev/kubepki/pki/fuzz/INSPECTION-1")) {
            Files.copy(hostile, file);
        }
        assertThatThrownBy(
                        () -> store(file, KeyStorePassword.existing("trustno1")).remove(only(ca)))
                .isInstanceOf(TrustFailure.class)
                .hasMessageStartingWith(file + ": asks for 4701000 rounds of key derivation");
    }

    @Test
    void refusesAFileThatIsNoTruststore() throws Exception {
        Path file = Files.writeString(dir.resolve("notes.txt"), "hello");
        assertThatThrownBy(() -> install(file, Roots.bundle(ca)))
                .hasMessage(file + ": it is neither a PKCS#12 nor a JKS file; check the path");
    }

    private static StorePlan install(Path file, TrustBundle bundle) {
        return store(file, PASSWORD).install(bundle, Optional.empty());
    }

    private static TrustStore store(Path file, KeyStorePassword password) {
        return new JavaStore(file, password, FileOperations.disk());
    }

    private static Removal only(Certificate certificate) {
        return new Removal(Optional.of(Set.of(certificate.fingerprint())), Optional.empty());
    }

    private static long entries(Path file) throws Exception {
        return keytool(file, "-list")
                .lines()
                .filter(line -> line.contains("trustedCertEntry"))
                .count();
    }

    private static String keytool(Path file, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", file.toString(), "-storepass", "changeit"));
        return run(command.toArray(String[]::new));
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
