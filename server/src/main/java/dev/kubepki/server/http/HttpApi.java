package dev.kubepki.server.http;

import dev.kubepki.api.codec.Bodies;
import dev.kubepki.api.codec.JsonCodec;
import dev.kubepki.api.discovery.ServerVersion;
import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.kind.ServedKinds;
import dev.kubepki.api.openapi.OpenApi;
import dev.kubepki.api.schema.Schema;
import dev.kubepki.server.audit.AuditLog;
import dev.kubepki.server.audit.AuditPolicy;
import dev.kubepki.server.auth.Authenticator;
import dev.kubepki.server.auth.Authorizer;
import dev.kubepki.server.auth.token.TokenKeys;
import dev.kubepki.server.auth.token.TokenSettings;
import dev.kubepki.server.registry.Operations;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The API over HTTP: a listener, a pipeline and the routes behind it.
public final class HttpApi implements AutoCloseable {
    private final InFlight inFlight = new InFlight();
    private final Slots slots;
    private final Paths paths;
    private final HttpListener listener;

    /// What stands behind the routes.
    ///
    /// @param version as `/version` tells it
    /// @param checks of health, in the order in which they are told
    /// @param figures that `/metrics` tells besides those of requests
    /// @param random for audit ids
    public record Parts(
            Authenticator authenticator,
            Authorizer authorizer,
            Operations operations,
            ServedKinds kinds,
            Schema schema,
            ServerVersion version,
            Tokens tokens,
            List<HealthCheck> checks,
            List<MetricSource> figures,
            Audit audit,
            Clock clock,
            RandomGenerator random) {}

    /// What is logged of which requests, and where.
    public record Audit(AuditPolicy policy, AuditLog log) {}

    /// The tokens of service accounts, as others may verify them.
    public record Tokens(Supplier<TokenKeys> keys, TokenSettings settings) {}

    /// @param address where to listen; port 0 for any free one
    /// @param grace how long requests may take to end when it is closed
    public HttpApi(InetSocketAddress address, ListenerIdentity identity, Limits limits, Duration grace, Parts parts) {
        Negotiation negotiation = new Negotiation();
        Encoder encoder = new Encoder(parts.schema());
        slots = new Slots(limits);
        RequestMetrics metrics = new RequestMetrics(info -> isKnown(info, parts.kinds()), slots);
        AuditTrail trail = new AuditTrail(parts.audit().policy(), parts.audit().log(), parts.clock());
        paths = paths(parts, address.getAddress().getHostAddress() + ":" + address.getPort(), List.of(metrics, trail));
        Route resources = resources(parts, negotiation, encoder);
        Pipeline pipeline = new Pipeline(
                parts.authenticator(),
                parts.authorizer(),
                exchange -> exchange.info().isResource() ? resources.serve(exchange) : paths.serve(exchange),
                new FailureReplies(negotiation, encoder),
                new AuditIds(parts.random()),
                inFlight,
                slots,
                limits,
                observers(metrics, trail, parts.audit()));
        listener = new HttpListener(address, identity, limits, grace, pipeline);
    }

    private static Paths paths(Parts parts, String reached, List<MetricSource> own) {
        Paths paths = new Paths();
        paths.at("/", new RootRoute(paths));
        DiscoveryRoutes.addTo(paths, parts.kinds(), reached);
        OpenIdRoutes.addTo(paths, parts.tokens(), reached);
        OpenApi documents =
                new OpenApi(parts.kinds(), parts.schema(), parts.version().gitVersion());
        OpenApiRoutes.addTo(paths, documents);
        // The first kubectl apply asks for it, and it takes all documents to make.
        Thread.ofVirtual().name("openapi").start(documents::v3Index);
        HealthRoutes.addTo(paths, parts.checks());
        List<MetricSource> figures = new ArrayList<>(own);
        figures.add(new ProcessMetrics());
        figures.addAll(parts.figures());
        paths.at("/metrics", new MetricRoute(List.copyOf(figures)));
        paths.at(
                "/version",
                Document.plain(Reply.JSON, Json.pretty(parts.version().document())));
        return paths;
    }

    private static List<Observer> observers(RequestMetrics metrics, AuditTrail trail, Audit audit) {
        return audit.policy().rules().isEmpty() ? List.of(metrics) : List.of(trail, metrics);
    }

    /// Whether a request is for something that is served, so that figures about it may name it.
    private boolean isKnown(RequestInfo info, ServedKinds kinds) {
        return info.isResource()
                ? kinds.resource(new GroupVersion(info.group(), info.version()), info.resource())
                        .isPresent()
                : paths.knows(info.path());
    }

    private static Route resources(Parts parts, Negotiation negotiation, Encoder encoder) {
        Handlers handlers = new Handlers(
                parts.operations(),
                negotiation,
                new Presentation(encoder, parts.clock()),
                new Bodies(parts.schema()),
                new PatchReader(new JsonCodec(parts.schema())));
        WatchRoute watches = new WatchRoute(parts.operations(), negotiation, encoder, new FrameCache(), parts.clock());
        return new ResourceRoutes(parts.kinds(), handlers.table(), watches);
    }

    /// Takes the port, and answers from then on.
    ///
    /// @throws IOException when the port is taken
    public void start() throws IOException {
        listener.start();
    }

    /// How many requests are answered at this moment; watches do not count.
    public int inWork() {
        return slots.readingNow() + slots.mutatingNow();
    }

    /// The port it listens on.
    public int port() {
        return listener.port();
    }

    /// Shows another certificate from the next handshake on.
    public void show(ListenerIdentity identity) {
        listener.show(identity);
    }

    @Override
    public void close() {
        listener.close();
        inFlight.close();
    }
}
