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
import dev.kubepki.server.auth.rbac.RbacObjects;
import dev.kubepki.server.auth.token.BearerTokens;
import dev.kubepki.server.auth.token.TokenIssuer;
import dev.kubepki.server.controller.sign.Processors;
import dev.kubepki.server.controller.sign.Rehearsal;
import dev.kubepki.server.http.HealthCheck;
import dev.kubepki.server.http.HttpApi;
import dev.kubepki.server.http.ListenerIdentity;
import dev.kubepki.server.http.MetricSource;
import dev.kubepki.server.registry.Review;
import dev.kubepki.server.review.Reviews;
import dev.kubepki.server.store.SqliteStore;
import dev.kubepki.server.store.Store;
import dev.kubepki.server.store.StoreFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// The certificates API as one running thing. Its parts know each other by their constructors alone, and all of them
/// are put together here.
public final class Server implements AutoCloseable {
    /// Beyond this many requests in work at once, signing steps aside.
    private static final int BUSY = 2 * Runtime.getRuntime().availableProcessors();

    private static final Logger LOG = System.getLogger(Server.class.getName());
    static final String SIGNATURES = "signatures.jsonl";

    private final Deque<AutoCloseable> parts;
    private final int port;

    private Server(Deque<AutoCloseable> parts, int port) {
        this.parts = parts;
        this.port = port;
    }

    /// Starts a server on an existing set.
    ///
    /// @param random a `SecureRandom` outside of tests
    /// @param out where the audit log goes when it goes to standard output
    public static Server start(ServerOptions options, Clock clock, RandomGenerator random, OutputStream out)
            throws ServerFailure {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            return open(options, clock, random, out, parts);
        } catch (ServerFailure | RuntimeException e) {
            close(parts);
            throw e;
        }
    }

    /// What is opened goes to the parts at once, the last in front.
    private static Server open(
            ServerOptions options, Clock clock, RandomGenerator random, OutputStream out, Deque<AutoCloseable> parts)
            throws ServerFailure {
        CryptoProvider provider = CryptoProvider.fastest();
        SetFiles files = new SetFiles(options.directory(), options.files());
        Authentication authentication = new Authentication(files, options.tokens(), provider, clock);
        FileBacked<ListenerIdentity> identity = identity(files, options, clock, random);
        ServedKinds kinds = kinds(options);
        Schema schema = Schemas.load();
        JsonCodec codec = new JsonCodec(schema);
        LateLookup objects = new LateLookup();
        BearerTokens tokens = authentication.bearerTokens(objects, codec);
        TokenIssuer issuer = authentication.tokenIssuer(codec, random);
        Function<RbacObjects, Map<String, Review>> reviews = roles -> Reviews.of(tokens, issuer, roles, true);
        Backend backend = Backend.open(store(options), kinds, schema, reviews, provider, clock, random);
        parts.push(backend);
        objects.openWith(backend.operations()::find);
        backend.writeStartObjects(pem(authentication.clientAuthorities()));
        HttpApi.Audit audit = AuditSetup.of(options.audit(), out, clock);
        parts.push(audit.log());
        CountedCleanings cleanings = new CountedCleanings();
        HttpApi.Parts behind = new HttpApi.Parts(
                authentication.chain(tokens, options.anonymous()),
                backend.authorizer(),
                backend.operations(),
                kinds,
                schema,
                version(options),
                new HttpApi.Tokens(authentication.tokenKeys(), options.tokens()),
                checks(backend, identity, clock),
                figures(identity, authentication, backend, kinds, cleanings),
                audit,
                clock,
                random);
        HttpApi http = listen(options, identity, behind, parts);
        control(backend, http, provider, random, files, options, cleanings, clock, parts);
        parts.push(new FilePolling(authentication.files(), List.of(identity)));
        return new Server(parts, http.port());
    }

    /// The listener, open, with the certificate of the file whenever that is another.
    private static HttpApi listen(
            ServerOptions options,
            FileBacked<ListenerIdentity> identity,
            HttpApi.Parts behind,
            Deque<AutoCloseable> parts)
            throws ServerFailure {
        HttpApi http = new HttpApi(options.bind(), identity.get(), options.limits(), options.grace(), behind);
        parts.push(http);
        listen(http, options.bind());
        identity.follow(http::show);
        return http;
    }

    /// Starts all that acts by itself.
    private static void control(
            Backend backend,
            HttpApi http,
            CryptoProvider provider,
            RandomGenerator random,
            SetFiles files,
            ServerOptions options,
            CountedCleanings cleanings,
            Clock clock,
            Deque<AutoCloseable> parts)
            throws ServerFailure {
        List<ControllerRow> rows = ControllerChoice.of(options.controllers().choice(), Controllers.TABLE);
        backend.startKeepers();
        Processors processors = new Processors(() -> http.inWork() > BUSY);
        parts.push(processors);
        SignatureLedger ledger =
                SignatureLedger.open(options.data().resolve(SIGNATURES), new JsonCodec(Schemas.load()), clock);
        parts.push(ledger);
        ControllerParts of = new ControllerParts(
                new LocalWorld(backend),
                ConfiguredSigners.of(options.controllers().signing(), files, provider, random),
                ledger,
                bundle(options.controllers().rootAuthority().orElse(files.authority())),
                options.controllers().serving(),
                provider,
                processors,
                cleanings,
                clock);
        parts.push(Controllers.start(rows, of));
        rehearse(provider, random, clock);
    }

    private static void rehearse(CryptoProvider provider, RandomGenerator random, Clock clock) {
        Thread.ofPlatform().daemon().name("rehearsal").start(() -> Rehearsal.run(provider, random, clock));
    }

    /// What verifies this server, read when it is asked for.
    static Supplier<String> bundle(Path file) {
        return () -> {
            try {
                return pem(PemFiles.certificates(file));
            } catch (ServerFailure e) {
                throw new IllegalStateException(e.sentence(), e);
            }
        };
    }

    private static List<MetricSource> figures(
            FileBacked<ListenerIdentity> identity,
            Authentication authentication,
            Backend backend,
            ServedKinds kinds,
            CountedCleanings cleanings) {
        return List.of(
                new Figures(identity, authentication::clientAuthorities),
                csrs(backend, kinds),
                cleanings,
                backend.figures());
    }

    private static CsrFigures csrs(Backend backend, ServedKinds kinds) {
        CsrFigures figures = new CsrFigures();
        kinds.resource("certificates.k8s.io", "certificatesigningrequests").ifPresent(kind -> {
            // Figures may lag behind; no write waits for them. It ends when the backend does.
            AutoCloseable _ = backend.operations().observe(kind, figures::take);
        });
        return figures;
    }

    private static FileBacked<ListenerIdentity> identity(
            SetFiles files, ServerOptions options, Clock clock, RandomGenerator random) throws ServerFailure {
        ServingCertificate certificate = new ServingCertificate(files, options.bind(), hostNames(), clock, random);
        return new FileBacked<>("serving certificate", certificate.sources(), certificate::period, certificate::make);
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

    private static void listen(HttpApi http, InetSocketAddress bind) throws ServerFailure {
        try {
            http.start();
        } catch (IOException e) {
            String place = bind.getHostString() + ":" + bind.getPort();
            throw new ServerFailure(
                    "can't listen on " + place + ": " + ListenerTrouble.of(e) + "; choose another with --secure-port",
                    e);
        }
    }

    /// The port it listens on.
    public int port() {
        return port;
    }

    /// Ends watches and requests, then closes what they used.
    @Override
    public void close() {
        close(parts);
    }

    private static void close(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.log(Level.WARNING, "a part of the server did not close", e);
            }
        }
    }
}
