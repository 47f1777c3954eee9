package dev.kubepki.pki.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.issue.IssuanceRequest;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.trust.TrustBundle.Expired;
import dev.kubepki.pki.trust.TrustBundle.Source;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.DistinguishedName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrustBundleTest {
    private final CertificateAuthority authority = Roots.authority("kubernetes-ca");
    private final Certificate one = authority.certificate();
    private final Certificate two = Roots.ca("etcd-ca");

    @Test
    void holdsEachCertificateOnceInTheOrderFound() {
        TrustBundle bundle = TrustBundle.gather(
                List.of(new Source("a", List.of(two, one)), new Source("b", List.of(one))), Roots.NOW, Expired.REFUSED);
        assertThat(bundle.certificates()).containsExactly(two, one);
    }

    @Test
    void isPlainPemAndNothingElse() {
        String pem = Roots.bundle(one, two).pem();
        assertThat(pem).doesNotContain("\r").endsWith("-----END CERTIFICATE-----\n");
        assertThat(pem.lines().filter(line -> !line.startsWith("-----")))
                .allMatch(line -> line.matches("[A-Za-z0-9+/=]{1,64}"));
        assertThat(Certificate.readAll(Roots.bundle(one, two).encoded())).containsExactly(one, two);
    }

    @Test
    void refusesALeafByFileAndName() {
        IssuanceRequest request = new IssuanceRequest(
                DistinguishedName.ofCommonName("admin"),
                List.of(),
                CryptoProvider.fastest().generate(KeyAlgorithm.ECDSA_P256).publicKey());
        Certificate leaf =
                authority.issue(authority.prepare(CertificateProfile.client(Duration.ofDays(365)), request, Roots.NOW));
        assertThatThrownBy(() ->
                        TrustBundle.gather(List.of(new Source("admin.crt", List.of(leaf))), Roots.NOW, Expired.REFUSED))
                .isInstanceOf(TrustFailure.class)
                .hasMessageStartingWith("admin.crt: 'CN = admin' is not a CA");
    }

    @Test
    void refusesAnExpiredCaUnlessAsked() {
        List<Source> sources = List.of(new Source("old.crt", List.of(one)));
        assertThatThrownBy(() -> TrustBundle.gather(sources, Roots.NOW.plus(Duration.ofDays(4000)), Expired.REFUSED))
                .hasMessageStartingWith("old.crt: 'CN = kubernetes-ca' expired at 2036-");
        assertThat(TrustBundle.gather(sources, Roots.NOW.plus(Duration.ofDays(4000)), Expired.ALLOWED)
                        .certificates())
                .containsExactly(one);
    }

    @Test
    void takesTheNextCaBeforeItsTime() {
        List<Source> sources = List.of(new Source("next.crt", List.of(one)));
        assertThat(TrustBundle.gather(sources, Roots.NOW.minus(Duration.ofDays(9)), Expired.REFUSED)
                        .certificates())
                .hasSize(1);
    }

    @Test
    void refusesAFileWithoutACertificate() {
        assertThatThrownBy(
                        () -> TrustBundle.gather(List.of(new Source("ca.key", List.of())), Roots.NOW, Expired.REFUSED))
                .hasMessageStartingWith("ca.key: it holds no certificate");
    }
}
