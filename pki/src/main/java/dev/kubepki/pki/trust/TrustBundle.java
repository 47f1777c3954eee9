package dev.kubepki.pki.trust;

import dev.kubepki.pki.x509.Certificate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// CA certificates that somebody is to trust: at least one, no two the same, in the order in which they were found.
///
/// As a file it is plain PEM, one block after another with LF ends and no text between, which Go, OpenSSL, Java and
/// every PEM reader take.
public final class TrustBundle {
    private final List<Certificate> certificates;

    private TrustBundle(List<Certificate> certificates) {
        this.certificates = List.copyOf(certificates);
    }

    /// Certificates and where they came from.
    ///
    /// @param name the file, as messages name it
    public record Source(String name, List<Certificate> certificates) {
        /// Defensive copy.
        public Source {
            certificates = List.copyOf(certificates);
        }
    }

    /// What to do with certificates whose time is over.
    public enum Expired {
        REFUSED,
        ALLOWED
    }

    /// Brings certificates together; each is taken once, by the SHA-256 of its DER. One that is not valid yet is taken:
    /// a rotation hands out the next CA before its time.
    ///
    /// @throws TrustFailure where a source is empty, or a certificate is no CA or expired
    public static TrustBundle gather(List<Source> sources, Instant now, Expired expired) {
        Map<String, Certificate> byFingerprint = new LinkedHashMap<>();
        for (Source source : sources) {
            if (source.certificates().isEmpty()) {
                throw new TrustFailure(source.name() + ": it holds no certificate; name a PEM file of CA certificates");
            }
            for (Certificate certificate : source.certificates()) {
                check(source, certificate, now, expired);
                byFingerprint.putIfAbsent(certificate.fingerprint(), certificate);
            }
        }
        if (byFingerprint.isEmpty()) {
            throw new TrustFailure("there is no certificate to trust; name a CA file");
        }
        return new TrustBundle(new ArrayList<>(byFingerprint.values()));
    }

    private static void check(Source source, Certificate certificate, Instant now, Expired expired) {
        if (!certificate.isCa()) {
            throw new TrustFailure(source.name() + ": '" + certificate.subject()
                    + "' is not a CA (no CA:TRUE in its basic constraints); name the CA that signed it instead");
        }
        if (expired == Expired.REFUSED && now.isAfter(certificate.validity().notAfter())) {
            throw new TrustFailure(source.name() + ": '" + certificate.subject() + "' expired at "
                    + certificate.validity().notAfter() + "; leave it out, or take it with --allow-expired");
        }
    }

    /// The certificates.
    public List<Certificate> certificates() {
        return certificates;
    }

    /// The one of this fingerprint.
    public Optional<Certificate> find(String fingerprint) {
        return certificates.stream()
                .filter(c -> c.fingerprint().equals(fingerprint))
                .findFirst();
    }

    /// The file.
    public String pem() {
        StringBuilder text = new StringBuilder();
        for (Certificate certificate : certificates) {
            text.append(certificate.pem().encode());
        }
        return text.toString();
    }

    /// The file's bytes.
    public byte[] encoded() {
        return pem().getBytes(StandardCharsets.US_ASCII);
    }
}
