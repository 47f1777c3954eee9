package dev.kubepki.pki.cluster;

import dev.kubepki.pki.verify.PathValidator;
import dev.kubepki.pki.verify.Purpose;
import dev.kubepki.pki.verify.Rejection;
import dev.kubepki.pki.verify.TrustAnchor;
import dev.kubepki.pki.verify.Verdict;
import dev.kubepki.pki.verify.VerificationPolicy;
import dev.kubepki.pki.x509.AuthorityKeyIdentifier;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether a certificate hangs under its CA.
final class ChainChecks {
    private ChainChecks() {}

    static void signature(Examined examined) {
        Optional<Certificate> leaf = examined.leaf();
        if (leaf.isEmpty()) {
            return;
        }
        String path = examined.item().mainPath();
        Optional<CertificateName> issuerName = examined.item().issuer();
        if (issuerName.isEmpty()) {
            if (!isSignedBy(examined, leaf.get(), leaf.get())) {
                examined.error(
                        "signature", path, "is not signed by its own key", "bring " + path + " back from a backup");
            }
            return;
        }
        Optional<Certificate> issuer = examined.issuer();
        if (issuer.isEmpty()) {
            examined.error(
                    "signature",
                    path,
                    "can't be judged: its CA '" + issuerName.get().label() + "' is missing",
                    "bring the CA back from a backup");
        } else if (!leaf.get().issuer().equals(issuer.get().subject())) {
            examined.error("signature", path, reencoded(leaf.get(), issuer.get()), examined.renew());
        } else if (!isSignedBy(examined, leaf.get(), issuer.get())) {
            examined.error(
                    "signature",
                    path,
                    "is not signed by the CA '" + issuerName.get().label()
                            + "' that is here, though by one of that name",
                    examined.renew());
        }
    }

    private static String reencoded(Certificate leaf, Certificate issuer) {
        return leaf.issuer().toString().equals(issuer.subject().toString())
                ? "names its issuer in another encoding than the CA itself, which Go does not accept"
                : "is issued by '" + leaf.issuer() + "', wanted is '" + issuer.subject() + "'";
    }

    static boolean isSignedBy(Examined examined, Certificate certificate, Certificate issuer) {
        return KeyChecks.publicKey(issuer)
                .map(key -> certificate.isSignedBy(key, examined.set().provider()))
                .orElse(false);
    }

    static void authorityKeyId(Examined examined) {
        Optional<Certificate> leaf = examined.leaf().filter(c -> c.version() == 3);
        Optional<Certificate> issuer = examined.issuer();
        if (leaf.isEmpty() || issuer.isEmpty()) {
            return;
        }
        String path = examined.item().mainPath();
        Optional<AuthorityKeyIdentifier> found = leaf.get().authorityKeyIdentifier();
        Optional<String> keyId = found.flatMap(AuthorityKeyIdentifier::keyId);
        if (keyId.isEmpty() && found.flatMap(AuthorityKeyIdentifier::serial).isEmpty()) {
            examined.warn(
                    "authority-key-id",
                    path,
                    "has no authority key identifier, so a second CA of that name confuses OpenSSL",
                    examined.renew());
        } else if (keyId.isPresent()
                && issuer.get().subjectKeyIdentifier().isPresent()
                && !keyId.equals(issuer.get().subjectKeyIdentifier())) {
            examined.error(
                    "authority-key-id",
                    path,
                    "points to another key of its CA than the one that is here",
                    examined.renew());
        }
        if (found.flatMap(AuthorityKeyIdentifier::serial).isPresent()) {
            examined.warn(
                    "authority-key-id",
                    path,
                    "is tied to its CA's serial number, so renewing the CA would break it for OpenSSL and Java",
                    examined.renew());
        }
    }

    static void sameSubject(Examined examined) {
        Optional<Certificate> leaf = examined.leaf();
        if (leaf.isPresent()
                && examined.item().issuer().isPresent()
                && leaf.get().isSelfIssued()) {
            String note = leaf.get().authorityKeyIdentifier().isPresent()
                    ? ""
                    : ", and without an authority key identifier OpenSSL takes it for self-signed";
            String what = "bears the same subject as its CA" + note;
            if (note.isEmpty()) {
                examined.warn("same-subject", examined.item().mainPath(), what, examined.renew());
            } else {
                examined.error("same-subject", examined.item().mainPath(), what, examined.renew());
            }
        }
    }

    static void outlivesAuthority(Examined examined) {
        Optional<Certificate> leaf = examined.leaf();
        Optional<Certificate> issuer = examined.issuer();
        if (leaf.isPresent()
                && issuer.isPresent()
                && leaf.get()
                        .validity()
                        .notAfter()
                        .isAfter(issuer.get().validity().notAfter())) {
            examined.warn(
                    "outlives-ca",
                    examined.item().mainPath(),
                    "ends on " + leaf.get().validity().notAfter() + ", after its CA, which ends on "
                            + issuer.get().validity().notAfter(),
                    examined.renew());
        }
    }

    /// The whole path by RFC 5280 §6, for what no other check has found already.
    static void path(Examined examined) {
        Optional<Certificate> leaf = examined.leaf();
        Optional<Certificate> issuer = examined.issuer();
        boolean judged = examined.findings().stream().anyMatch(Finding::isError);
        if (judged || leaf.isEmpty() || issuer.isEmpty() || examined.item().isAuthority()) {
            return;
        }
        List<Certificate> between =
                new ArrayList<>(examined.chain().subList(1, examined.chain().size()));
        between.add(issuer.get());
        List<TrustAnchor> anchors = examined.set().authorities().chain(CertificateName.ROOT).stream()
                .map(TrustAnchor::new)
                .toList();
        if (anchors.isEmpty()) {
            anchors = List.of(new TrustAnchor(issuer.get()));
        }
        PathValidator validator = new PathValidator(
                anchors, VerificationPolicy.KUBERNETES, examined.set().provider());
        boolean server = examined.item().profile().extendedKeyUsages().contains(ExtendedKeyUsage.SERVER_AUTH);
        Purpose purpose = server ? Purpose.SERVER : Purpose.CLIENT;
        if (validator.verify(leaf.get(), between, purpose, examined.now()) instanceof Verdict.Rejected(Rejection why)) {
            examined.error("path", examined.item().mainPath(), why.sentence(), examined.renew());
        }
    }
}
