package dev.kubepki.server.request;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.X509Failure;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The PKCS#10 request in `spec.request`: a PEM block, and nothing of what may follow it.
///
/// @param request the request, when it could be read
/// @param fault what is wrong; empty when its signature holds too
public record SubmittedRequest(Optional<CertificateRequest> request, String fault) {
    private static final String PEM_FAULT = "PEM block type must be CERTIFICATE REQUEST";

    /// Reads it, and checks that the requester holds the key.
    public static SubmittedRequest check(String base64, CryptoProvider provider) {
        SubmittedRequest read = read(base64);
        if (read.request.isEmpty()) {
            return read;
        }
        CertificateRequest request = read.request.get();
        try {
            if (request.isSelfSigned(provider)) {
                return read;
            }
        } catch (KeyFailure | X509Failure e) {
            return new SubmittedRequest(Optional.empty(), "x509: cannot verify signature: algorithm unimplemented");
        }
        String algorithm = request.publicKey().getAlgorithm();
        return new SubmittedRequest(
                read.request,
                switch (algorithm) {
                    case "EC" -> "x509: ECDSA verification failure";
                    case "RSA" -> "crypto/rsa: verification error";
                    default -> "x509: " + algorithm + " verification failure";
                });
    }

    /// Reads it without looking at the signature.
    public static SubmittedRequest read(String base64) {
        byte[] pem;
        try {
            pem = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new SubmittedRequest(Optional.empty(), PEM_FAULT);
        }
        List<PemBlock> blocks = PemBlock.read(pem, 1);
        if (blocks.isEmpty() || !blocks.getFirst().type().equals("CERTIFICATE REQUEST")) {
            return new SubmittedRequest(Optional.empty(), PEM_FAULT);
        }
        try {
            CertificateRequest request =
                    CertificateRequest.decode(blocks.getFirst().der());
            return new SubmittedRequest(Optional.of(request), "");
        } catch (X509Failure e) {
            return new SubmittedRequest(Optional.empty(), "asn1: " + e.getMessage());
        }
    }
}
