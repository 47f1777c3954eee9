package dev.kubepki.pki.cluster;

import dev.kubepki.pki.cluster.FoundFile.Content;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;

/// Whether keys and certificates belong together, and are strong.
final class KeyChecks {
    private KeyChecks() {}

    static void keyMismatch(Examined examined) {
        Optional<SigningKey> key = examined.key();
        Optional<PublicKey> certified = examined.leaf().flatMap(KeyChecks::publicKey);
        if (key.isPresent() && !key.get().isConsistent(examined.set().provider())) {
            String path = examined.item().output().paths().getLast();
            examined.error(
                    "key-mismatch",
                    path,
                    "holds a private and a public key that do not belong together",
                    examined.renew());
        } else if (key.isPresent() && certified.isPresent() && !key.get().matches(certified.get())) {
            String path = examined.item().output().paths().getLast();
            String cure = examined.item().isAuthority() ? "bring the right key back from a backup" : examined.renew();
            examined.error(
                    "key-mismatch",
                    path,
                    "is not the private key of " + examined.item().mainPath(),
                    cure);
        }
    }

    static void publicKeyMismatch(Examined examined) {
        if (!(examined.item().output() instanceof Output.Keys keys)) {
            return;
        }
        Optional<SigningKey> key = examined.key();
        if (key.isPresent()
                && examined.files().getLast().content() instanceof Content.PublicKeys(List<PublicKey> published)
                && published.stream().noneMatch(key.get()::matches)) {
            examined.error(
                    "public-key-mismatch",
                    keys.publicKey(),
                    "does not hold the public half of " + keys.privateKey() + ": no token would be accepted",
                    "openssl pkey -in " + keys.privateKey() + " -pubout -out " + keys.publicKey());
        }
    }

    /// RSA below 2048 bits is refused by current Go and OpenSSL; Kubernetes reads no private key but RSA and ECDSA.
    static void weakKey(Examined examined) {
        Optional<PublicKey> key = examined.key().map(SigningKey::publicKey);
        if (key.isEmpty()) {
            key = examined.leaf().flatMap(KeyChecks::publicKey);
        }
        if (key.isEmpty()) {
            return;
        }
        String path = examined.item().mainPath();
        if (key.get() instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < 2048) {
            examined.error("weak-key", path, "has a weak key: " + KeyAlgorithm.describe(rsa), examined.renew());
        } else if (KeyAlgorithm.of(key.get())
                        .filter(a -> a == KeyAlgorithm.ED25519)
                        .isPresent()
                && examined.item().name() == CertificateName.SA) {
            examined.error(
                    "weak-key",
                    path,
                    "is Ed25519, which can't sign service-account tokens",
                    "make an RSA or ECDSA key pair");
        }
    }

    static void keyAlgorithm(Examined examined) {
        Optional<PublicKey> key = examined.leaf().flatMap(KeyChecks::publicKey);
        KeyAlgorithm wanted = examined.item().algorithm();
        if (key.isPresent() && !KeyAlgorithm.of(key.get()).equals(Optional.of(wanted))) {
            examined.warn(
                    "key-algorithm",
                    examined.item().mainPath(),
                    "has a key of type " + KeyAlgorithm.describe(key.get()) + ", described is " + wanted.label(),
                    examined.item().isAuthority() ? "none needed" : examined.renew());
        }
    }

    static Optional<PublicKey> publicKey(Certificate certificate) {
        try {
            return Optional.of(certificate.publicKey());
        } catch (KeyFailure e) {
            return Optional.empty();
        }
    }
}
