package dev.kubepki.pki.files;

import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.X509Failure;
import java.util.List;
import java.util.Optional;

/// The certificates of a set, of which every part can be read: who judges them need not fear the next question.
final class CertificateReading {
    private CertificateReading() {}

    /// Every certificate of a PEM text.
    ///
    /// @throws X509Failure where one of them, or a part of it, is damaged
    static List<Certificate> of(byte[] pem) {
        List<Certificate> certificates = Certificate.readAll(pem);
        for (int i = 0; i < certificates.size(); i++) {
            Optional<String> damage = certificates.get(i).damage();
            if (damage.isPresent()) {
                throw new X509Failure("certificate " + (i + 1) + " is damaged: " + damage.get());
            }
        }
        return certificates;
    }
}
