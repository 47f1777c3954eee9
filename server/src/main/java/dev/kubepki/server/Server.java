package dev.kubepki.server;

import dev.kubepki.api.discovery.ServerVersion;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.Kinds;
import dev.kubepki.api.kind.RuntimeConfig;
import dev.kubepki.api.kind.ServedKinds;
import dev.kubepki.pki.files.HostNetwork;
import dev.kubepki.pki.cluster.Host;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.server.auth.Authenticator;
import dev.kubepki.server.auth.AuthenticatorChain;
import dev.kubepki.server.auth.Authorizer;
import dev.kubepki.server.auth.AuthorizerChain;
import dev.kubepki.server.auth.ClientCertificates;
import dev.kubepki.server.auth.PrivilegedGroup;
import dev.kubepki.server.auth.rbac.Rbac;
import dev.kubepki.server.auth.rbac.RbacObjects;
import dev.kubepki.server.http.HttpApi;
import dev.kubepki.server.http.ListenerIdentity;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// The certificates API as one running thing. Its parts know each other by their constructors alone, and all of them
/// are put together here.
public final class Server implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Server.class.getName());
    private static final long POLL_SECONDS = 2;

    private final HttpApi http;
    private final ScheduledExecutorService polls;

    private Server(HttpApi http, ScheduledExecutorService polls) {
        this.http = http;
        this.polls = polls;
    }

    /// Starts a server on an existing set.
    ///
    /// @param random a `SecureRandom` outside of tests
    public static Server start(ServerOptions options, Clock clock, RandomGenerator random) throws ServerFailure {
        SetFiles files = new SetFiles(options.directory(), options.files());
        ServingCertificate certificate = new ServingCertificate(files, options.bind(), hostNames(), clock, random);
        FileBacked<ListenerIdentity> identity =
                new FileBacked<>("serving certificate", certificate.sources(), certificate::make);
        FileBacked<List<Certificate>> clientAuthorities = new FileBacked<>(
                "client CAs",
                List.of(files.clientAuthorities()),
                () -> PemFiles.certificates(files.clientAuthorities()));
        RbacObjects roles = new RbacObjects();
        HttpApi http = new HttpApi(
                options.bind(),
                identity.get(),
                options.limits(),
                options.grace(),
                new HttpApi.Parts(
                        authenticator(options, clientAuthorities, clock),
                        authorizer(roles),
                        kinds(options),
                        new ServerVersion(
                                options.programVersion(),
                                System.getProperty("os.name", ""),
                                System.getProperty("os.arch", "")),
                        random));
        identity.follow(http::show);
        open(http, options.bind());
        return new Server(http, polling(List.of(identity, clientAuthorities)));
    }

    private static ServedKinds kinds(ServerOptions options) throws ServerFailure {
        List<Kind> table = Kinds.load();
        try {
            return ServedKinds.of(table, RuntimeConfig.parse(options.runtimeConfig(), table));
        } catch (IllegalArgumentException e) {
            throw new ServerFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private static Authenticator authenticator(
            ServerOptions options, FileBacked<List<Certificate>> clientAuthorities, Clock clock) {
        ClientCertificates certificates = new ClientCertificates(
                clientAuthorities, CryptoProvider.jdk(), clock, sentence -> LOG.log(Level.INFO, sentence));
        return new AuthenticatorChain(List.of(certificates), options.anonymous());
    }

    private static Authorizer authorizer(RbacObjects roles) {
        return new AuthorizerChain(List.of(PrivilegedGroup.MASTERS, new Rbac(roles)));
    }

    private static List<String> hostNames() {
        Host host = HostNetwork.detect();
        List<String> names = new ArrayList<>(List.of(host.name()));
        host.addresses().forEach(address -> names.add(address.text()));
        return names;
    }

    private static void open(HttpApi http, InetSocketAddress bind) throws ServerFailure {
        try {
            http.start();
        } catch (IOException e) {
            http.close();
            throw new ServerFailure(
                    "can't listen on " + bind.getHostString() + ":" + bind.getPort() + ": " + e.getMessage()
                            + "; choose another port with --secure-port",
                    e);
        }
    }

    private static ScheduledExecutorService polling(List<FileBacked<?>> files) {
        ScheduledExecutorService polls = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("files").daemon().factory());
        for (FileBacked<?> file : files) {
            polls.scheduleWithFixedDelay(file::poll, POLL_SECONDS, POLL_SECONDS, TimeUnit.SECONDS);
        }
        return polls;
    }

    /// The port it listens on.
    public int port() {
        return http.port();
    }

    /// Ends watches and requests, and closes what was opened.
    @Override
    public void close() {
        polls.shutdown();
        http.close();
    }
}
