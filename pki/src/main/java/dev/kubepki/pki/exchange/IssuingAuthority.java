package dev.kubepki.pki.exchange;

import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.IssuanceRefused;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.X509Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A CA as it lies in two files.
public final class IssuingAuthority {
    private final CertificateAuthority authority;
    private final List<Certificate> file;
    private final SigningKey key;

    private IssuingAuthority(CertificateAuthority authority, List<Certificate> file, SigningKey key) {
        this.authority = authority;
        this.file = file;
        this.key = key;
    }

    /// Reads both files.
    ///
    /// @param password of the key; empty for a key in the clear
    /// @param random for serial numbers: a `SecureRandom` outside of tests
    /// @throws ExchangeFailure where they are not a CA's, or not of one CA
    public static IssuingAuthority read(
            FileOperations operations,
            Path certificate,
            Path key,
            Optional<char[]> password,
            CryptoProvider provider,
            RandomGenerator random) {
        List<Certificate> file = certificates(operations, certificate);
        SigningKey signing = key(operations, key, password);
        try {
            return new IssuingAuthority(
                    new CertificateAuthority(file.getFirst(), signing, provider, random), file, signing);
        } catch (IssuanceRefused e) {
            throw new ExchangeFailure(key + ": is not the key of " + certificate, e);
        }
    }

    /// The certificates of a file, at least one.
    ///
    /// @throws ExchangeFailure where there is none
    public static List<Certificate> certificates(FileOperations operations, Path file) {
        try {
            List<Certificate> certificates = Certificate.readAll(new DurableFiles(operations).read(file));
            if (certificates.isEmpty()) {
                throw new ExchangeFailure(file + ": holds no certificate");
            }
            return certificates;
        } catch (KeyFailure | X509Failure e) {
            throw new ExchangeFailure(file + ": " + e.getMessage(), e);
        }
    }

    /// The private key of a file.
    ///
    /// @param password empty for a key in the clear
    /// @throws ExchangeFailure where there is none that can be read
    public static SigningKey key(FileOperations operations, Path file, Optional<char[]> password) {
        try {
            return KeyPem.readPrivateKey(new DurableFiles(operations).read(file), password);
        } catch (KeyFailure e) {
            throw new ExchangeFailure(file + ": " + e.getMessage(), e);
        }
    }

    /// The signer.
    public CertificateAuthority authority() {
        return authority;
    }

    /// Its file: its certificate, then what its maker put behind it.
    public List<Certificate> file() {
        return file;
    }

    /// A leaf with what a peer needs to find the root, which is left out (RFC 8446 §4.4.2).
    public List<Certificate> chain(Certificate leaf) {
        List<Certificate> chain = new ArrayList<>(List.of(leaf));
        file.stream().filter(c -> !c.isSelfIssued()).forEach(chain::add);
        return chain;
    }

    SigningKey key() {
        return key;
    }
}
