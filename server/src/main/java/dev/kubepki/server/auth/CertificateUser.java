package dev.kubepki.server.auth;

import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.X509Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whom a verified client certificate names.
final class CertificateUser {
    static final String CREDENTIAL_ID = "authentication.kubernetes.io/credential-id";

    private CertificateUser() {}

    /// Empty when it has no common name, or an empty one: it is then nobody's here, and no offence.
    ///
    /// @throws X509Failure when its subject can't be taken for a user
    static Optional<UserInfo> of(Certificate leaf) {
        DistinguishedName subject = leaf.subject();
        subject.textProblem().ifPresent(problem -> {
            throw new X509Failure("the subject of a client certificate is refused: " + problem);
        });
        String name = subject.commonName().orElse("");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<String>> extra = Map.of(CREDENTIAL_ID, List.of("X509SHA256=" + leaf.fingerprint()));
        return Optional.of(new UserInfo(name, uid(subject), subject.organizations(), extra));
    }

    private static String uid(DistinguishedName subject) {
        List<String> uids = subject.values(DistinguishedName.KUBERNETES_UID);
        if (uids.size() > 1) {
            throw new X509Failure("expected 1 UID, but found multiple");
        }
        if (uids.size() == 1 && uids.getFirst().isEmpty()) {
            throw new X509Failure("UID cannot be an empty string");
        }
        return uids.isEmpty() ? "" : uids.getFirst();
    }
}
