package dev.kubepki.pki.verify;

import static dev.kubepki.pki.verify.Chains.NOW;
import static dev.kubepki.pki.verify.Chains.PROVIDER;
import static dev.kubepki.pki.verify.Chains.ca;
import static dev.kubepki.pki.verify.Chains.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.pki.verify.Chains.Signer;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.CertificateExtensions;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.Extension;
import dev.kubepki.pki.x509.SubjectAltName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameConstraintsTest {
    private static final int PERMITTED = 0xa0;
    private static final int EXCLUDED = 0xa1;

    /// One DER value of less than 128 bytes.
    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(tag);
        value.write(content.size());
        value.writeBytes(content.toByteArray());
        return value.toByteArray();
    }

    private static byte[] base(String kind, String text) {
        return switch (kind) {
            case "email" -> der(0x81, text.getBytes(StandardCharsets.US_ASCII));
            case "dns" -> der(0x82, text.getBytes(StandardCharsets.US_ASCII));
            case "dn" -> der(0xa4, DistinguishedName.ofCommonName(text).encoded());
            case "uri" -> der(0x86, text.getBytes(StandardCharsets.US_ASCII));
            case "ip" -> der(0x87, HexFormat.of().parseHex(text));
            case "rid" -> der(0x88, HexFormat.of().parseHex(text));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Extension constraint(int list, String kind, String text) {
        return new Extension(Extension.NAME_CONSTRAINTS, true, der(0x30, der(list, der(0x30, base(kind, text)))));
    }

    private static SubjectAltName name(String kind, String text) {
        return switch (kind) {
            case "email" -> new SubjectAltName.Email(text);
            case "dns" -> new SubjectAltName.Dns(text);
            case "uri" -> new SubjectAltName.Uri(text);
            case "ip" -> new SubjectAltName.Ip(text);
            case "rid" -> new SubjectAltName.Other(8, der(0x88, HexFormat.of().parseHex(text)));
            case "dn" ->
                new SubjectAltName.Other(
                        4, der(0xa4, DistinguishedName.ofCommonName(text).encoded()));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Verdict verify(Signer root, Certificate leaf, Certificate... untrusted) {
        return new PathValidator(List.of(new TrustAnchor(root.certificate())), VerificationPolicy.KUBERNETES, PROVIDER)
                .verify(leaf, List.of(untrusted), Purpose.SERVER, NOW);
    }

    private static boolean accepts(int list, String kind, String base, String nameKind, String name) {
        Signer root = ca("root").with(constraint(list, kind, base)).selfSigned();
        Certificate leaf = leaf().subject(DistinguishedName.of(List.of()))
                .with(CertificateExtensions.subjectAltNames(List.of(name(nameKind, name)), true))
                .signedBy(root)
                .certificate();
        Verdict verdict = verify(root, leaf);
        if (verdict instanceof Verdict.Rejected(Rejection reason)) {
            assertThat(reason).isInstanceOf(Rejection.NameNotPermitted.class);
        }
        return verdict instanceof VerifiedPath;
    }

    @ParameterizedTest
    @CsvSource({
        "dns, example.com, dns, example.com, true",
        "dns, example.com, dns, a.b.EXAMPLE.com, true",
        "dns, example.com, dns, notexample.com, false",
        "dns, example.com, dns, *.example.com, true",
        "dns, foo.example.com, dns, *.example.com, false",
        "dns, .example.com, dns, a.example.com, true",
        "dns, .example.com, dns, example.com, false",
        "dns, example.com, dns, a..example.com, false",
        "dns, example.com, ip, 10.0.0.1, true",
        "ip, 0a000000ff000000, ip, 10.200.3.4, true",
        "ip, 0a000000ff000000, ip, 11.0.0.1, false",
        "ip, 0a000000ff000000, ip, ::1, false",
        "ip, 0a000000ff000000, dns, example.com, true",
        "email, example.com, email, a@example.com, true",
        "email, example.com, email, a@host.example.com, false",
        "email, .example.com, email, a@host.example.com, true",
        "email, a@example.com, email, a@EXAMPLE.com, true",
        "email, a@example.com, email, A@example.com, false",
        "email, example.com, email, a@b@example.com, false",
        "uri, example.com, uri, https://example.com/x, true",
        "uri, example.com, uri, https://a.example.com/x, false",
        "uri, .example.com, uri, spiffe://a.example.com/x, true",
        "uri, example.com, uri, urn:x, false",
        "uri, example.com, uri, https://10.0.0.1/, false",
        "dn, foo, dn, FOO, true",
        "dn, foo, dn, bar, false",
        "rid, 2a03, rid, 2a03, false",
        "rid, 2a03, dns, example.com, true",
    })
    void keepsNamesWithinThePermittedSubtree(String kind, String base, String nameKind, String name, boolean accepted) {
        assertThat(accepts(PERMITTED, kind, base, nameKind, name)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({
        "dns, example.com, dns, example.com, false",
        "dns, example.com, dns, a.example.com, false",
        "dns, example.com, dns, example.org, true",
        "dns, foo.example.com, dns, *.example.com, false",
        "dns, a.foo.example.com, dns, *.example.com, true",
        "dns, com, dns, *.example.com, false",
        "dns, example.com, dns, a..example.org, false",
        "ip, 0a000000ff000000, ip, 10.200.3.4, false",
        "ip, 0a000000ff000000, ip, 11.0.0.1, true",
        "email, a@example.com, email, b@example.com, true",
        "dn, foo, dn, foo, false",
        "rid, 2a03, rid, 2a04, false",
    })
    void keepsNamesOutOfTheExcludedSubtree(String kind, String base, String nameKind, String name, boolean accepted) {
        assertThat(accepts(EXCLUDED, kind, base, nameKind, name)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({
        "dns, *.example.com",
        "dns, a..b",
        "email, a@b@c",
        "email, @example.com",
        "ip, 0a000000",
        "ip, 0a000000ff00ff00",
    })
    void refusesConstraintsThatNameNothing(String kind, String base) {
        Signer root = ca("root").with(constraint(PERMITTED, kind, base)).selfSigned();
        assertMalformed(root);
    }

    @ParameterizedTest
    @CsvSource({"3000", "3002a000", "3004a0000500", "300aa008300682016180010a", "3006a20430028201", "0500"})
    void refusesConstraintsOfAnotherForm(String hex) {
        Signer root = ca("root")
                .with(new Extension(
                        Extension.NAME_CONSTRAINTS, true, HexFormat.of().parseHex(hex)))
                .selfSigned();
        assertMalformed(root);
    }

    private static void assertMalformed(Signer root) {
        Verdict verdict = verify(root, leaf().signedBy(root).certificate());
        assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
        assertThat(((Verdict.Rejected) verdict).reason()).isInstanceOf(Rejection.MalformedExtension.class);
    }

    @Test
    void holdsTheSubjectToDirectoryNames() {
        Signer root = ca("root").with(constraint(PERMITTED, "dn", "node")).selfSigned();
        assertThat(verify(root, leaf().signedBy(root).certificate())).isInstanceOf(VerifiedPath.class);
        Certificate other = leaf().subject(DistinguishedName.ofCommonName("other"))
                .signedBy(root)
                .certificate();
        assertThat(verify(root, other)).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void holdsEmailAddressesInTheSubjectWhereThereAreNoOthers() {
        Signer root =
                ca("root").with(constraint(EXCLUDED, "email", "example.com")).selfSigned();
        DistinguishedName subject =
                DistinguishedName.of(List.of(new DistinguishedName.Attribute("1.2.840.113549.1.9.1", "a@example.com")));
        assertThat(verify(root, leaf().subject(subject).signedBy(root).certificate()))
                .isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void addsUpTheConstraintsOfAllCasAndSparesSelfIssuedOnes() {
        Signer root =
                ca("root").with(constraint(PERMITTED, "dns", "example.com")).selfSigned();
        Signer narrow = ca("narrow")
                .with(constraint(EXCLUDED, "dns", "node.example.com"))
                .signedBy(root);
        assertThat(verify(root, leaf().signedBy(root).certificate())).isInstanceOf(VerifiedPath.class);
        assertThat(verify(root, leaf().signedBy(narrow).certificate(), narrow.certificate()))
                .isInstanceOf(Verdict.Rejected.class);

        Signer named = ca("named").with(Chains.names("other.org")).signedBy(root);
        assertThat(verify(root, leaf().signedBy(named).certificate(), named.certificate()))
                .isInstanceOf(Verdict.Rejected.class);
        Signer selfIssued = ca("root").with(Chains.names("other.org")).signedBy(root);
        assertThat(verify(root, leaf().signedBy(selfIssued).certificate(), selfIssued.certificate()))
                .isInstanceOf(VerifiedPath.class);
    }
}
