package dev.kubepki.acceptance.serve;

import dev.kubepki.acceptance.house.Shell;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// `kubepki serve`, started as a person starts it, on a port and in a folder of its own.
final class Server implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final int port;
    private final List<String> before;
    private final List<String> options;
    private Shell.Running running;

    private Server(Path folder, int port, List<String> before, List<String> options) throws IOException {
        this.folder = folder;
        this.port = port;
        this.before = before;
        this.options = options;
        this.running = launch();
    }

    /// Starts it, and waits until it says that it is ready.
    static Server start(Path folder, String... options) throws IOException, InterruptedException {
        return start(folder, List.of(), List.of(options));
    }

    /// Starts it with its data on a file system of so many megabytes, which nobody else sees.
    static Server startOnSmallDisk(Path folder, int megabytes) throws IOException, InterruptedException {
        Path data = Files.createDirectories(folder.resolve("data"));
        String mount = "mount -t tmpfs -o size=" + megabytes + "m,mode=700 tmpfs " + data + " && exec \"$@\"";
        return start(folder, List.of("unshare", "-m", "bash", "-c", mount, "-"), List.of());
    }

    private static Server start(Path folder, List<String> before, List<String> options)
            throws IOException, InterruptedException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Server server = new Server(folder, port, before, options);
        server.awaitReady();
        return server;
    }

    /// Its data as it sees them.
    Path data() {
        return Path.of("/proc/" + running.process().pid() + "/root" + folder.resolve("data"));
    }

    private Shell.Running launch() throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                program(),
                "serve",
                "--dir",
                dir().toString(),
                "--data",
                folder.resolve("data").toString(),
                "--secure-port",
                Integer.toString(port)));
        command.addAll(options);
        return new Shell(folder, System.getenv()).start(command.toArray(String[]::new));
    }

    /// The launcher of this checkout, or the one that `KUBEPKI_PROGRAM` names.
    static String program() {
        Path root = Path.of(System.getProperty("kubepki.root")).toAbsolutePath().normalize();
        return System.getenv()
                .getOrDefault("KUBEPKI_PROGRAM", root.resolve("kubepki").toString());
    }

    private void awaitReady() throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!running.soFar().contains("export KUBECONFIG=")) {
            if (!running.process().isAlive() || Instant.now().isAfter(end)) {
                throw new AssertionError("kubepki serve did not become ready: " + running.soFar());
            }
            Thread.sleep(20);
        }
    }

    /// The PKI that it serves with.
    Path dir() {
        return folder.resolve("set");
    }

    Path kubeconfig() {
        return dir().resolve("super-admin.conf");
    }

    int port() {
        return port;
    }

    /// What it printed so far.
    String printed() throws IOException {
        return running.soFar();
    }

    /// The memory that it occupies.
    long kilobytes() throws IOException {
        Path status = Path.of("/proc/" + running.process().pid() + "/status");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    /// Ends it as an operator does; its exit code.
    int terminate() throws IOException, InterruptedException {
        return running.stop().exit();
    }

    /// Ends it as a power cut does.
    void kill() throws IOException, InterruptedException {
        running.process().descendants().forEach(ProcessHandle::destroyForcibly);
        running.process().destroyForcibly().waitFor();
    }

    /// Starts it again on the same folder and port.
    void restart() throws IOException, InterruptedException {
        running = launch();
        awaitReady();
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
