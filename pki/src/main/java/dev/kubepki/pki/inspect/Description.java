package dev.kubepki.pki.inspect;

import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.RevocationList;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/// One thing that was found in a file.
public sealed interface Description {
    /// A certificate.
    record OfCertificate(Certificate certificate) implements Description {}

    /// A certification request (RFC 2986).
    record OfRequest(CertificateRequest request) implements Description {}

    /// A revocation list.
    record OfRevocationList(RevocationList list) implements Description {}

    /// A private key, of which only the public half is kept.
    ///
    /// @param form how the file holds it, such as `PKCS#8`
    /// @param encrypted whether it is under a password
    /// @param publicKey its public half, where it could be read
    /// @param problem why not, in a sentence; empty where it could, or where it is encrypted
    record OfPrivateKey(String form, boolean encrypted, Optional<PublicKey> publicKey, String problem)
            implements Description {}

    /// A public key.
    record OfPublicKey(PublicKey key) implements Description {}

    /// A PKCS#12 or Java keystore.
    ///
    /// @param format `PKCS#12`, `JKS` or `JCEKS`
    /// @param open whether a password opened all of it
    record OfKeystore(String format, boolean open, List<KeystoreEntry> entries) implements Description {}

    /// One entry of a keystore.
    ///
    /// @param alias its name
    /// @param privateKey whether it holds a private key
    /// @param chain its certificates, the entry's own first
    record KeystoreEntry(String alias, boolean privateKey, List<Certificate> chain) {}

    /// A JSON Web Token (RFC 7519), without its signature.
    record OfToken(Mapping header, Mapping claims) implements Description {}

    /// A kubeconfig file.
    ///
    /// @param config the document; secrets in it must not be shown
    /// @param fields what its `-data` fields hold
    record OfKubeconfig(Mapping config, List<Field> fields) implements Description {}

    /// A CertificateSigningRequest object of the Kubernetes API.
    ///
    /// @param request what `spec.request` holds
    /// @param requestProblem why that could not be read; empty where it could
    /// @param certificates what `status.certificate` holds
    /// @param certificateProblem why that could not be read; empty where it could or is absent
    record OfSigningRequest(
            Mapping object,
            Optional<CertificateRequest> request,
            String requestProblem,
            List<Certificate> certificates,
            String certificateProblem)
            implements Description {}

    /// A static pod or component configuration that names certificate files.
    ///
    /// @param name of the pod or the configuration
    /// @param files flag or field, and the path that it names, in order
    record OfManifest(String kind, String name, List<FileReference> files) implements Description {}

    /// A flag or field that names a file.
    record FileReference(String flag, String path) {}

    /// Any other document, with what was found in its fields.
    record OfObject(Mapping object, List<Field> fields) implements Description {}

    /// What a field of a document holds.
    ///
    /// @param path such as `data.tls.crt`
    record Field(String path, List<Description> contents) {}

    /// A part that is known by its name and could not be read, or that holds nothing of a PKI.
    ///
    /// @param what it says it is, such as `CERTIFICATE`
    /// @param problem a sentence
    record Unreadable(String what, String problem) implements Description {}
}
