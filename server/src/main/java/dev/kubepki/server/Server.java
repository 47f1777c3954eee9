package dev.kubepki.server;

import dev.kubepki.api.codec.JsonCodec;
import dev.kubepki.api.discovery.ServerVersion;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.Kinds;
import dev.kubepki.api.kind.RuntimeConfig;
import dev.kubepki.api.kind.ServedKinds;
import dev.kubepki.api.schema.Schema;
import dev.kubepki.api.schema.Schemas;
import dev.kubepki.pki.cluster.Host;
import dev.kubepki.pki.files.HostNetwork;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.server.auth.token.BearerTokens;
import dev.kubepki.server.auth.token.TokenIssuer;
import dev.kubepki.server.http.HealthCheck;
import dev.kubepki.server.http.HttpApi;
import dev.kubepki.server.http.ListenerIdentity;
import dev.kubepki.server.review.Reviews;
import dev.kubepki.server.store.SqliteStore;
import dev.kubepki.server.store.Store;
import dev.kubepki.server.store.StoreFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// The certificates API as one running thing. Its parts know each other by their constructors alone, and all of them
/// are put together here.
public final class Server implements AutoCloseable {
    private static final long POLL_SECONDS = 2;

    private final HttpApi http;
    private final Backend backend;
    private final ScheduledExecutorService polls;

    private Server(HttpApi http, Backend backend, ScheduledExecutorService polls) {
        this.http = http;
        this.backend = backend;
        this.polls = polls;
    }

    /// Starts a server on an existing set.
    ///
    /// @param random a `SecureRandom` outside of tests
    public static Server start(ServerOptions options, Clock clock, RandomGenerator random) throws ServerFailure {
        CryptoProvider provider = CryptoProvider.fastest();
        SetFiles files = new SetFiles(options.directory(), options.files());
        Authentication authentication = new Authentication(files, options.tokens(), provider, clock);
        ServingCertificate certificate = new ServingCertificate(files, options.bind(), hostNames(), clock, random);
        FileBacked<ListenerIdentity> identity =
                new FileBacked<>("serving certificate", certificate.sources(), certificate::make);
        ServedKinds kinds = kinds(options);
        Schema schema = Schemas.load();
        JsonCodec codec = new JsonCodec(schema);
        LateLookup objects = new LateLookup();
        BearerTokens tokens = authentication.bearerTokens(objects, codec);
        TokenIssuer issuer = authentication.tokenIssuer(codec, random);
        Backend backend = Backend.open(
                store(options),
                kinds,
                schema,
                roles -> Reviews.of(tokens, issuer, roles, false),
                provider,
                clock,
                random);
        objects.openWith(backend.operations()::find);
        try {
            backend.writeStartObjects(pem(authentication.clientAuthorities()));
            backend.startKeepers();
            HttpApi http = new HttpApi(
                    options.bind(),
                    identity.get(),
                    options.limits(),
                    options.grace(),
                    new HttpApi.Parts(
                            authentication.chain(tokens, options.anonymous()),
                            backend.authorizer(),
                            backend.operations(),
                            kinds,
                            schema,
                            version(options),
                            new HttpApi.Tokens(authentication.tokenKeys(), options.tokens()),
                            checks(backend, identity, clock),
                            List.of(new Figures(identity, authentication::clientAuthorities)),
                            clock,
                            random));
            identity.follow(http::show);
            open(http, options.bind());
            List<FileBacked<?>> all = new ArrayList<>(authentication.files());
            all.add(identity);
            return new Server(http, backend, polling(all));
        } catch (ServerFailure | RuntimeException e) {
            backend.close();
            throw e;
        }
    }

    private static List<HealthCheck> checks(Backend backend, FileBacked<ListenerIdentity> identity, Clock clock) {
        return List.of(
                new HealthCheck("ping", () -> true),
                new HealthCheck("store", backend::isHealthy),
                new HealthCheck(
                        "serving-certificate",
                        true,
                        () -> clock.instant().isBefore(identity.get().end())));
    }

    private static ServedKinds kinds(ServerOptions options) throws ServerFailure {
        List<Kind> table = Kinds.load();
        try {
            return ServedKinds.of(table, RuntimeConfig.parse(options.runtimeConfig(), table));
        } catch (IllegalArgumentException e) {
            throw new ServerFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private static Store store(ServerOptions options) throws ServerFailure {
        try {
            return SqliteStore.open(options.data());
        } catch (StoreFailure e) {
            throw new ServerFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private static ServerVersion version(ServerOptions options) {
        return new ServerVersion(
                options.programVersion(), System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    private static String pem(List<Certificate> certificates) {
        return certificates.stream()
                .map(certificate -> certificate.pem().encode())
                .collect(Collectors.joining());
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
        backend.close();
    }
}
