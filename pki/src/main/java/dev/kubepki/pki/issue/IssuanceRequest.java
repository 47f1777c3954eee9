package dev.kubepki.pki.issue;

import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.SubjectAltName;
import java.security.PublicKey;
import java.util.List;

/// For whom a certificate is wanted. That the requester holds the private key was checked by the caller.
public record IssuanceRequest(DistinguishedName subject, List<SubjectAltName> subjectAltNames, PublicKey publicKey) {
    /// Defensive copy.
    public IssuanceRequest {
        subjectAltNames = List.copyOf(subjectAltNames);
    }
}
