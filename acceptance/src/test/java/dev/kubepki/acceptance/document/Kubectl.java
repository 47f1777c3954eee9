package dev.kubepki.acceptance.document;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// One real kubectl of those that `acceptance/peers.sh` installs, working in one folder without a cluster.
public record Kubectl(Path program, Path folder) {
    public static Kubectl version(String version, Path folder) {
        return new Kubectl(peers().resolve("kubectl-" + version), folder);
    }

    public static List<Kubectl> all(Path folder) throws IOException {
        try (Stream<Path> programs = Files.list(peers())) {
            return programs.filter(path -> path.getFileName().toString().startsWith("kubectl-"))
                    .sorted()
                    .map(path -> new Kubectl(path, folder))
                    .toList();
        }
    }

    private static Path peers() {
        return Path.of(Objects.requireNonNull(System.getenv("KUBEPKI_PEERS"), "KUBEPKI_PEERS: run ./dev accept"));
    }

    /// What it prints; an error if it fails.
    public String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile(folder, "kubectl", ".err");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(errors.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(command + " failed: " + Files.readString(errors));
        }
        return output;
    }
}
