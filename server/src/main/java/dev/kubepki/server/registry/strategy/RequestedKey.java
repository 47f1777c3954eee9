package dev.kubepki.server.registry.strategy;

import static dev.kubepki.api.failure.FieldError.Type.INVALID;

import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.failure.Rendering;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.X509Failure;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The key that a pod wants certified, in either of the two forms, and the proof that it holds the private half.
final class RequestedKey {
    private static final String STUB = "spec.stubPKCS10Request";
    private static final String PKIX = "spec.pkixPublicKey";
    private static final String PROOF = "spec.proofOfPossession";
    private static final Set<Integer> RSA_BITS = Set.of(3072, 4096);
    private static final Set<Integer> CURVE_BITS = Set.of(256, 384, 521);

    private RequestedKey() {}

    static List<FieldError> ofRequest(byte[] der, CryptoProvider provider) {
        try {
            CertificateRequest request = CertificateRequest.decode(der);
            List<FieldError> errors = strength(request.publicKey(), STUB, "P256, P384, or P521");
            if (errors.isEmpty() && !request.isSelfSigned(provider)) {
                return List.of(omitted(STUB, "invalid signature"));
            }
            return errors;
        } catch (X509Failure | KeyFailure e) {
            return List.of(omitted(STUB, "must be a valid PKCS#10 CSR"));
        }
    }

    /// The proof is a signature over the pod's UID.
    static List<FieldError> ofPair(byte[] spki, byte[] proof, String podUid, CryptoProvider provider) {
        PublicKey key;
        try {
            key = KeyPem.publicKey(spki);
        } catch (KeyFailure e) {
            return List.of(omitted(PKIX, "must be a valid PKIX-serialized public key"));
        }
        List<FieldError> errors = strength(key, PKIX, "P256 or P384");
        byte[] message = podUid.getBytes(StandardCharsets.US_ASCII);
        if (errors.isEmpty() && !isProved(key, message, proof, provider)) {
            return List.of(omitted(PROOF, "could not verify proof-of-possession signature"));
        }
        return errors;
    }

    private static boolean isProved(PublicKey key, byte[] message, byte[] proof, CryptoProvider provider) {
        return switch (key) {
            case RSAPublicKey rsa -> PssProof.verify(rsa, message, proof);
            case EdECPublicKey ed -> provider.verify(ed, "Ed25519", message, proof);
            default -> provider.verify(key, "SHA256withECDSA", message, proof);
        };
    }

    private static List<FieldError> strength(PublicKey key, String field, String curves) {
        Optional<FieldError> error = switch (key) {
            case RSAPublicKey rsa
            when !RSA_BITS.contains(rsa.getModulus().bitLength()) ->
                Optional.of(FieldError.of(
                        INVALID,
                        field,
                        Rendering.quote(rsa.getModulus().bitLength() + "-bit modulus"),
                        "RSA keys must have modulus size 3072 or 4096"));
            case RSAPublicKey rsa -> Optional.<FieldError>empty();
            case ECPublicKey ec
            when !CURVE_BITS.contains(ec.getParams().getCurve().getField().getFieldSize()) ->
                Optional.of(omitted(field, "elliptic public keys must use curve " + curves));
            case ECPublicKey ec -> Optional.<FieldError>empty();
            case EdECPublicKey ed when ed.getParams().getName().equals("Ed25519") -> Optional.<FieldError>empty();
            default ->
                Optional.of(omitted(field, "unknown public key type; supported types are Ed25519, ECDSA, and RSA"));
        };
        return error.stream().toList();
    }

    /// Without the value, which is of no use to a reader.
    private static FieldError omitted(String field, String detail) {
        return new FieldError(INVALID, field, INVALID.words() + ": " + detail);
    }
}
