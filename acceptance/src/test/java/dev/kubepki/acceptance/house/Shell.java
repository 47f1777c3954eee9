package dev.kubepki.acceptance.house;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs programs in a folder, under an environment that starts with nothing but what each test names.
public record Shell(Path folder, Map<String, String> environment) {
    /// How a program ended.
    public record Result(int exit, String out, String err) {}

    public Shell with(String name, String value) {
        Map<String, String> changed = new HashMap<>(environment);
        changed.put(name, value);
        return new Shell(folder, Map.copyOf(changed));
    }

    public Shell in(Path other) {
        return new Shell(other, environment);
    }

    public Result run(String... command) throws IOException, InterruptedException {
        return start(command).end();
    }

    /// Starts a program; its output goes to files, so that no pipe can fill up.
    public Running start(String... command) throws IOException {
        Path out = Files.createTempFile("out", null);
        Path err = Files.createTempFile("err", null);
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        return new Running(builder.start(), out, err);
    }

    /// A program that was started.
    public record Running(Process process, Path out, Path err) {
        public Result end() throws IOException, InterruptedException {
            if (!process.waitFor(10, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("no end after ten minutes: " + process.info());
            }
            Result result = new Result(process.exitValue(), text(out), text(err));
            Files.delete(out);
            Files.delete(err);
            return result;
        }

        /// Ends it, if it still runs; what it had printed.
        public Result stop() throws IOException, InterruptedException {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return end();
        }

        /// What it has printed so far, errors included.
        public String soFar() throws IOException {
            return text(out) + text(err);
        }

        private static String text(Path file) throws IOException {
            return Files.readString(file, StandardCharsets.UTF_8);
        }
    }
}
