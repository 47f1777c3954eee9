package dev.kubepki.pki.inventory;

import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import dev.kubepki.pki.x509.KeyUsage;
import dev.kubepki.pki.x509.SubjectAltName;
import dev.kubepki.pki.x509.X509Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/// A certificate at a place, or a place where there should be one.
///
/// Certificates of strangers may have extensions that can't be read; what is asked of them here never fails.
///
/// @param name the catalogue's name, or the file's with the part of it; no two of an inventory have the same
/// @param file where it is
/// @param purpose what it is for, in a few words
/// @param certificate empty where it is missing or unreadable
/// @param ca the name of the listed CA that signed it, its own where it signed itself; empty where that CA is not
/// listed
/// @param problem why it could not be read; empty where it could
/// @param mode the file's permission bits, where known
/// @param catalogued whether it belongs to the set that was looked at
public record ListedCertificate(
        String name,
        String file,
        String purpose,
        Optional<Certificate> certificate,
        String ca,
        CertificateState state,
        String problem,
        OptionalInt mode,
        boolean catalogued) {

    /// The subject's text; empty where there is no certificate.
    public String subject() {
        return certificate.map(c -> c.subject().toString()).orElse("");
    }

    /// The issuer's text; empty where there is no certificate.
    public String issuer() {
        return certificate.map(c -> c.issuer().toString()).orElse("");
    }

    /// The end of its time; empty where there is none that can be read.
    public Optional<Instant> notAfter() {
        return certificate.flatMap(c -> tried(() -> c.validity().notAfter()));
    }

    /// The start of its time; empty where there is none that can be read.
    public Optional<Instant> notBefore() {
        return certificate.flatMap(c -> tried(() -> c.validity().notBefore()));
    }

    /// Time until its end; negative after it.
    public Optional<Duration> remaining(Instant now) {
        return notAfter().map(end -> Duration.between(now, end));
    }

    /// Whether it can't be used any more at a moment so far from now, or can't be used at all.
    public boolean failsWithin(Duration time, Instant now) {
        return !state.isValid()
                || remaining(now).map(left -> left.compareTo(time) <= 0).orElse(true);
    }

    /// The subject alternative names, as openssl writes them.
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (SubjectAltName name :
                certificate.flatMap(c -> tried(c::subjectAltNames)).orElse(List.of())) {
            names.add(name.toString());
        }
        return names;
    }

    /// The serial number in lower-case hex; empty where there is no certificate.
    public String serial() {
        return certificate.map(c -> c.serial().toString(16)).orElse("");
    }

    /// The key's type, such as `RSA-2048`; empty where it is unknown.
    public String keyAlgorithm() {
        return certificate
                .flatMap(c -> tried(() -> KeyAlgorithm.describe(c.publicKey())))
                .orElse("");
    }

    /// Key usages as RFC 5280 §4.2.1.3 spells them.
    public List<String> usages() {
        List<String> usages = new ArrayList<>();
        Optional<Set<KeyUsage>> found =
                certificate.flatMap(c -> tried(c::keyUsage)).flatMap(usage -> usage);
        for (KeyUsage usage : found.orElse(Set.of())) {
            usages.add(usage.field());
        }
        return usages;
    }

    /// Extended key usages as RFC 5280 §4.2.1.12 spells them.
    public List<String> extendedUsages() {
        List<String> usages = new ArrayList<>();
        Optional<List<ExtendedKeyUsage>> found =
                certificate.flatMap(c -> tried(c::extendedKeyUsages)).flatMap(usage -> usage);
        for (ExtendedKeyUsage usage : found.orElse(List.of())) {
            usages.add(usage.field());
        }
        return usages;
    }

    /// SHA-256 of the certificate in lower-case hex; empty where there is none.
    public String fingerprint() {
        return certificate.map(Certificate::fingerprint).orElse("");
    }

    private static <T> Optional<T> tried(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (X509Failure | KeyFailure damaged) {
            return Optional.empty();
        }
    }
}
