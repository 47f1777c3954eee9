package dev.kubepki.acceptance.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.acceptance.house.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// A person at a shell whose `kubectl` is one of the real ones, with a home of his own.
record Client(String version, Path folder, Path kubeconfig) {
    static Client of(String version, Path folder, Path kubeconfig) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin-" + version));
        Path link = bin.resolve("kubectl");
        if (!Files.exists(link)) {
            Files.createSymbolicLink(link, peers().resolve("kubectl-" + version));
        }
        return new Client(version, folder, kubeconfig);
    }

    /// Of every kubectl that there is, old ones first.
    static List<String> versions() throws IOException {
        try (Stream<Path> programs = Files.list(peers())) {
            return programs.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith("kubectl-"))
                    .map(name -> name.substring("kubectl-".length()))
                    .sorted()
                    .toList();
        }
    }

    private static Path peers() {
        return Path.of(Objects.requireNonNull(System.getenv("KUBEPKI_PEERS"), "KUBEPKI_PEERS: run ./dev accept"));
    }

    /// A line as he types it.
    Shell.Result type(String line) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", folder.resolve("bin-" + version) + ":/usr/local/bin:/usr/bin:/bin");
        environment.put(
                "HOME",
                Files.createDirectories(folder.resolve("home-" + version)).toString());
        environment.put("KUBECONFIG", kubeconfig.toString());
        return new Shell(folder, Map.copyOf(environment)).run("bash", "-c", line);
    }

    /// What a line prints; an error if it fails.
    String done(String line) throws IOException, InterruptedException {
        Shell.Result result = type(line);
        assertThat(result.exit())
                .as("%s: %s%s", line, result.out(), result.err())
                .isZero();
        return result.out();
    }

    /// What a line complains about; an error if it succeeds.
    String refused(String line) throws IOException, InterruptedException {
        Shell.Result result = type(line);
        assertThat(result.exit()).as("%s: %s", line, result.out()).isNotZero();
        return result.err();
    }
}
