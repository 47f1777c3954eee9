package dev.kubepki.cli;

import dev.kubepki.cli.frame.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The training run behind the AOT cache: real command lines, one after another in one Java, from which the JVM learns
/// which classes a start needs.
///
/// Whatever people wait for belongs in [#LINES]. They run in a temporary folder, so relative paths are free to use, and
/// a later line finds what an earlier one wrote.
final class Training {
    /// In the order in which they run. Each must succeed.
    static final List<List<String>> LINES = List.of(
            List.of("--version"),
            List.of("--help"),
            List.of("version"),
            List.of("init", "--dir", "rsa"),
            List.of("init", "--dir", "ec", "--key-algorithm", "ECDSA-P256"),
            List.of("init", "--dir", "ec"),
            List.of("list", "--dir", "ec"),
            List.of("verify", "--dir", "rsa"),
            List.of("verify", "--dir", "ec"),
            List.of("renew", "--due", "--dir", "ec"),
            List.of("renew", "apiserver", "--dir", "ec"),
            List.of("inspect", "ec/pki/apiserver.crt"));

    private Training() {}

    static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("kubepki-training");
        boolean complete;
        try {
            complete = run(folder);
        } finally {
            delete(folder);
        }
        System.exit(complete ? 0 : 1);
    }

    /// Whether every line succeeded.
    static boolean run(Path folder) {
        Surroundings here = Surroundings.ofThisProcess();
        Surroundings world = new Surroundings(
                InputStream.nullInputStream(),
                here.out(),
                here.err(),
                here.environment(),
                folder,
                here.clock(),
                here.terminals());
        boolean all = true;
        for (List<String> line : LINES) {
            all &= Main.run(line.toArray(String[]::new), world) == 0;
        }
        if (!TrainingServer.run(folder, world)) {
            // Where no socket can be opened, the cache serves the other commands all the same.
            new PrintStream(world.err(), true, StandardCharsets.UTF_8).println("the server was not trained");
        }
        return all;
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
