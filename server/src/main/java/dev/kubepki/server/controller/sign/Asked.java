package dev.kubepki.server.controller.sign;

import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.server.request.RequestObject;
import java.util.List;
import java.util.Set;

/// What is asked of a signer, and by whom.
///
/// @param requester the name of the user who asks; empty when it is not known yet
public record Asked(CertificateRequest request, Set<String> usages, String requester, List<String> groups) {
    /// Defensive copies.
    public Asked {
        usages = Set.copyOf(usages);
        groups = List.copyOf(groups);
    }

    /// Of an object whose request was read.
    public static Asked of(RequestObject object, CertificateRequest request) {
        return new Asked(request, object.usages(), object.requester(), object.groups());
    }
}
