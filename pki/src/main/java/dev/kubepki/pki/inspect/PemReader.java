package dev.kubepki.pki.inspect;

import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.key.PasswordWork;
import dev.kubepki.pki.key.Pem;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.RevocationList;
import dev.kubepki.pki.x509.X509Failure;
import java.util.Map;
import java.util.Optional;

/// One PEM block as what its label says.
final class PemReader {
    private interface Reader {
        Description read(Pem block);
    }

    private static final Map<String, Reader> READERS = Map.of(
            "CERTIFICATE", block -> new Description.OfCertificate(Certificate.decode(block.der())),
            "X509 CERTIFICATE", block -> new Description.OfCertificate(Certificate.decode(block.der())),
            "CERTIFICATE REQUEST", block -> new Description.OfRequest(CertificateRequest.decode(block.der())),
            "NEW CERTIFICATE REQUEST", block -> new Description.OfRequest(CertificateRequest.decode(block.der())),
            "X509 CRL", block -> new Description.OfRevocationList(RevocationList.decode(block.der())),
            "PUBLIC KEY", PemReader::publicKey,
            "RSA PUBLIC KEY", PemReader::publicKey);

    /// Labels of things that are no part of a cluster's PKI, and what they are.
    private static final Map<String, String> FOREIGN = Map.of(
            "OPENSSH PRIVATE KEY", "is a private key of SSH, which no Kubernetes component reads",
            "TRUSTED CERTIFICATE", "is openssl's own form; convert it with 'openssl x509 -in FILE -out FILE'",
            "PKCS7", "is a PKCS#7 bundle; convert it with 'openssl pkcs7 -print_certs'",
            "CMS", "is a CMS message",
            "DH PARAMETERS", "are Diffie-Hellman parameters, which no Kubernetes component reads",
            "PGP PUBLIC KEY BLOCK", "is a PGP key");

    private static final Map<String, String> KEY_FORMS = Map.of(
            "RSA PRIVATE KEY", "PKCS#1",
            "EC PRIVATE KEY", "SEC 1",
            "PRIVATE KEY", "PKCS#8",
            "ENCRYPTED PRIVATE KEY", "PKCS#8");

    private PemReader() {}

    /// Empty for a block that only accompanies a key.
    static Optional<Description> read(Pem block, char[] password, PasswordWork work) {
        String type = block.type();
        if (type.equals("EC PARAMETERS")) {
            return Optional.empty();
        }
        if (FOREIGN.containsKey(type)) {
            return Optional.of(new Description.Unreadable(type, FOREIGN.get(type)));
        }
        if (KeyPem.isPrivateKey(block)) {
            return Optional.of(privateKey(block, password, work));
        }
        Reader reader = READERS.get(type);
        if (reader == null) {
            return Optional.of(new Description.Unreadable(type, "is a PEM block of an unknown type"));
        }
        try {
            return Optional.of(reader.read(block));
        } catch (KeyFailure | X509Failure e) {
            return Optional.of(new Description.Unreadable(
                    type, (block.line() > 0 ? "line " + block.line() + ": " : "") + e.getMessage()));
        }
    }

    private static Description publicKey(Pem block) {
        return new Description.OfPublicKey(
                KeyPem.readPublicKeys(block.encoded()).getFirst());
    }

    /// The private half is dropped here.
    static Description.OfPrivateKey privateKey(Pem block, char[] password, PasswordWork work) {
        String form = KEY_FORMS.getOrDefault(block.type(), block.type());
        boolean encrypted = KeyPem.isEncrypted(block);
        if (encrypted && password.length == 0) {
            return new Description.OfPrivateKey(form, true, Optional.empty(), "");
        }
        try {
            Optional<char[]> secret = encrypted ? Optional.of(password) : Optional.empty();
            work.spend(KeyPem.derivationRounds(block));
            SigningKey key = KeyPem.readPrivateKey(block, secret);
            return new Description.OfPrivateKey(form, encrypted, Optional.of(key.publicKey()), "");
        } catch (KeyFailure e) {
            return new Description.OfPrivateKey(form, encrypted, Optional.empty(), String.valueOf(e.getMessage()));
        }
    }
}
