package dev.kubepki.pki.inspect;

import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.key.PasswordWork;
import dev.kubepki.pki.key.Pem;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.RevocationList;
import dev.kubepki.pki.x509.X509Failure;
import java.util.List;
import java.util.Optional;

/// Bytes without any label: every kind is tried, the commonest first.
final class DerReader {
    private interface Attempt {
        Description read(byte[] der);
    }

    private static final List<Attempt> ATTEMPTS = List.of(
            der -> new Description.OfCertificate(Certificate.decode(der)),
            der -> new Description.OfRevocationList(RevocationList.decode(der)),
            der -> new Description.OfRequest(CertificateRequest.decode(der)),
            der -> privateKey(der, "PRIVATE KEY"),
            der -> privateKey(der, "RSA PRIVATE KEY"),
            der -> privateKey(der, "EC PRIVATE KEY"),
            der -> new Description.OfPublicKey(KeyPem.publicKey(der)),
            DerReader::encryptedKey);

    private DerReader() {}

    static Description read(byte[] der) {
        checkLength(der);
        for (Attempt attempt : ATTEMPTS) {
            Optional<Description> read = tried(attempt, der);
            if (read.isPresent()) {
                return read.get();
            }
        }
        throw new X509Failure("is DER, but no certificate, request, revocation list or key, or it is damaged");
    }

    private static Optional<Description> tried(Attempt attempt, byte[] der) {
        try {
            return Optional.of(attempt.read(der));
        } catch (KeyFailure | X509Failure another) {
            return Optional.empty();
        }
    }

    private static void checkLength(byte[] der) {
        int first = der[1] & 0xff;
        int count = first & 0x7f;
        if (first <= 0x80 || count > 4 || der.length < 2 + count) {
            return;
        }
        long length = 0;
        for (int i = 0; i < count; i++) {
            length = (length << 8) | (der[2 + i] & 0xff);
        }
        long whole = length + 2 + count;
        if (whole > der.length) {
            throw new X509Failure("is cut off: its DER says " + whole + " bytes, the file has " + der.length);
        }
    }

    private static Description privateKey(byte[] der, String type) {
        Description.OfPrivateKey key = PemReader.privateKey(Pem.of(type, der), new char[0], new PasswordWork());
        if (key.publicKey().isEmpty()) {
            throw new KeyFailure(key.problem());
        }
        return key;
    }

    /// EncryptedPrivateKeyInfo (RFC 5958 §3) whose scheme is one of PKCS#5 or PKCS#12.
    private static Description encryptedKey(byte[] der) {
        String hex = java.util.HexFormat.of().formatHex(der, 0, Math.min(der.length, 32));
        if (hex.contains("06092a864886f70d0105") || hex.contains("060a2a864886f70d010c01")) {
            return new Description.OfPrivateKey("PKCS#8", true, Optional.empty(), "");
        }
        throw new KeyFailure("is no encrypted private key");
    }
}
