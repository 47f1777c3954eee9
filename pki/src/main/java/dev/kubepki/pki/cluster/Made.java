package dev.kubepki.pki.cluster;

import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import java.util.List;

/// What came out of one step, to be written.
public sealed interface Made {
    /// Whose it is.
    Item item();

    /// A certificate with its key.
    ///
    /// @param chain the certificate, then the CAs between it and the root, which is left out
    /// @param authority the file content of its CA: what a kubeconfig trusts
    /// @param capped whether its end was brought forward to the CA's
    record Issued(Item item, List<Certificate> chain, List<Certificate> authority, SigningKey key, boolean capped)
            implements Made {
        /// The certificate itself.
        public Certificate certificate() {
            return chain.getFirst();
        }
    }

    /// A file whose own certificate stays, with new certificates of its CA around it.
    ///
    /// @param below what follows its certificate in a chain file
    /// @param authority the file content of its CA
    record Refreshed(Item item, List<Certificate> below, List<Certificate> authority) implements Made {}

    /// A key pair without a certificate.
    ///
    /// @param both whether the private key is new too, or only its public half is to be written
    record Keys(Item item, SigningKey key, boolean both) implements Made {}
}
