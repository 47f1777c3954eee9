package dev.kubepki.server.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;

/// Closes connections that hold a place without using it: handshakes and headers that drip in, as each of their bytes
/// restarts the idle timeout, and, when there are too many, those that idle longest.
final class ConnectionWatch {
    private final ServerConnector connector;
    private final Limits limits;

    ConnectionWatch(ServerConnector connector, Limits limits) {
        this.connector = connector;
        this.limits = limits;
    }

    /// One look at all connections.
    void look() {
        List<EndPoint> idle = new ArrayList<>();
        int all = 0;
        for (EndPoint end : connector.getConnectedEndPoints()) {
            all++;
            Connection connection = Engine.innermost(end);
            if (isLate(connection)) {
                end.close();
            } else if (isIdle(connection)) {
                idle.add(end);
            }
        }
        int tooMany = all - limits.connections();
        if (tooMany > 0) {
            idle.sort(Comparator.comparingLong(EndPoint::getCreatedTimeStamp));
            idle.stream().limit(tooMany).forEach(EndPoint::close);
        }
    }

    private boolean isLate(Connection connection) {
        if (connection instanceof HttpConnection plain) {
            HttpParser parser = plain.getParser();
            return parser.inHeaderState()
                    && !parser.isStart()
                    && System.nanoTime() - parser.getBeginNanoTime()
                            > limits.headerTime().toNanos();
        }
        if (connection instanceof HTTP2Connection) {
            return false;
        }
        // No protocol was agreed on yet: the handshake is still going on.
        long age = System.currentTimeMillis() - connection.getCreatedTimeStamp();
        return age > TimeUnit.NANOSECONDS.toMillis(limits.headerTime().toNanos());
    }

    private static boolean isIdle(Connection connection) {
        if (connection instanceof HttpConnection plain) {
            return plain.getParser().isStart() || plain.getParser().isIdle();
        }
        return connection instanceof HTTP2Connection shared
                && shared.getSession().getStreams().isEmpty();
    }
}
