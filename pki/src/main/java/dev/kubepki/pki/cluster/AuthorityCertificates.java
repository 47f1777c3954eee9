package dev.kubepki.pki.cluster;

import dev.kubepki.pki.cluster.FoundFile.Content;
import dev.kubepki.pki.x509.Certificate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The certificates of a found set's CAs, read once.
final class AuthorityCertificates {
    private final Map<CertificateName, List<Certificate>> chains = new EnumMap<>(CertificateName.class);

    static AuthorityCertificates read(DesiredSet desired, FoundSet found) {
        AuthorityCertificates authorities = new AuthorityCertificates();
        for (Item item : desired.authorities()) {
            if (found.file(item.mainPath()).content() instanceof Content.Certificates(List<Certificate> chain)) {
                authorities.chains.put(item.name(), chain);
            }
        }
        return authorities;
    }

    /// The CA's own certificate: the first of its file.
    Optional<Certificate> of(CertificateName name) {
        return chain(name).stream().findFirst();
    }

    /// All that its file holds.
    List<Certificate> chain(CertificateName name) {
        return chains.getOrDefault(name, List.of());
    }

    /// Every CA certificate of the set.
    List<Certificate> all() {
        List<Certificate> all = new ArrayList<>();
        chains.values().forEach(all::addAll);
        return all;
    }
}
