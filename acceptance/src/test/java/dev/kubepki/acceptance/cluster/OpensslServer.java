package dev.kubepki.acceptance.cluster;

import dev.kubepki.acceptance.cluster.ClusterSet.Pair;
import dev.kubepki.acceptance.house.Shell;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A real `openssl s_server`, which tells whoever asks about the connection they have.
final class OpensslServer implements AutoCloseable {
    private final int port;
    private final Shell.Running running;

    private OpensslServer(int port, Shell.Running running) {
        this.port = port;
        this.running = running;
    }

    /// Serves anybody.
    static OpensslServer open(Path folder, Pair pair, Path chain) throws Exception {
        return start(folder, pair, List.of("-cert_chain", chain.toString()));
    }

    /// Serves those alone who show a client certificate under the CA in a file.
    static OpensslServer forClientsOf(Path folder, Pair pair, Path authority) throws Exception {
        return start(
                folder,
                pair,
                List.of(
                        "-CAfile",
                        authority.toString(),
                        "-no-CApath",
                        "-no-CAstore",
                        "-partial_chain",
                        "-Verify",
                        "3",
                        "-verify_return_error"));
    }

    private static OpensslServer start(Path folder, Pair pair, List<String> more) throws Exception {
        int port = FreePort.on("127.0.0.1");
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:" + port,
                "-cert",
                pair.certificate().toString(),
                "-key",
                pair.key().toString(),
                "-www"));
        command.addAll(more);
        OpensslServer server =
                new OpensslServer(port, new Shell(folder, System.getenv()).start(command.toArray(String[]::new)));
        server.awaitListening();
        return server;
    }

    private void awaitListening() throws Exception {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!running.soFar().contains("ACCEPT")) {
            if (System.nanoTime() > end || !running.process().isAlive()) {
                throw new AssertionError("openssl s_server does not listen: " + running.stop());
            }
            Thread.sleep(20);
        }
        new Socket(InetAddress.getLoopbackAddress(), port).close();
    }

    int port() {
        return port;
    }

    /// What it thinks of its clients.
    String log() throws IOException {
        return Files.readString(running.err());
    }

    @Override
    public void close() throws IOException {
        try {
            running.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
