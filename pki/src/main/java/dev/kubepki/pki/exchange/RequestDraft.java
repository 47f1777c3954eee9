package dev.kubepki.pki.exchange;

import dev.kubepki.pki.cluster.Item;
import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.CertificateExtensions;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.Extension;
import dev.kubepki.pki.x509.SubjectAltName;
import java.util.ArrayList;
import java.util.List;

/// A request before its key signs it (RFC 2986). It asks for everything that the certificate shall carry, so that
/// whoever signs it with another tool needs nothing but the request.
public record RequestDraft(
        DistinguishedName subject, List<SubjectAltName> subjectAltNames, CertificateProfile profile) {
    /// Defensive copy.
    public RequestDraft {
        subjectAltNames = List.copyOf(subjectAltNames);
    }

    /// For a member of a set.
    public static RequestDraft of(Item item) {
        return new RequestDraft(item.subject(), item.subjectAltNames(), item.profile());
    }

    /// The request for a key, signed by it.
    public CertificateRequest sign(SigningKey key, CryptoProvider provider) {
        List<Extension> extensions = new ArrayList<>();
        extensions.add(CertificateExtensions.keyUsage(profile.keyUsagesFor(key.algorithm())));
        if (!profile.extendedKeyUsages().isEmpty()) {
            extensions.add(CertificateExtensions.extendedKeyUsages(profile.extendedKeyUsages()));
        }
        extensions.add(CertificateExtensions.basicConstraints(profile.basicConstraints()));
        if (!subjectAltNames.isEmpty()) {
            extensions.add(CertificateExtensions.subjectAltNames(subjectAltNames, subject.isEmpty()));
        }
        return CertificateRequest.sign(subject, extensions, key, provider);
    }
}
