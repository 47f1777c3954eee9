package dev.kubepki.acceptance.serve;

import dev.kubepki.acceptance.house.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// `kubepki controller`, as a process of its own, with the set of a server whose cluster it is for.
final class Controller implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path data;
    private final Shell.Running running;
    private boolean ended;

    private Controller(Path data, Shell.Running running) {
        this.data = data;
        this.running = running;
    }

    /// Starts one that gives up and takes over within seconds.
    ///
    /// @param folder its own
    static Controller start(Server server, Path folder, Path kubeconfig, String... options) throws IOException {
        Path data = Files.createDirectories(folder).resolve("ledger");
        List<String> command = new ArrayList<>(List.of(
                Server.program(),
                "controller",
                "--kubeconfig",
                kubeconfig.toString(),
                "--dir",
                server.dir().toString(),
                "--data",
                data.toString(),
                "--leader-elect-lease-duration=5s",
                "--leader-elect-renew-deadline=3s",
                "--leader-elect-retry-period=1s"));
        command.addAll(List.of(options));
        return new Controller(data, new Shell(folder, System.getenv()).start(command.toArray(String[]::new)));
    }

    /// Waits until it says so.
    Controller says(String text) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!running.soFar().contains(text)) {
            if (!running.process().isAlive() || Instant.now().isAfter(end)) {
                throw new AssertionError("kubepki controller did not say '" + text + "': " + running.soFar());
            }
            Thread.sleep(20);
        }
        return this;
    }

    /// The lines of its ledger of signatures.
    List<String> ledger() throws IOException {
        Path file = data.resolve("signatures.jsonl");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /// Ends it as a power cut does.
    void kill() throws InterruptedException {
        running.process().descendants().forEach(ProcessHandle::destroyForcibly);
        running.process().destroyForcibly().waitFor();
    }

    /// Ends it as an operator does.
    void terminate() throws IOException {
        close();
    }

    @Override
    public void close() throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        try {
            running.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
