package dev.kubepki.pki.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Small files that ask for minutes of work are refused before any of it is done, with the limit in the sentence.
class HostileKeysTest {
    private static final char[] PASSWORD = "secret".toCharArray();
    private static final byte[] RSA = oid("2a864886f70d010101");

    @ParameterizedTest
    @ValueSource(longs = {600_001, Integer.MAX_VALUE, 1L << 40})
    void refusesMoreRoundsOfKeyDerivationThanAFileMayHave(long rounds) {
        assertThatThrownBy(() -> open(pbes2("2a864886f70d01050c", rounds)))
                .isInstanceOf(KeyFailure.class)
                .hasMessage("asks for " + rounds + " rounds of key derivation, and one file may have 600000; "
                        + "write it anew with openssl's option -iter 100000");
    }

    @Test
    void refusesACountOfRoundsThatNoNumberHolds() {
        byte[] parameters = Der.sequence(Der.value(Der.OCTET_STRING, new byte[8]), number(90));
        assertThatThrownBy(() -> open(sealed(Der.sequence(oid("2a864886f70d010c0103"), parameters))))
                .hasMessageContaining("one file may have 600000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2a864886f70d010503", "2a864886f70d010c0101", "2a864886f70d010c0103", "2a864886f70d010c0106"})
    void refusesThemInSchemesOfOneStep(String scheme) {
        byte[] parameters = Der.sequence(
                Der.value(Der.OCTET_STRING, new byte[8]), Der.integer(BigInteger.valueOf(Integer.MAX_VALUE)));
        assertThatThrownBy(() -> open(sealed(Der.sequence(oid(scheme), parameters))))
                .isInstanceOf(KeyFailure.class)
                .hasMessageContaining("asks for 2147483647 rounds");
    }

    @Test
    void refusesScryptByName() {
        assertThatThrownBy(() -> open(pbes2("2b06010401da47040b", 1)))
                .isInstanceOf(KeyFailure.class)
                .hasMessageContaining("under scrypt are not supported");
    }

    @Test
    void sumsTheRoundsOfAFile() {
        PasswordWork work = new PasswordWork();
        work.spend(PasswordWork.MOST_ROUNDS - 1);
        work.spend(1);
        assertThatThrownBy(() -> work.spend(1)).isInstanceOf(KeyFailure.class);
    }

    @Test
    void countsTheRoundsThatItWritesItself() {
        SigningKey key = CryptoProvider.jdk().generate(KeyAlgorithm.ECDSA_P256);
        assertThat(KeyPem.derivationRounds(KeyPem.encrypt(key, PASSWORD))).isBetween(1_000L, 100_000L);
        assertThat(KeyPem.derivationRounds(KeyPem.encode(key))).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "16385 | 17 | 100 | the RSA key's modulus has 16385 bits, and may have 16384",
                "100000 | 17 | 100 | the RSA key's modulus has 100000 bits, and may have 16384",
                "2048 | 65 | 2048 | the RSA key's public exponent has 65 bits, and may have 64",
                "2048 | 17 | 2049 | the RSA key's private exponent has 2049 bits, and may have 2048",
                "2048 | 17 | 90000 | the RSA key's private exponent has 90000 bits, and may have 2048",
            })
    void refusesRsaNumbersBeyondTheirMeasure(int modulus, int exponent, int others, String message) {
        if (others < modulus) {
            byte[] numbers = Der.sequence(number(modulus), number(exponent));
            byte[] spki = Der.sequence(Der.sequence(RSA), Der.value(Der.BIT_STRING, new byte[1], numbers));
            assertThatThrownBy(() -> KeyPem.publicKey(spki))
                    .isInstanceOf(KeyFailure.class)
                    .hasMessage(message);
        }
        byte[] pkcs1 = Der.sequence(
                Der.integer(BigInteger.ZERO),
                number(modulus),
                number(exponent),
                number(others),
                number(others),
                number(others),
                number(others),
                number(others),
                number(others));
        assertThatThrownBy(() -> KeyPem.readPrivateKey(Pem.of("RSA PRIVATE KEY", pkcs1), Optional.empty()))
                .isInstanceOf(KeyFailure.class)
                .hasMessage(message);
    }

    @Test
    void refusesADsaPrimeBeyondItsMeasure() {
        byte[] parameters = Der.sequence(number(60_000), number(256), number(2));
        byte[] algorithm = Der.sequence(oid("2a8648ce380401"), parameters);
        byte[] spki = Der.sequence(algorithm, Der.value(Der.BIT_STRING, new byte[1], number(2)));
        assertThatThrownBy(() -> KeyPem.publicKey(spki))
                .isInstanceOf(KeyFailure.class)
                .hasMessage("the DSA key's prime has 60000 bits, and may have 4096");
    }

    /// A scalar beside a public point: the point must not spare the look at the scalar.
    @ParameterizedTest
    @ValueSource(ints = {257, 100_000})
    void refusesAScalarOutsideTheOrderAlsoWhereAPointStandsBesideIt(int bits) {
        byte[] curve = oid("2a8648ce3d030107");
        byte[] point = Der.value(0xa1, Der.value(Der.BIT_STRING, new byte[1], new byte[] {4}, new byte[64]));
        byte[] scalar = BigInteger.ONE.shiftLeft(bits - 1).toByteArray();
        byte[] sec1 = Der.sequence(
                Der.integer(BigInteger.ONE), Der.value(Der.OCTET_STRING, scalar), Der.value(0xa0, curve), point);
        assertThatThrownBy(() -> KeyPem.readPrivateKey(Pem.of("EC PRIVATE KEY", sec1), Optional.empty()))
                .isInstanceOf(KeyFailure.class)
                .hasMessageContaining("outside the curve's order");
    }

    /// RFC 5480 §2.1.1 forbids them, and whoever reads them lets a stranger choose the field.
    @Test
    void refusesACurveThatIsSpelledOut() {
        byte[] field = Der.sequence(oid("2a8648ce3d0101"), number(100_000));
        byte[] explicit = Der.sequence(
                Der.integer(BigInteger.ONE),
                field,
                Der.sequence(Der.value(Der.OCTET_STRING, new byte[9]), Der.value(Der.OCTET_STRING, new byte[9])),
                Der.value(Der.OCTET_STRING, new byte[65]),
                number(100_000));
        byte[] sec1 = Der.sequence(
                Der.integer(BigInteger.ONE), Der.value(Der.OCTET_STRING, new byte[32]), Der.value(0xa0, explicit));
        assertThatThrownBy(() -> KeyPem.readPrivateKey(Pem.of("EC PRIVATE KEY", sec1), Optional.empty()))
                .isInstanceOf(KeyFailure.class);
    }

    private static SigningKey open(byte[] sealed) {
        return KeyPem.readPrivateKey(Pem.of("ENCRYPTED PRIVATE KEY", sealed), Optional.of(PASSWORD));
    }

    private static byte[] pbes2(String derivation, long rounds) {
        byte[] parameters =
                Der.sequence(Der.value(Der.OCTET_STRING, new byte[8]), Der.integer(BigInteger.valueOf(rounds)));
        byte[] cipher = Der.sequence(oid("60864801650304012a"), Der.value(Der.OCTET_STRING, new byte[16]));
        byte[] both = Der.sequence(Der.sequence(oid(derivation), parameters), cipher);
        return sealed(Der.sequence(oid("2a864886f70d01050d"), both));
    }

    private static byte[] sealed(byte[] algorithm) {
        return Der.sequence(algorithm, Der.value(Der.OCTET_STRING, new byte[64]));
    }

    private static byte[] oid(String hex) {
        return Der.value(Der.OID, HexFormat.of().parseHex(hex));
    }

    /// An odd number of so many bits.
    private static byte[] number(int bits) {
        return Der.integer(BigInteger.ONE.shiftLeft(bits - 1).setBit(0));
    }
}
