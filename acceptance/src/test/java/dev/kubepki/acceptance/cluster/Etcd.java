package dev.kubepki.acceptance.cluster;

import dev.kubepki.acceptance.house.Shell;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A real etcd of one test: where it listens, and the flags that kubepki printed; all else is as etcd has it.
final class Etcd implements AutoCloseable {
    /// A member's own name and addresses, with two free ports.
    record Place(String name, String host, int clientPort, int peerPort) {
        static Place on(String name, String host) throws IOException {
            return new Place(name, host, FreePort.on(host), FreePort.on(host));
        }

        String client() {
            return "https://" + host + ":" + clientPort;
        }

        String peer() {
            return name + "=https://" + host + ":" + peerPort;
        }
    }

    private final Shell.Running running;

    private Etcd(Shell.Running running) {
        this.running = running;
    }

    static Etcd start(Path folder, Place place, List<Place> all, List<String> flags) throws IOException {
        String peer = "https://" + place.host() + ":" + place.peerPort();
        List<String> command = new ArrayList<>(List.of(
                "etcd",
                "--name=" + place.name(),
                "--data-dir=" + folder.resolve("data-" + place.name()),
                "--listen-client-urls=" + place.client(),
                "--advertise-client-urls=" + place.client(),
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster="
                        + String.join(",", all.stream().map(Place::peer).toList())));
        command.addAll(flags);
        return new Etcd(new Shell(folder, System.getenv()).start(command.toArray(String[]::new)));
    }

    /// What `kubepki flags` prints, with the arguments in one line.
    static List<String> flags(Path folder, String arguments) throws IOException, InterruptedException {
        String[] words = ("flags " + arguments).split(" ");
        return Arrays.asList(Kubepki.in(folder).done(words).split("\n"));
    }

    /// Runs etcdctl with flags for its own certificate.
    static Shell.Result etcdctl(Path folder, List<String> flags, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("etcdctl"));
        command.addAll(flags);
        command.addAll(List.of(arguments));
        return new Shell(folder, System.getenv()).run(command.toArray(String[]::new));
    }

    static Shell.Result health(Path folder, List<String> flags, List<Place> places)
            throws IOException, InterruptedException {
        String endpoints = String.join(",", places.stream().map(Place::client).toList());
        return etcdctl(folder, flags, "--endpoints=" + endpoints, "--command-timeout=2s", "endpoint", "health");
    }

    /// Asks until it is well, for no longer than half a minute; the last answer.
    static Shell.Result whenHealthy(Path folder, List<String> flags, List<Place> places)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + 30_000_000_000L;
        while (true) {
            Shell.Result result = health(folder, flags, places);
            if (result.exit() == 0 || System.nanoTime() > end) {
                return result;
            }
            Thread.sleep(100);
        }
    }

    String log() throws IOException {
        return running.soFar();
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
