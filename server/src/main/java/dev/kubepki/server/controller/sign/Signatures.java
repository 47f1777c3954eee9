package dev.kubepki.server.controller.sign;

import dev.kubepki.pki.x509.Certificate;
import tools.jackson.databind.node.ObjectNode;

/// Takes note of every signature: before its certificate is published, and of what became of it. A signature of which
/// nothing more is noted was made when the signer, or its way to the cluster, broke: the request shows what became of
/// it.
public interface Signatures {
    /// What became of a signed certificate.
    enum Fate {
        /// The request's status holds it.
        PUBLISHED,
        /// The request changed, went away or got another certificate meanwhile; nobody was given this one.
        DISCARDED
    }

    /// A certificate that was just signed, for a request. Nothing is published before this returned.
    ///
    /// @throws RuntimeException when it can't be noted down: the certificate is thrown away then
    void signed(Certificate certificate, ObjectNode request);

    /// What became of it.
    void ended(Certificate certificate, ObjectNode request, Fate fate);
}
