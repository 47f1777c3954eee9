package dev.kubepki.acceptance.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Ports for programs that can't choose their own.
final class FreePort {
    private FreePort() {}

    /// One that nobody listened on a moment ago.
    static int on(String host) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        }
    }
}
