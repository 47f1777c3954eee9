package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.pki.cluster.ApiEndpoint;
import dev.kubepki.pki.cluster.ClusterConfig;
import dev.kubepki.pki.cluster.ClusterPlan;
import dev.kubepki.pki.cluster.DescriptionText;
import dev.kubepki.pki.cluster.DesiredSet;
import dev.kubepki.pki.cluster.FoundFile;
import dev.kubepki.pki.cluster.Host;
import dev.kubepki.pki.cluster.HostPort;
import dev.kubepki.pki.cluster.Inference;
import dev.kubepki.pki.cluster.IpAddress;
import dev.kubepki.pki.cluster.NamingStyle;
import dev.kubepki.pki.files.DirectoryLock;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.files.FileTransaction;
import dev.kubepki.pki.files.HostNetwork;
import dev.kubepki.pki.files.PkiDirectory;
import dev.kubepki.pki.files.SetChange;
import dev.kubepki.pki.files.SetWriter;
import dev.kubepki.pki.issue.IssuanceRefused;
import dev.kubepki.pki.key.CryptoProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The set that is served: made when there is none, and what a person does with it next.
final class ServeSet {
    private static final String AUTHORITY = "pki/ca.crt";
    private static final String ADMIN = "admin.conf";

    private final Invocation in;
    private final Path folder;

    ServeSet(Invocation in, Path folder) {
        this.in = in;
        this.folder = folder;
    }

    /// Makes a set as kubeadm does, whose kubeconfigs reach the server that is about to listen.
    void makeUnlessThere(InetSocketAddress bind) throws IOException, CommandFailure {
        if (in.given("client-ca-file") && in.given("tls-cert-file")) {
            return;
        }
        PkiDirectory directory = directory();
        if (!directory.file(AUTHORITY).isMissing()) {
            return;
        }
        if (Inference.of(directory).isPresent()) {
            throw new CommandFailure(
                    directory.resolve(AUTHORITY) + " is not there, while other files of a set are",
                    "Put it back, or name the CA of clients with --client-ca-file.");
        }
        make(directory, config(bind));
    }

    private PkiDirectory directory() {
        return PkiDirectory.of(FileOperations.disk(), folder, Optional.empty());
    }

    private static ClusterConfig config(InetSocketAddress bind) {
        Host host = HostNetwork.detect();
        int port = bind.getPort() == 0 ? ApiEndpoint.DEFAULT_PORT : bind.getPort();
        HostPort endpoint = new HostPort(reachable(bind.getAddress()), port);
        return ClusterConfig.forHost(host.name(), host.addresses())
                .withStyle(NamingStyle.KUBEADM)
                .withApi(new ApiEndpoint(Optional.of(endpoint), List.of(), port));
    }

    /// An address by which a client on this host comes to what listens there.
    private static String reachable(InetAddress address) {
        return address.isAnyLocalAddress()
                ? IpAddress.LOOPBACK.text()
                : address.getHostAddress().replaceFirst("%.*", "");
    }

    private void make(PkiDirectory directory, ClusterConfig config) throws IOException, CommandFailure {
        DesiredSet desired = DesiredSet.of(config);
        Instant now = in.clock().instant();
        try (DirectoryLock lock = DirectoryLock.acquire(directory.roots())) {
            FileTransaction.recover(lock);
            CryptoProvider provider = CryptoProvider.fastest();
            ClusterPlan plan = ClusterPlan.of(desired, directory.readOnce(), provider, now);
            new SetChange(directory, provider, new SecureRandom(), now, "serve")
                    .apply(lock, desired, plan::steps, writer -> keep(writer, config), made -> {});
        } catch (IssuanceRefused e) {
            throw new CommandFailure("a certificate of this set must not be signed: " + e.getMessage());
        }
        in.err().println("note: made a set in the style of kubeadm in " + folder);
    }

    private static void keep(SetWriter writer, ClusterConfig config) {
        writer.open(SetOptions.DESCRIPTION, DescriptionText.of(config).getBytes(StandardCharsets.UTF_8));
    }

    /// Says that the server is ready, and how to reach it.
    void tell(InetSocketAddress bind, int port) {
        String url = new HostPort(reachable(bind.getAddress()), port).httpsUrl();
        in.out().println("kubepki serves " + folder + " at " + url);
        boolean reaches = server().filter(url::equals).isPresent();
        in.out().println("export KUBECONFIG=" + folder.resolve(ADMIN));
        in.out().println("kubectl " + (reaches ? "" : "--server=" + url + " ") + "get csr");
        in.out().flush();
    }

    private Optional<String> server() {
        return directory().file(ADMIN).content() instanceof FoundFile.Content.Kubeconfig(var kubeconfig)
                ? Optional.of(kubeconfig.server())
                : Optional.empty();
    }
}
