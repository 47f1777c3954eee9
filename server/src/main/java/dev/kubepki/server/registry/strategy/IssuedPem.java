package dev.kubepki.server.registry.strategy;

import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.X509Failure;
import dev.kubepki.server.request.PemBlock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The certificates that a signer writes into a status: PEM blocks, with any text around them.
final class IssuedPem {
    private IssuedPem() {}

    /// What is wrong with it, as the API words it; nothing when it is empty or right.
    static Optional<String> fault(String base64) {
        if (base64.isEmpty()) {
            return Optional.empty();
        }
        List<PemBlock> blocks;
        try {
            blocks = PemBlock.read(Base64.getDecoder().decode(base64), Integer.MAX_VALUE);
        } catch (IllegalArgumentException e) {
            return Optional.of("must contain at least one CERTIFICATE PEM block");
        }
        for (PemBlock block : blocks) {
            Optional<String> fault = fault(block);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return blocks.isEmpty() ? Optional.of("must contain at least one CERTIFICATE PEM block") : Optional.empty();
    }

    private static Optional<String> fault(PemBlock block) {
        if (!block.type().equals("CERTIFICATE")) {
            return Optional.of("only CERTIFICATE PEM blocks are allowed, found \"" + block.type() + "\"");
        }
        if (block.hasHeaders()) {
            return Optional.of("no PEM block headers are permitted");
        }
        if (block.der().length == 0) {
            return Optional.of("found CERTIFICATE PEM block containing 0 certificates");
        }
        try {
            Certificate.decode(block.der());
            return Optional.empty();
        } catch (X509Failure e) {
            return Optional.of("x509: malformed certificate: " + e.getMessage());
        }
    }
}
