package dev.kubepki.pki.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.DistinguishedName.Attribute;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrictReadingTest {
    private static final CryptoProvider PROVIDER = CryptoProvider.jdk();

    private static Certificate certificate(String notAfter) {
        SigningKey key = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
        DistinguishedName name = DistinguishedName.ofCommonName("ca");
        return new CertificateDraft(
                        name,
                        name,
                        BigInteger.TWO,
                        new Validity(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse(notAfter)),
                        key.publicKey().getEncoded(),
                        List.of(CertificateExtensions.basicConstraints(BasicConstraints.AUTHORITY)))
                .sign(key, PROVIDER);
    }

    /// The same certificate with some of its bytes exchanged for as many others, Latin-1 as bytes.
    private static Certificate patched(Certificate certificate, String old, String replacement) {
        String text = new String(certificate.der(), StandardCharsets.ISO_8859_1);
        assertThat(text).contains(old);
        return Certificate.decode(text.replace(old, replacement).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void findsTimesInAFormThatTheirYearForbids() {
        Certificate good = certificate("2050-01-01T00:00:00Z");
        assertThat(good.timeProblem()).isEmpty();
        assertThat(good.syntaxProblem()).isEmpty();
        assertThat(patched(good, "20500101", "20490101").timeProblem())
                .contains("notAfter is a GeneralizedTime before 2050");
    }

    @Test
    void findsWhatIsNotDer() {
        Certificate good = certificate("2030-01-01T00:00:00Z");
        Certificate sloppyTrue = patched(good, "\u0001\u0001\u00ff", "\u0001\u0001\u0001");
        assertThat(sloppyTrue.syntaxProblem()).contains("it is not written in DER");
        assertThat(sloppyTrue.extensions().getFirst().syntaxProblem()).contains("its content is not DER");
        byte[] der = good.der();
        assertThatThrownBy(() -> Certificate.decode(Arrays.copyOf(der, der.length + 1)))
                .isInstanceOf(X509Failure.class);
    }

    @Test
    void comparesNamesWithoutCaseAndSpacesButInOrder() {
        DistinguishedName name = name("O", "Kube  PKI", "CN", "Root");
        assertThat(name.matches(name("O", "kube pki", "CN", "ROOT"))).isTrue();
        assertThat(name).isNotEqualTo(name("O", "kube pki", "CN", "ROOT"));
        assertThat(name.matches(name("CN", "Root", "O", "Kube PKI"))).isFalse();
        assertThat(name.matches(name("O", "Kube PKI"))).isFalse();
        assertThat(name.isWithin(name("O", "kube PKI"))).isTrue();
        assertThat(name.isWithin(name("CN", "Root"))).isFalse();
        assertThat(name("O", "Kube PKI").isWithin(name)).isFalse();
        assertThat(name.isWithin(DistinguishedName.of(List.of()))).isTrue();
    }

    private static DistinguishedName name(String... pairs) {
        Attribute first = attribute(pairs[0], pairs[1]);
        return pairs.length == 2
                ? DistinguishedName.of(List.of(first))
                : DistinguishedName.of(List.of(first, attribute(pairs[2], pairs[3])));
    }

    private static Attribute attribute(String type, String value) {
        return new Attribute(type.equals("O") ? DistinguishedName.ORGANIZATION : DistinguishedName.COMMON_NAME, value);
    }
}
