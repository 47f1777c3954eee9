package dev.kubepki.pki.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.pki.verify.Chains.Signer;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.CertificateExtensions;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.Extension;
import dev.kubepki.pki.x509.SubjectAltName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerNameTest {
    private final Signer root = Chains.ca("root").selfSigned();

    private Verdict verify(Certificate leaf, PeerName... peers) {
        return new PathValidator(
                        List.of(new TrustAnchor(root.certificate())), VerificationPolicy.KUBERNETES, Chains.PROVIDER)
                .verify(leaf, List.of(), Purpose.SERVER, List.of(peers), Chains.NOW);
    }

    private Certificate named(SubjectAltName... names) {
        return Chains.leaf()
                .with(CertificateExtensions.subjectAltNames(List.of(names), false))
                .signedBy(root)
                .certificate();
    }

    @ParameterizedTest
    @CsvSource({
        "node.example.com, node.example.com, true",
        "Node.Example.COM, node.example.com, true",
        "node.example.com, node.example.com., true",
        "node.example.com., node.example.com, false",
        "node.example.com, other.example.com, false",
        "*.example.com, node.example.com, true",
        "*.example.com, a.node.example.com, false",
        "*.example.com, example.com, false",
        "*.example.com, .example.com, false",
        "no*.example.com, node.example.com, false",
        "node.*.com, node.example.com, false",
        "*, localhost, false",
        "*.*.com, node.example.com, false",
        "my_node, my_node, true",
        "10.0.0.1, 10.0.0.1, false",
        "xn--mller-kva.example, xn--mller-kva.example, true",
        "xn--mller-kva.example, müller.example, false",
    })
    void matchesHostsLabelByLabel(String presented, String host, boolean matches) {
        Certificate leaf = named(new SubjectAltName.Dns(presented));
        assertThat(verify(leaf, new PeerName.Dns(host)) instanceof VerifiedPath).isEqualTo(matches);
    }

    @Test
    void findsIpAddressesOnlyAmongIpAddresses() {
        Certificate leaf = named(new SubjectAltName.Ip("fd00::1"), new SubjectAltName.Dns("10.0.0.1"));
        assertThat(verify(leaf, PeerName.of("fd00:0:0::1"))).isInstanceOf(VerifiedPath.class);
        assertThat(verify(leaf, PeerName.of("10.0.0.1"))).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void findsMailboxesByTheirExactLocalPart() {
        Certificate leaf = named(new SubjectAltName.Email("Ann@Example.com"));
        assertThat(verify(leaf, new PeerName.Email("Ann@example.COM"))).isInstanceOf(VerifiedPath.class);
        assertThat(verify(leaf, new PeerName.Email("ann@example.com"))).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void wantsEveryNameAndNeverTheCommonName() {
        Certificate leaf = Chains.leaf().signedBy(root).certificate();
        assertThat(verify(leaf, PeerName.of("node.example.com"), PeerName.of("10.0.0.1")))
                .isInstanceOf(VerifiedPath.class);
        assertThat(verify(leaf, PeerName.of("node.example.com"), PeerName.of("10.0.0.2")))
                .isEqualTo(new Verdict.Rejected(
                        new Rejection.NameMismatch(leaf, PeerName.of("10.0.0.2"), leaf.subjectAltNames())));
        Certificate old = Chains.leaf()
                .without(Extension.SUBJECT_ALT_NAME)
                .subject(DistinguishedName.ofCommonName("node.example.com"))
                .signedBy(root)
                .certificate();
        Verdict verdict = verify(old, PeerName.of("node.example.com"));
        assertThat(((Verdict.Rejected) verdict).reason().sentence()).contains("a common name does not count");
    }
}
