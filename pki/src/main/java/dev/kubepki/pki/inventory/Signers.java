package dev.kubepki.pki.inventory;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.AuthorityKeyIdentifier;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.X509Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which listed CA signed which certificate, by names and key identifiers (RFC 5280 §4.2.1.1). Signatures are only
/// looked at where these don't decide; whether they are right is for `verify` to say.
final class Signers {
    private final Map<DistinguishedName, List<Entry>> bySubject = new HashMap<>();

    Signers(List<Entry> entries) {
        for (Entry entry : entries) {
            Optional<Certificate> authority = entry.certificate().filter(Signers::maySign);
            if (authority.isPresent()) {
                add(bySubject.computeIfAbsent(authority.get().subject(), subject -> new ArrayList<>()), entry);
            }
        }
    }

    /// Of one certificate at several places, a set's member stands for all, else a file of its own.
    private static void add(List<Entry> authorities, Entry entry) {
        for (int i = 0; i < authorities.size(); i++) {
            Entry other = authorities.get(i);
            if (other.certificate().equals(entry.certificate())) {
                if (!other.catalogued() && !isWholeFile(other) && isWholeFile(entry)) {
                    authorities.set(i, entry);
                }
                return;
            }
        }
        authorities.add(entry);
    }

    private static boolean isWholeFile(Entry entry) {
        return entry.name().equals(entry.file());
    }

    /// The signer's name; the entry's own for what signed itself, empty for what no listed CA signed.
    String of(Entry entry) {
        if (entry.certificate().isEmpty()) {
            return entry.signer();
        }
        Certificate certificate = entry.certificate().get();
        try {
            return signer(entry, certificate);
        } catch (X509Failure | KeyFailure damaged) {
            return "";
        }
    }

    private String signer(Entry entry, Certificate certificate) {
        Optional<String> wanted = certificate.authorityKeyIdentifier().flatMap(AuthorityKeyIdentifier::keyId);
        Optional<String> own = certificate.subjectKeyIdentifier();
        boolean itself = certificate.isSelfIssued() && (wanted.isEmpty() || wanted.equals(own));
        if (itself && certificate.isCa()) {
            return entry.name();
        }
        List<Entry> fitting = new ArrayList<>();
        for (Entry authority : bySubject.getOrDefault(certificate.issuer(), List.of())) {
            Optional<String> key = authority.certificate().flatMap(Certificate::subjectKeyIdentifier);
            if (wanted.isEmpty() || key.isEmpty() || wanted.equals(key)) {
                fitting.add(authority);
            }
        }
        if (fitting.size() == 1 && !itself) {
            return fitting.getFirst().name();
        }
        for (Entry authority : fitting) {
            if (signed(authority, certificate)) {
                return authority.name();
            }
        }
        return itself ? entry.name() : "";
    }

    private static boolean signed(Entry authority, Certificate certificate) {
        try {
            return certificate.isSignedBy(authority.certificate().orElseThrow().publicKey(), CryptoProvider.jdk());
        } catch (X509Failure | KeyFailure unknown) {
            return false;
        }
    }

    /// A certificate of version 1 can't say whether it is a CA's; `openssl x509 -req` makes such roots.
    private static boolean maySign(Certificate certificate) {
        try {
            return certificate.isCa() || (certificate.version() < 3 && certificate.isSelfIssued());
        } catch (X509Failure damaged) {
            return false;
        }
    }
}
