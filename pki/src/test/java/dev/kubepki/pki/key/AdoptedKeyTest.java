package dev.kubepki.pki.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdoptedKeyTest {
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @EnumSource(names = {"RSA_2048", "ECDSA_P256", "ECDSA_P384", "ED25519"})
    void signsForAnotherProviderWhatTheFirstOneVerifies(KeyAlgorithm algorithm) {
        SigningKey made = CryptoProvider.jdk().generate(algorithm);
        CryptoProvider fastest = CryptoProvider.fastest();

        SigningKey adopted = fastest.adopt(made);

        assertThat(adopted.matches(made.publicKey())).isTrue();
        byte[] signed = adopted.sign(fastest, algorithm.signatureName(), MESSAGE);
        assertThat(CryptoProvider.jdk().verify(made.publicKey(), algorithm.signatureName(), MESSAGE, signed))
                .isTrue();
    }
}
