package dev.kubepki.pki.cluster;

import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A file as it was found, broken ones included.
///
/// @param path relative to the set's folder
/// @param mode the permission bits, such as 0600; empty where the file system has none, or the file is missing
public record FoundFile(String path, OptionalInt mode, Content content) {
    /// What is in a file.
    public sealed interface Content {
        /// No such file.
        record Missing() implements Content {}

        /// There, and not usable.
        ///
        /// @param reason what is wrong, without the file's name
        record Broken(String reason) implements Content {}

        /// Certificates, at least one.
        record Certificates(List<Certificate> chain) implements Content {}

        /// A private key.
        record PrivateKey(SigningKey key) implements Content {}

        /// Public keys, at least one.
        record PublicKeys(List<PublicKey> keys) implements Content {}

        /// A kubeconfig.
        record Kubeconfig(FoundKubeconfig kubeconfig) implements Content {}
    }

    /// What a kubeconfig's current context says.
    ///
    /// @param authorities the cluster's CA certificates
    /// @param chain the client certificate and what follows it
    /// @param key the client key
    /// @param problem why the current context can't be used; the rest is then as far as it could be read
    public record FoundKubeconfig(
            String server,
            List<Certificate> authorities,
            List<Certificate> chain,
            Optional<SigningKey> key,
            Optional<String> problem) {}

    static FoundFile missing(String path) {
        return new FoundFile(path, OptionalInt.empty(), new Content.Missing());
    }

    /// The certificates of a certificate file or of a kubeconfig's current user, leaf first; empty in all others.
    List<Certificate> chain() {
        if (content instanceof Content.Kubeconfig(FoundKubeconfig config)) {
            return config.chain();
        }
        return content instanceof Content.Certificates(List<Certificate> chain) ? chain : List.of();
    }

    /// Whether there is nothing.
    public boolean isMissing() {
        return content instanceof Content.Missing;
    }
}
