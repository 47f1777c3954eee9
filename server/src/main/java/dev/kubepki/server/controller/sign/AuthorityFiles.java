package dev.kubepki.server.controller.sign;

import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.IssuanceRefused;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.X509Failure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The CA of two files, as they are now: they are looked at whenever it is asked for, and read again when they changed.
///
/// Where the certificate's file holds several, the one of the key counts: during a rotation it is the new one.
public final class AuthorityFiles implements Supplier<CertificateAuthority> {
    private final Path certificate;
    private final Path key;
    private final CryptoProvider provider;
    private final RandomGenerator random;
    private @Nullable Known known;

    private record Known(String state, CertificateAuthority authority) {}

    /// @param random for serial numbers: a `SecureRandom` outside of tests
    public AuthorityFiles(Path certificate, Path key, CryptoProvider provider, RandomGenerator random) {
        this.certificate = certificate;
        this.key = key;
        this.provider = provider;
        this.random = random;
    }

    /// The CA.
    ///
    /// @throws AuthorityUnavailable when there is none
    @Override
    public synchronized CertificateAuthority get() {
        String state = state(certificate) + "\n" + state(key);
        if (known == null || !known.state().equals(state)) {
            known = null;
            known = new Known(state, read());
        }
        return known.authority();
    }

    /// What tells one content from another without reading it.
    private static String state(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime().toInstant() + " " + attributes.size() + " " + attributes.fileKey();
        } catch (IOException e) {
            return "missing";
        }
    }

    private CertificateAuthority read() {
        List<Certificate> certificates = certificates();
        SigningKey signing = signingKey();
        for (Certificate one : certificates) {
            try {
                return new CertificateAuthority(one, signing, provider, random);
            } catch (IssuanceRefused | KeyFailure | X509Failure e) {
                // Another CA's: the next one may be the key's.
            }
        }
        throw new AuthorityUnavailable(
                SigningCause.CA_KEY_MISMATCH,
                "the key in " + key + " does not belong to the certificate in " + certificate);
    }

    private List<Certificate> certificates() {
        try {
            List<Certificate> found = Certificate.readAll(bytes(certificate));
            if (found.isEmpty()) {
                throw unreadable(certificate, "it holds no certificate");
            }
            return found;
        } catch (KeyFailure | X509Failure e) {
            throw unreadable(certificate, String.valueOf(e.getMessage()));
        }
    }

    private SigningKey signingKey() {
        try {
            return KeyPem.readPrivateKey(bytes(key));
        } catch (KeyFailure e) {
            throw unreadable(key, String.valueOf(e.getMessage()));
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new AuthorityUnavailable(SigningCause.CA_MISSING, file + " is not there");
        } catch (AccessDeniedException e) {
            throw unreadable(file, "this user must not read it");
        } catch (IOException e) {
            throw unreadable(file, String.valueOf(e.getMessage()));
        }
    }

    private static AuthorityUnavailable unreadable(Path file, String why) {
        return new AuthorityUnavailable(SigningCause.CA_UNREADABLE, file + " can't be read: " + why);
    }
}
