package dev.kubepki.server;

import dev.kubepki.api.client.remote.RemoteCluster;
import dev.kubepki.api.client.remote.Target;
import dev.kubepki.pki.files.Kubeconfig;
import dev.kubepki.pki.files.KubeconfigCluster;
import dev.kubepki.pki.files.KubeconfigContext;
import dev.kubepki.pki.files.KubeconfigUser;
import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.issue.IssuanceRequest;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.server.audit.AuditFile;
import dev.kubepki.server.auth.token.TokenSettings;
import dev.kubepki.server.http.Limits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/// A server in this process on a set of its own, and its administrator's kubeconfig.
final class RunningServer implements AutoCloseable {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration LIFETIME = Duration.ofDays(100);
    private static final CryptoProvider PROVIDER = CryptoProvider.jdk();

    private final Path folder;
    private final CertificateAuthority authority;
    private final String issuer = "https://kubernetes.default.svc.cluster.local";
    private final ControllerOptions controllers;
    private Server server;

    RunningServer(Path folder) throws Exception {
        this(folder, ControllerOptions.DEFAULT);
    }

    RunningServer(Path folder, ControllerOptions controllers) throws Exception {
        this.folder = folder;
        this.controllers = controllers;
        Path pki = Files.createDirectories(folder.resolve("pki"));
        SigningKey key = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
        authority = CertificateAuthority.root(
                CertificateProfile.authority(new BasicConstraints(true, OptionalInt.empty()), LIFETIME),
                DistinguishedName.ofCommonName("kubernetes"),
                key,
                CLOCK.instant(),
                PROVIDER,
                new Random(1));
        write(pki.resolve("ca.crt"), authority.certificate().pem().encode());
        write(pki.resolve("ca.key"), KeyPem.encode(key).encode());
        SigningKey accounts = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
        write(pki.resolve("sa.key"), KeyPem.encode(accounts).encode());
        write(pki.resolve("sa.pub"), KeyPem.encodePublic(accounts.publicKey()).encode());
        this.server = start(0);
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
    }

    private Server start(int port) throws Exception {
        ServerOptions.Audit silent =
                new ServerOptions.Audit("", Optional.empty(), new AuditFile.Rotation(0, 0, Duration.ZERO));
        return Server.start(
                new ServerOptions(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        folder,
                        folder.resolve("data"),
                        "test",
                        ServerOptions.Files.OF_THE_SET,
                        "",
                        new TokenSettings(List.of(issuer), List.of(issuer), true),
                        true,
                        silent,
                        controllers,
                        Limits.DEFAULT,
                        Duration.ofSeconds(2)),
                CLOCK,
                new Random(3),
                OutputStream.nullOutputStream());
    }

    int port() {
        return server.port();
    }

    /// Ends it and starts it again on the same port.
    void restart() throws Exception {
        int port = server.port();
        server.close();
        server = start(port);
    }

    /// A kubeconfig of somebody with a client certificate.
    Kubeconfig kubeconfig(String user, String group) {
        SigningKey key = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
        String chain = authority
                .issue(authority.prepare(
                        CertificateProfile.client(LIFETIME),
                        new IssuanceRequest(DistinguishedName.of(user, List.of(group)), List.of(), key.publicKey()),
                        CLOCK.instant()))
                .pem()
                .encode();
        return Kubeconfig.of(
                folder.resolve("kubeconfig"),
                KubeconfigCluster.named("c")
                        .withServer("https://127.0.0.1:" + server.port())
                        .withEmbeddedAuthority(
                                bytes(authority.certificate().pem().encode())),
                KubeconfigUser.named("u")
                        .withEmbedded(bytes(chain), bytes(KeyPem.encode(key).encode())),
                KubeconfigContext.of("x", "c", "u"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    RemoteCluster administrator() {
        return cluster(kubeconfig("admin", "system:masters"));
    }

    static RemoteCluster cluster(Kubeconfig config) {
        Target target = Target.of(config, Target.Choice.NONE, Map.of(), false, CLOCK);
        return RemoteCluster.connect(target, "test/1", Duration.ofSeconds(10), CLOCK, new Random(5));
    }

    @Override
    public void close() {
        server.close();
    }
}
