package dev.kubepki.server.http;

import dev.kubepki.api.discovery.ServerVersion;
import dev.kubepki.api.kind.ServedKinds;
import dev.kubepki.server.auth.Authenticator;
import dev.kubepki.server.auth.Authorizer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// The API over HTTP: a listener, a pipeline and the routes behind it.
public final class HttpApi implements AutoCloseable {
    private final InFlight inFlight = new InFlight();
    private final HttpListener listener;

    /// What stands behind the routes.
    ///
    /// @param version as `/version` tells it
    /// @param random for audit ids
    public record Parts(
            Authenticator authenticator,
            Authorizer authorizer,
            ServedKinds kinds,
            ServerVersion version,
            RandomGenerator random) {}

    /// @param address where to listen; port 0 for any free one
    /// @param grace how long requests may take to end when it is closed
    public HttpApi(
            InetSocketAddress address, ListenerIdentity identity, Limits limits, Duration grace, Parts parts) {
        Paths paths = new Paths();
        DiscoveryRoutes.addTo(paths, parts.kinds(), address.getHostString() + ":" + address.getPort());
        paths.at("/version", Document.plain(Reply.JSON, Json.pretty(parts.version().document())));
        Pipeline pipeline = new Pipeline(
                parts.authenticator(),
                parts.authorizer(),
                paths::serve,
                new AuditIds(parts.random()),
                inFlight,
                limits);
        listener = new HttpListener(address, identity, limits, grace, pipeline);
    }

    /// Takes the port, and answers from then on.
    ///
    /// @throws IOException when the port is taken
    public void start() throws IOException {
        listener.start();
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
