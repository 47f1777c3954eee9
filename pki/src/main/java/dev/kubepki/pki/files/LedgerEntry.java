package dev.kubepki.pki.files;

import java.time.Instant;
import java.util.List;

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
