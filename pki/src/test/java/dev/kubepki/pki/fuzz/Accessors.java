package dev.kubepki.pki.fuzz;

import dev.kubepki.pki.files.KubeconfigFailure;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.Extension;
import dev.kubepki.pki.x509.OpensslText;
import dev.kubepki.pki.x509.RevocationList;
import dev.kubepki.pki.x509.RevokedCertificate;
import dev.kubepki.pki.x509.X509Failure;
import java.util.List;
import java.util.function.Consumer;

/// Everything that can be asked of what was read. An answer may be missing, with a sentence; nothing else may come.
final class Accessors {
    private static final CryptoProvider PROVIDER = CryptoProvider.jdk();

    private static final List<Consumer<Certificate>> OF_CERTIFICATE = List.of(
            Certificate::version,
            Certificate::serial,
            c -> name(c.subject()),
            c -> name(c.issuer()),
            Certificate::validity,
            Certificate::publicKey,
            Certificate::publicKeyInfo,
            Certificate::signatureName,
            Certificate::signatureAlgorithmsAgree,
            c -> c.isSignedBy(c.publicKey(), PROVIDER),
            Certificate::tbs,
            Certificate::isSelfIssued,
            c -> c.extensions().forEach(Extension::syntaxProblem),
            Certificate::subjectAltNames,
            Certificate::keyUsage,
            Certificate::extendedKeyUsages,
            Certificate::basicConstraints,
            Certificate::isCa,
            Certificate::nameConstraints,
            Certificate::syntaxProblem,
            Certificate::timeProblem,
            Certificate::subjectKeyIdentifier,
            Certificate::authorityKeyIdentifier,
            c -> spoken(c.toString()),
            OpensslText::of);

    private static final List<Consumer<CertificateRequest>> OF_REQUEST = List.of(
            r -> name(r.subject()),
            CertificateRequest::publicKey,
            CertificateRequest::signatureName,
            r -> r.isSelfSigned(PROVIDER),
            r -> r.extensions().forEach(Extension::syntaxProblem),
            CertificateRequest::subjectAltNames,
            CertificateRequest::keyUsage,
            CertificateRequest::extendedKeyUsages,
            CertificateRequest::basicConstraints,
            r -> spoken(r.toString()),
            OpensslText::of);

    private static final List<Consumer<RevocationList>> OF_LIST = List.of(
            RevocationList::version,
            l -> name(l.issuer()),
            RevocationList::thisUpdate,
            RevocationList::nextUpdate,
            RevocationList::size,
            l -> l.entries().forEach(RevokedCertificate::reason),
            l -> l.extensions().forEach(Extension::syntaxProblem),
            RevocationList::number,
            RevocationList::authorityKeyIdentifier,
            RevocationList::signatureName,
            RevocationList::fingerprint,
            l -> spoken(l.toString()),
            OpensslText::of);

    private Accessors() {}

    static void readEach(Certificate certificate) {
        OF_CERTIFICATE.forEach(accessor -> tolerate(() -> accessor.accept(certificate)));
    }

    static void readEach(CertificateRequest request) {
        OF_REQUEST.forEach(accessor -> tolerate(() -> accessor.accept(request)));
    }

    static void readEach(RevocationList list) {
        OF_LIST.forEach(accessor -> tolerate(() -> accessor.accept(list)));
    }

    private static void spoken(String text) {
        if (text.isEmpty()) {
            throw new AssertionError("an object that says nothing of itself");
        }
    }

    private static void name(DistinguishedName name) {
        name.rdns();
        name.commonName();
        name.organizations();
        name.matches(name);
        name.isWithin(name);
        String text = name.toString();
        if (!name.equals(DistinguishedName.decode(name.encoded())) || text.isEmpty() != name.isEmpty()) {
            throw new AssertionError("a name that is empty and is not: " + text);
        }
    }

    /// Lets pass what the library declares.
    static void tolerate(Runnable question) {
        try {
            question.run();
        } catch (X509Failure | KeyFailure | KubeconfigFailure e) {
            if (e.getMessage() == null) {
                throw new AssertionError("a failure without a sentence", e);
            }
        }
    }
}
