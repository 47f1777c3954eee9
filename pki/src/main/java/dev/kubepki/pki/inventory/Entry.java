package dev.kubepki.pki.inventory;

import dev.kubepki.pki.x509.Certificate;
import java.util.Optional;
import java.util.OptionalInt;

/// A certificate at its place, before it is known which other one signed it.
///
/// @param signer the name of the CA that should sign it, for where there is no certificate to tell
/// @param lack why there is no certificate; not used where there is one
record Entry(
        String name,
        String file,
        String purpose,
        Optional<Certificate> certificate,
        String signer,
        CertificateState lack,
        String problem,
        OptionalInt mode,
        boolean catalogued) {

    static Entry found(String name, String file, String purpose, Certificate certificate, OptionalInt mode) {
        return new Entry(name, file, purpose, Optional.of(certificate), "", CertificateState.OK, "", mode, false);
    }

    static Entry lacking(String name, String file, String purpose, CertificateState lack, String problem) {
        return new Entry(name, file, purpose, Optional.empty(), "", lack, problem, OptionalInt.empty(), false);
    }

    Entry named(String other) {
        return new Entry(other, file, purpose, certificate, signer, lack, problem, mode, catalogued);
    }

    /// The same as a member of a set.
    Entry asMember(String memberPurpose, String expectedSigner) {
        return new Entry(name, file, memberPurpose, certificate, expectedSigner, lack, problem, mode, true);
    }
}
