package dev.kubepki.server.http;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// The socket: HTTP/1.1 and HTTP/2 over TLS 1.2 and 1.3, client certificates wanted and never required.
final class HttpListener implements AutoCloseable {
    private static final Logger LOG = System.getLogger(HttpListener.class.getName());
    private static final long LOOK_MILLIS = 1_000;
    private static final long WATCH_LOOK_MILLIS = 5_000;

    private final Server server;
    private final ServerConnector connector;
    private final SslContextFactory.Server tls;
    private final RunningStreams streams = new RunningStreams();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("connections").daemon().factory());

    /// @param address where to listen; port 0 for any free one
    /// @param grace how long requests may take to end when it is closed
    HttpListener(
            InetSocketAddress address,
            ListenerIdentity identity,
            Limits limits,
            Duration grace,
            BiConsumer<ApiRequest, ReplySink> pipeline) {
        server = Engine.server(grace);
        tls = Engine.tls(identity);
        connector = Engine.connector(server, tls, limits);
        connector.setHost(address.getAddress().getHostAddress());
        connector.setPort(address.getPort());
        server.addConnector(connector);
        server.setHandler(new JettyHandler(pipeline, limits, streams));
        ConnectionWatch connections = new ConnectionWatch(connector, limits);
        ScheduledFuture<?> _ = looks.scheduleWithFixedDelay(
                safely(connections::look), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        ScheduledFuture<?> _ = looks.scheduleWithFixedDelay(
                safely(streams::look), WATCH_LOOK_MILLIS, WATCH_LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// A look that fails is not the last one.
    private static Runnable safely(Runnable look) {
        return () -> {
            try {
                look.run();
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "a look at the connections failed", e);
            }
        };
    }

    /// Takes the port, and answers from then on.
    void start() throws IOException {
        try {
            connector.open();
            server.start();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the listener does not start: " + e.getMessage(), e);
        }
    }

    /// The port it listens on.
    int port() {
        return connector.getLocalPort();
    }

    /// Shows another certificate from the next handshake on.
    void show(ListenerIdentity identity) {
        try {
            tls.reload(factory -> factory.setSslContext(identity.context()));
        } catch (Exception e) {
            throw new IllegalStateException("the new certificate can't be used: " + e.getMessage(), e);
        }
    }

    /// Ends watches, takes no more connections, lets requests end, and closes what is left after the time of grace.
    @Override
    public void close() {
        looks.shutdown();
        streams.end();
        try {
            server.stop();
        } catch (TimeoutException e) {
            LOG.log(Level.INFO, "requests that did not end in time were cut off");
        } catch (Exception e) {
            throw new IllegalStateException("the listener does not stop: " + e.getMessage(), e);
        } finally {
            streams.close();
        }
    }
}
