package dev.kubepki.cli.cluster;

import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.X509Failure;
import dev.kubepki.server.request.SubmittedRequest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What a signer published in a request.
///
/// @param pem as it was published; empty when nothing was
/// @param certificates those of it that can be read, the one asked for first
@SuppressWarnings("ArrayRecordComponent") // never compared
record Published(byte[] pem, List<Certificate> certificates) {
    static Published of(ObjectNode object) {
        String base64 = object.path("status").path("certificate").asString("");
        try {
            byte[] pem = Base64.getMimeDecoder().decode(base64);
            return new Published(pem, Certificate.readAll(pem));
        } catch (IllegalArgumentException | X509Failure | KeyFailure e) {
            return new Published(new byte[0], List.of());
        }
    }

    /// The certificate that was asked for.
    Optional<Certificate> leaf() {
        return certificates.stream().findFirst();
    }

    /// Whether it is for the key of the request: the API lets a signer publish anything.
    boolean answers(ObjectNode object) {
        Optional<CertificateRequest> request = SubmittedRequest.read(
                        object.path("spec").path("request").asString(""))
                .request();
        return leaf().isPresent()
                && request.filter(asked -> Arrays.equals(
                                asked.publicKey().getEncoded(),
                                leaf().get().publicKey().getEncoded()))
                        .isPresent();
    }
}
