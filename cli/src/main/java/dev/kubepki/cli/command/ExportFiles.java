package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileMode;
import dev.kubepki.pki.files.FileOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The files of one export: nothing is written before all of them are known to fit.
final class ExportFiles {
    private final DurableFiles files = new DurableFiles(FileOperations.disk());
    private final List<Output> outputs = new ArrayList<>();
    private final boolean overwrite;

    ExportFiles(boolean overwrite) {
        this.overwrite = overwrite;
    }

    /// One file to be written; its content may be secret.
    private static final class Output {
        private final Path path;
        private final byte[] bytes;
        private final FileMode mode;

        Output(Path path, byte[] bytes, FileMode mode) {
            this.path = path;
            this.bytes = bytes;
            this.mode = mode;
        }
    }

    void add(Path path, byte[] bytes, FileMode mode) {
        outputs.add(new Output(path, bytes, mode));
    }

    void write(Invocation in) throws IOException, CommandFailure {
        List<String> different = new ArrayList<>();
        for (Output output : outputs) {
            boolean there = Files.exists(output.path, LinkOption.NOFOLLOW_LINKS);
            if (there && !overwrite && !same(output)) {
                different.add(output.path.toString());
            }
        }
        if (!different.isEmpty()) {
            throw new CommandFailure(
                    String.join(", ", different) + ": there is another file already; nothing was written",
                    "Give --overwrite to replace it.");
        }
        for (Output output : outputs) {
            Path folder = output.path.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            files.write(output.path, output.bytes, output.mode);
            in.err().println("wrote " + output.path);
        }
    }

    private boolean same(Output output) {
        return Files.isRegularFile(output.path, LinkOption.NOFOLLOW_LINKS)
                && Arrays.equals(files.read(output.path), output.bytes);
    }
}
