package dev.kubepki.pki.verify;

import dev.kubepki.pki.x509.Certificate;
import java.util.List;

/// A certification path that holds. Only a [PathValidator] makes one.
public final class VerifiedPath implements Verdict {
    private final List<Certificate> certificates;

    VerifiedPath(List<Certificate> certificates) {
        this.certificates = List.copyOf(certificates);
    }

    /// From the end entity to the trust anchor; one certificate where the end entity is itself an anchor.
    public List<Certificate> certificates() {
        return certificates;
    }

    @Override
    public String toString() {
        return "VerifiedPath" + certificates;
    }
}
