package dev.kubepki.pki.files;

import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.SubjectAltName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// One certificate that was signed, as the ledger keeps it. Holds nothing secret.
///
/// @param time when it was signed
/// @param serial hex digits, as openssl prints them
/// @param subject RFC 4514 text
/// @param issuer RFC 4514 text
/// @param sans subject alternative names, each with its type: `DNS:kubernetes`, `IP:10.96.0.1`
/// @param sha256 fingerprint of the DER bytes, hex digits
/// @param command the command's name such as `init`, never its arguments
/// @param file where it was written, or `-` for standard output
public record LedgerEntry(
        Instant time,
        String serial,
        String subject,
        String issuer,
        Instant notBefore,
        Instant notAfter,
        List<String> sans,
        String sha256,
        String command,
        String file) {
    public LedgerEntry {
        sans = List.copyOf(sans);
    }

    /// What is to be kept of a certificate.
    public static LedgerEntry of(Instant now, Certificate certificate, String command, String file) {
        return new LedgerEntry(
                now,
                certificate.serial().toString(16).toUpperCase(Locale.ROOT),
                certificate.subject().toString(),
                certificate.issuer().toString(),
                certificate.validity().notBefore(),
                certificate.validity().notAfter(),
                certificate.subjectAltNames().stream().map(LedgerEntry::name).toList(),
                certificate.fingerprint(),
                command,
                file);
    }

    private static String name(SubjectAltName name) {
        return name instanceof SubjectAltName.Ip(String address) ? "IP:" + address : name.toString();
    }

    String toLine() {
        return new JsonLine()
                .add("time", time.toString())
                .add("serial", serial)
                .add("subject", subject)
                .add("issuer", issuer)
                .add("notBefore", notBefore.toString())
                .add("notAfter", notAfter.toString())
                .add("sans", sans)
                .add("sha256", sha256)
                .add("command", command)
                .add("file", file)
                .end();
    }
}
