package dev.kubepki.pki.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPemTest {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path dir;

    @ParameterizedTest
    @EnumSource(
            value = KeyAlgorithm.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RSA_3072", "RSA_4096"})
    void readsBackWhatItWritesInEveryForm(KeyAlgorithm algorithm) {
        for (CryptoProvider provider : List.of(CryptoProvider.jdk(), CryptoProvider.fastest())) {
            SigningKey key = provider.generate(algorithm);
            for (Pem form : List.of(KeyPem.encode(key), KeyPem.encodePkcs8(key))) {
                SigningKey back = KeyPem.readPrivateKey(form.encoded());
                assertThat(back.matches(key.publicKey()))
                        .as("%s by %s", form, provider.name())
                        .isTrue();
                assertThat(back.algorithm()).contains(algorithm);
                byte[] signed = back.sign(provider, algorithm.signatureName(), MESSAGE);
                assertThat(provider.verify(key.publicKey(), algorithm.signatureName(), MESSAGE, signed))
                        .isTrue();
                signed[signed.length / 2] ^= 1;
                assertThat(provider.verify(key.publicKey(), algorithm.signatureName(), MESSAGE, signed))
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyAlgorithm.class,
            names = {"RSA_2048", "ECDSA_P256", "ED25519"})
    void opensAnEncryptedKeyWithItsPasswordOnly(KeyAlgorithm algorithm) {
        SigningKey key = CryptoProvider.fastest().generate(algorithm);
        byte[] sealed = KeyPem.encrypt(key, "secret".toCharArray()).encoded();
        assertThat(KeyPem.readPrivateKey(sealed, Optional.of("secret".toCharArray()))
                        .matches(key.publicKey()))
                .isTrue();
        assertThatThrownBy(() -> KeyPem.readPrivateKey(sealed, Optional.of("wrong".toCharArray())))
                .isInstanceOf(KeyFailure.class);
        assertThatThrownBy(() -> KeyPem.readPrivateKey(sealed)).hasMessageContaining("no password was given");
    }

    @ParameterizedTest
    @CsvSource({
        "genrsa -out K 2048, RSA_2048",
        "genrsa -traditional -out K 2048, RSA_2048",
        "genrsa -traditional -aes256 -passout pass:secret -out K 2048, RSA_2048",
        "genrsa -aes128 -passout pass:secret -out K 2048, RSA_2048",
        "ecparam -name prime256v1 -genkey -out K, ECDSA_P256",
        "ecparam -name secp384r1 -genkey -noout -out K, ECDSA_P384",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out K, ECDSA_P521",
        "genpkey -algorithm ed25519 -out K, ED25519",
    })
    void readsWhatOpensslWrites(String command, KeyAlgorithm algorithm) throws Exception {
        Path file = dir.resolve("k.pem");
        openssl(command.replace(" K", " " + file));
        SigningKey key = KeyPem.readPrivateKey(Files.readAllBytes(file), Optional.of("secret".toCharArray()));
        assertThat(key.algorithm()).contains(algorithm);
        Path out = dir.resolve("pub.pem");
        openssl("pkey -in " + file + " -passin pass:secret -pubout -out " + out);
        assertThat(KeyPem.encodePublic(key.publicKey()).encode()).isEqualTo(Files.readString(out));
        Files.write(file, KeyPem.encode(key).encoded());
        openssl("pkey -in " + file + " -pubout -out " + dir.resolve("again.pem"));
        assertThat(Files.readString(dir.resolve("again.pem"))).isEqualTo(Files.readString(out));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PBE-SHA1-3DES", "PBE-SHA1-RC2-40"})
    void opensKeysUnderTheOlderSchemesOfOneStep(String scheme) throws Exception {
        Path plain = dir.resolve("plain.pem");
        Path sealed = dir.resolve("sealed.pem");
        openssl("ecparam -name prime256v1 -genkey -noout -out " + plain);
        openssl("pkcs8 -topk8 -provider legacy -provider default -in " + plain + " -v1 " + scheme
                + " -passout pass:secret -out " + sealed);
        SigningKey key = KeyPem.readPrivateKey(Files.readAllBytes(sealed), Optional.of("secret".toCharArray()));
        assertThat(key.matches(KeyPem.readPrivateKey(Files.readAllBytes(plain)).publicKey()))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyAlgorithm.class,
            names = {"ECDSA_P256", "ECDSA_P384", "ECDSA_P521"})
    void computesThePublicPointThatAFileLeavesOut(KeyAlgorithm algorithm) throws Exception {
        SigningKey key = CryptoProvider.jdk().generate(algorithm);
        Path file = dir.resolve("k.der");
        Files.write(file, KeyPem.encode(key).encoded());
        openssl("ec -in " + file + " -no_public -out " + file);
        SigningKey back = KeyPem.readPrivateKey(Files.readAllBytes(file));
        assertThat(back.matches(key.publicKey())).isTrue();
        assertThat(back.isConsistent(CryptoProvider.jdk())).isTrue();
    }

    @Test
    void noticesAPublicHalfThatIsNotThePrivateKeys() {
        byte[] good = KeyPem.encodePkcs8(CryptoProvider.jdk().generate(KeyAlgorithm.ECDSA_P256))
                .der();
        byte[] other = KeyPem.encodePkcs8(CryptoProvider.jdk().generate(KeyAlgorithm.ECDSA_P256))
                .der();
        assertThat(KeyPem.readPrivateKey(Pem.of("PRIVATE KEY", good).encoded()).isConsistent(CryptoProvider.jdk()))
                .isTrue();
        System.arraycopy(other, other.length - 64, good, good.length - 64, 64);
        assertThat(KeyPem.readPrivateKey(Pem.of("PRIVATE KEY", good).encoded()).isConsistent(CryptoProvider.jdk()))
                .isFalse();
    }

    @Test
    void neverPrintsTheSecret() {
        SigningKey key = CryptoProvider.jdk().generate(KeyAlgorithm.ECDSA_P256);
        assertThat(key.toString()).isEqualTo("SigningKey[ECDSA-P256, secret]");
        assertThat(KeyPem.encode(key).toString())
                .startsWith("Pem[EC PRIVATE KEY, ")
                .endsWith(" bytes]");
    }

    @Test
    void namesTheLineOfABlockThatIsCutOff() {
        byte[] half = "text\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n".getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> Pem.readAll(half))
                .hasMessageContaining("line 2")
                .hasMessageContaining("cut off");
    }

    @Test
    void passesOverTextAndOtherBlocks() {
        SigningKey key = CryptoProvider.jdk().generate(KeyAlgorithm.ECDSA_P256);
        String text = "Bag Attributes\r\n-----\r\n"
                + Pem.of("EC PARAMETERS", new byte[] {6, 0}).encode() + "x\n"
                + KeyPem.encode(key).encode().replace("\n", "\r\n");
        SigningKey back = KeyPem.readPrivateKey(text.getBytes(StandardCharsets.US_ASCII));
        assertThat(back.matches(key.publicKey())).isTrue();
    }

    private static void openssl(String arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(("openssl " + arguments).split(" ", -1)))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
