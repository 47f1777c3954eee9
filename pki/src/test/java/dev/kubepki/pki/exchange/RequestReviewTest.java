package dev.kubepki.pki.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.KeyUsage;
import dev.kubepki.pki.x509.SubjectAltName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestReviewTest {
    private static final CryptoProvider JDK = CryptoProvider.jdk();
    private static final SigningKey KEY = JDK.generate(KeyAlgorithm.ECDSA_P256);
    private static final Duration YEAR = Duration.ofDays(365);

    private static CertificateRequest request(String subject, CertificateProfile usages, String... names) {
        return new RequestDraft(
                        SubjectText.parse(subject),
                        Stream.of(names).map(SubjectAltName::of).toList(),
                        usages)
                .sign(KEY, JDK);
    }

    private static RequestReview review(CertificateRequest request, SigningProfile profile) {
        return RequestReview.of(request, new SigningTerms(profile, Optional.empty(), List.of(), false), JDK);
    }

    @Test
    void takesNamesFromTheRequestAndAddsTheSignersOnce() {
        CertificateRequest request = request("/CN=a", CertificateProfile.server(YEAR), "a.example", "10.0.0.1");
        SigningTerms terms = new SigningTerms(
                SigningProfile.SERVER,
                Optional.of(Duration.ofDays(2)),
                List.of(SubjectAltName.of("10.0.0.1"), SubjectAltName.of("b.example")),
                false);

        RequestReview review = RequestReview.of(request, terms, JDK);

        assertThat(review.names())
                .map(Object::toString)
                .containsExactly("DNS:a.example", "IP Address:10.0.0.1", "DNS:b.example");
        assertThat(review.profile().lifetime()).isEqualTo(Duration.ofDays(2));
        assertThat(review.notes()).isEmpty();
    }

    @Test
    void refusesARequestThatWasChanged() {
        byte[] der = request("/CN=honest", CertificateProfile.client(YEAR)).der();
        int at = new String(der, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("honest");
        der[at] = 'H';

        assertThat(review(CertificateRequest.decode(der), SigningProfile.CLIENT).refusals())
                .singleElement()
                .asString()
                .contains("signature is not its own key's");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SERVER", "CLIENT", "SERVER_CLIENT", "KUBELET_SERVER", "KUBELET_CLIENT"})
    void refusesACaUnderALeafProfile(SigningProfile profile) {
        CertificateRequest request =
                request("/CN=a", CertificateProfile.authority(BasicConstraints.AUTHORITY, YEAR), "a.example");

        assertThat(review(request, profile).refusals()).anyMatch(r -> r.contains("asks to be a CA"));
    }

    @Test
    void refusesMastersUnlessTheSignerSaysSo() {
        CertificateRequest request = request("/CN=eve/O=dev/O=system:masters", CertificateProfile.client(YEAR));

        assertThat(review(request, SigningProfile.CLIENT).refusals())
                .singleElement()
                .asString()
                .contains("system:masters")
                .contains("--allow-privileged");
        SigningTerms terms = new SigningTerms(SigningProfile.CLIENT, Optional.empty(), List.of(), true);
        assertThat(RequestReview.of(request, terms, JDK).isAccepted()).isTrue();
    }

    @Test
    void findsMastersInsideAMultiValuedPart() {
        CertificateRequest request = request("/CN=eve+O=system:masters", CertificateProfile.client(YEAR));

        assertThat(review(request, SigningProfile.CLIENT).isAccepted()).isFalse();
    }

    @Test
    void refusesAServerWithoutAHost() {
        assertThat(review(request("/CN=a.example", CertificateProfile.server(YEAR)), SigningProfile.SERVER)
                        .refusals())
                .singleElement()
                .asString()
                .contains("--san");
    }

    @ParameterizedTest
    @CsvSource({
        "/O=system:nodes/CN=system:node:w1, w1, KUBELET_SERVER, true",
        "/O=system:nodes/CN=system:node:w1, '', KUBELET_CLIENT, true",
        "/O=system:nodes/CN=system:node:w1, w1, KUBELET_CLIENT, false",
        "/O=system:nodes/CN=system:node:w1, '', KUBELET_SERVER, false",
        "/O=system:nodes/CN=w1, w1, KUBELET_SERVER, false",
        "/O=system:nodes/CN=system:node:, w1, KUBELET_SERVER, false",
        "/O=system:nodes/O=dev/CN=system:node:w1, w1, KUBELET_SERVER, false",
        "/CN=system:node:w1, w1, KUBELET_SERVER, false",
    })
    void holdsKubeletsToTheirSigners(String subject, String name, SigningProfile profile, boolean accepted) {
        String[] names = name.isEmpty() ? new String[0] : new String[] {name};
        CertificateRequest request = request(subject, profile.usages(), names);

        assertThat(review(request, profile).isAccepted()).isEqualTo(accepted);
    }

    @Test
    void saysWhatTheRequestDoesNotGet() {
        CertificateRequest request = request("/CN=a", CertificateProfile.serverAndClient(YEAR), "a.example");

        assertThat(review(request, SigningProfile.SERVER).notes())
                .containsExactly("it asks for clientAuth, which the profile 'server' does not give");
    }

    @Test
    void saysWhatTheRequestGetsUnasked() {
        CertificateRequest request = request("/CN=a", CertificateProfile.server(YEAR), "a.example");

        assertThat(review(request, SigningProfile.SERVER_CLIENT).notes())
                .containsExactly("the profile 'server-client' gives clientAuth, which it does not ask for");
    }

    @Test
    void keepsTheLimitThatACaAsksFor() {
        BasicConstraints limited = new BasicConstraints(true, OptionalInt.of(0));
        CertificateRequest request = request("/CN=ca", CertificateProfile.authority(limited, YEAR));

        RequestReview review = review(request, SigningProfile.AUTHORITY);

        assertThat(review.profile().basicConstraints()).isEqualTo(limited);
        assertThat(review.profile().keyUsages()).contains(KeyUsage.CERT_SIGN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/CN=KUBECTL-USR/O=system:masters | CN = KUBECTL-USR, O = system:masters",
                "/O=a/O=b/CN=c | O = a, O = b, CN = c",
                "CN=jane, O=dev | CN = jane, O = dev",
                "/CN=a\\/b | CN = a/b",
                "/CN=a+OU=b/c=DE | CN = a + OU = b, C = DE",
                "/1.3.6.1.4.1.57683.2=42/CN=x | 1.3.6.1.4.1.57683.2 = 42, CN = x",
            })
    void keepsTheOrderOfASubject(String written, String name) {
        assertThat(SubjectText.parse(written).toString()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "CN", "/CN=", "/CN=a/b", "/XY=a", "/2.999999999999.=a", "/1.99.1=a"})
    void refusesWhatIsNoSubject(String text) {
        assertThatThrownBy(() -> SubjectText.parse(text)).isInstanceOf(ExchangeFailure.class);
    }

    @Test
    void choosesTheProfileNearestToTheWishes() {
        assertThat(SigningProfile.nearest(request("/CN=a", CertificateProfile.server(YEAR))))
                .isEqualTo(SigningProfile.SERVER);
        assertThat(SigningProfile.nearest(request("/CN=a", CertificateProfile.serverAndClient(YEAR))))
                .isEqualTo(SigningProfile.SERVER_CLIENT);
        CertificateRequest bare = CertificateRequest.sign(DistinguishedName.ofCommonName("a"), List.of(), KEY, JDK);
        assertThat(SigningProfile.nearest(bare)).isEqualTo(SigningProfile.CLIENT);
    }
}
