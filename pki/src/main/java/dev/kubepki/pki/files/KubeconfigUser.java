package dev.kubepki.pki.files;

import dev.kubepki.pki.document.Mapping;
import java.nio.file.Path;
import java.util.Optional;

/// Credentials in a kubeconfig. Immutable; each change keeps every other field. Never shows a secret.
public final class KubeconfigUser {
    private static final String CERTIFICATE = "client-certificate";
    private static final String KEY = "client-key";

    private final NamedEntry entry;

    KubeconfigUser(NamedEntry entry) {
        this.entry = entry;
    }

    /// A user with a name and no credentials.
    public static KubeconfigUser named(String name) {
        return new KubeconfigUser(NamedEntry.made(EntryKind.USER, name));
    }

    public String name() {
        return entry.name();
    }

    /// The certificate that the user logs in with.
    ///
    /// @throws KubeconfigFailure if what is embedded is not base64
    public Optional<KubeconfigPem> clientCertificate() {
        return entry.pem(CERTIFICATE);
    }

    /// The private key that the user logs in with.
    ///
    /// @throws KubeconfigFailure if what is embedded is not base64
    public Optional<KubeconfigPem> clientKey() {
        return entry.pem(KEY);
    }

    /// The bearer token, a secret.
    public Optional<String> token() {
        return entry.text("token");
    }

    /// The file that holds the token, which counts in place of one that stands beside it.
    public Optional<Path> tokenFile() {
        return entry.path("tokenFile");
    }

    /// The folder of the kubeconfig, from which relative paths start.
    public Path folder() {
        return entry.folder();
    }

    /// All fields, with those that kubepki doesn't know. They hold secrets.
    public Mapping fields() {
        return entry.fields();
    }

    /// Embeds certificate and key as they are, as `--embed-certs` does.
    public KubeconfigUser withEmbedded(byte[] certificatePem, byte[] keyPem) {
        return new KubeconfigUser(
                entry.withEmbedded(CERTIFICATE, certificatePem).withEmbedded(KEY, keyPem));
    }

    public KubeconfigUser withFiles(Path certificate, Path key) {
        return new KubeconfigUser(entry.withFile(CERTIFICATE, certificate).withFile(KEY, key));
    }

    public KubeconfigUser withEmbeddedCertificate(byte[] pem) {
        return new KubeconfigUser(entry.withEmbedded(CERTIFICATE, pem));
    }

    public KubeconfigUser withEmbeddedKey(byte[] pem) {
        return new KubeconfigUser(entry.withEmbedded(KEY, pem));
    }

    public KubeconfigUser withCertificateFile(Path path) {
        return new KubeconfigUser(entry.withFile(CERTIFICATE, path));
    }

    public KubeconfigUser withKeyFile(Path path) {
        return new KubeconfigUser(entry.withFile(KEY, path));
    }

    /// Logs in with a token; a user name and password go, as with kubectl.
    public KubeconfigUser withToken(String token) {
        Mapping fields = fields().without("username").without("password").without("tokenFile");
        return new KubeconfigUser(entry.with(fields.with("token", token)));
    }

    /// Logs in with a user name or a password; a token goes, as with kubectl.
    public KubeconfigUser withUsername(String username) {
        return withBasic("username", username);
    }

    /// As above.
    public KubeconfigUser withPassword(String password) {
        return withBasic("password", password);
    }

    private KubeconfigUser withBasic(String field, String value) {
        return new KubeconfigUser(entry.with(
                value.isEmpty()
                        ? fields().without(field)
                        : fields().without("token").with(field, value)));
    }

    /// Changes the credential plugin.
    public KubeconfigUser with(CredentialPlugin plugin) {
        return new KubeconfigUser(entry.with(plugin.applied(fields())));
    }

    public KubeconfigUser renamed(String name) {
        return new KubeconfigUser(entry.named(name));
    }

    NamedEntry entry() {
        return entry;
    }

    @Override
    public String toString() {
        return "user " + name();
    }
}
