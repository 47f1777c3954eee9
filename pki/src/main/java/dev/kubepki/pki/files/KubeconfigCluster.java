package dev.kubepki.pki.files;

import dev.kubepki.pki.document.Mapping;
import java.nio.file.Path;
import java.util.Optional;

/// An API server as a kubeconfig describes it. Immutable; each change keeps every other field.
public final class KubeconfigCluster {
    private static final String CA = "certificate-authority";
    private static final String INSECURE = "insecure-skip-tls-verify";

    private final NamedEntry entry;

    KubeconfigCluster(NamedEntry entry) {
        this.entry = entry;
    }

    /// A cluster with a name and nothing else.
    public static KubeconfigCluster named(String name) {
        return new KubeconfigCluster(NamedEntry.made(EntryKind.CLUSTER, name));
    }

    public String name() {
        return entry.name();
    }

    public Optional<String> server() {
        return entry.text("server");
    }

    /// The CA certificates that the server's certificate must lead to.
    ///
    /// @throws KubeconfigFailure if what is embedded is not base64
    public Optional<KubeconfigPem> certificateAuthority() {
        return entry.pem(CA);
    }

    /// All fields, with those that kubepki doesn't know.
    public Mapping fields() {
        return entry.fields();
    }

    public KubeconfigCluster withServer(String url) {
        return with(entry.with(fields().with("server", url)));
    }

    public KubeconfigCluster withTlsServerName(String name) {
        return with(entry.with(fields().with("tls-server-name", name)));
    }

    public KubeconfigCluster withProxyUrl(String url) {
        return with(entry.with(fields().with("proxy-url", url)));
    }

    /// A cluster whose certificate is checked again.
    public KubeconfigCluster withVerification() {
        return with(secured());
    }

    /// Embeds the PEM bytes as they are, as `--embed-certs` does.
    public KubeconfigCluster withEmbeddedAuthority(byte[] pem) {
        return with(secured().withEmbedded(CA, pem));
    }

    public KubeconfigCluster withAuthorityFile(Path path) {
        return with(secured().withFile(CA, path));
    }

    /// A cluster whose certificate nobody checks; its CA goes, since kubectl refuses both together.
    public KubeconfigCluster withoutVerification() {
        return with(entry.with(fields().without(CA).without(CA + "-data").with(INSECURE, true)));
    }

    public KubeconfigCluster renamed(String name) {
        return with(entry.named(name));
    }

    NamedEntry entry() {
        return entry;
    }

    private NamedEntry secured() {
        return entry.with(fields().without(INSECURE));
    }

    private static KubeconfigCluster with(NamedEntry changed) {
        return new KubeconfigCluster(changed);
    }

    @Override
    public String toString() {
        return "cluster " + name();
    }
}
