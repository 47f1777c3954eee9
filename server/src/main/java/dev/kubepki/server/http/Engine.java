package dev.kubepki.server.http;

import java.time.Duration;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/// How the HTTP engine is set up.
final class Engine {
    private static final int STREAMS_PER_CONNECTION = 250;
    private static final int ODD_FRAMES_A_SECOND = 1_000;
    private static final int LARGEST_POOLED_BUFFER = 64 * 1024;
    private static final long SHUTDOWN_IDLE_MILLIS = 200;
    private static final long POOLED_BYTES = 16L * 1024 * 1024;
    private static final String[] PROTOCOLS = {"TLSv1.2", "TLSv1.3"};

    private Engine() {}

    static Server server(Duration grace) {
        VirtualThreadPool threads = new VirtualThreadPool();
        // Its own default stops the server at 200 tasks, in silence.
        threads.setMaxConcurrentTasks(Integer.MAX_VALUE);
        threads.setName("http");
        Server server = new Server(
                threads,
                null,
                new ArrayByteBufferPool(0, 4096, LARGEST_POOLED_BUFFER, Integer.MAX_VALUE, POOLED_BYTES, POOLED_BYTES));
        server.setErrorHandler(new EngineErrors());
        server.setStopTimeout(grace.toMillis());
        return server;
    }

    static SslContextFactory.Server tls(ListenerIdentity identity) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setSslContext(identity.context());
        tls.setWantClientAuth(true);
        tls.setIncludeProtocols(PROTOCOLS);
        tls.setRenegotiationAllowed(false);
        return tls;
    }

    static ServerConnector connector(Server server, SslContextFactory.Server tls, Limits limits) {
        HttpConfiguration http = configuration(limits);
        HttpConnectionFactory http1 = new HttpConnectionFactory(http);
        HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(http);
        http2.setMaxConcurrentStreams(STREAMS_PER_CONNECTION);
        http2.setRateControlFactory(new WindowRateControl.Factory(ODD_FRAMES_A_SECOND));
        http2.setConnectProtocolEnabled(false);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(http1.getProtocol());
        SslConnectionFactory secure = new SslConnectionFactory(tls, alpn.getProtocol());
        ServerConnector connector = new ServerConnector(server, 1, -1, secure, alpn, http2, http1);
        connector.setIdleTimeout(limits.idleTime().toMillis());
        connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_MILLIS);
        connector.setAcceptQueueSize(1_024);
        return connector;
    }

    private static HttpConfiguration configuration(Limits limits) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        http.setRequestHeaderSize(limits.headerBytes());
        http.setHttpCompliance(HttpCompliance.RFC9110);
        // Paths are judged by RequestPath, which knows what kinds of them there are.
        http.setUriCompliance(UriCompliance.UNSAFE);
        http.setNotifyRemoteAsyncErrors(true);
        // Clients come by many names, through tunnels and proxies too: which one is no matter, their certificate is.
        http.addCustomizer(new SecureRequestCustomizer(false));
        return http;
    }

    /// The socket below TLS: closing it does not wait for a client that takes nothing.
    static EndPoint outermost(EndPoint end) {
        return end instanceof SslConnection.SslEndPoint secure
                ? secure.getSslConnection().getEndPoint()
                : end;
    }

    /// What speaks HTTP on a socket, under TLS.
    static Connection innermost(EndPoint end) {
        Connection connection = end.getConnection();
        while (connection instanceof SslConnection secure) {
            connection = secure.getSslEndPoint().getConnection();
        }
        return connection;
    }
}
