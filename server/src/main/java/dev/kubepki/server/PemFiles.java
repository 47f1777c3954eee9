package dev.kubepki.server;

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
import java.util.List;

/// Reads PEM files, and says in a sentence what is wrong with one.
final class PemFiles {
    private PemFiles() {}

    /// The certificates of a file, at least one.
    static List<Certificate> certificates(Path file) throws ServerFailure {
        byte[] bytes = bytes(file);
        try {
            List<Certificate> found = Certificate.readAll(bytes);
            if (found.isEmpty()) {
                throw new ServerFailure(file + " holds no certificate");
            }
            return found;
        } catch (KeyFailure | X509Failure e) {
            throw new ServerFailure(file + ": " + e.getMessage(), e);
        }
    }

    /// The private key of a file.
    static SigningKey key(Path file) throws ServerFailure {
        byte[] bytes = bytes(file);
        try {
            return KeyPem.readPrivateKey(bytes);
        } catch (KeyFailure e) {
            throw new ServerFailure(file + ": " + e.getMessage(), e);
        }
    }

    static byte[] bytes(Path file) throws ServerFailure {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new ServerFailure(file + " is not there", e);
        } catch (AccessDeniedException e) {
            throw new ServerFailure(file + " must not be read by this user", e);
        } catch (IOException e) {
            throw new ServerFailure(file + " can't be read: " + e.getMessage(), e);
        }
    }
}
