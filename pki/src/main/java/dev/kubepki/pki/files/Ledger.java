package dev.kubepki.pki.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The append-only list of every certificate ever signed for a set: `certificate-ledger.jsonl` in the primary root, a
/// JSON object a line, see [LedgerEntry]. Audit and revocation start from it.
///
/// Lines reach the disk before their certificates become visible: a certificate without its line can't exist, a line
/// whose certificate was never put in place (the command was killed between the two) can. Mode 0644: it holds what
/// certificates show to anybody, and an auditor should not need the right to read keys.
///
/// A last line cut short by a crash stays as it is; the next one starts on a line of its own.
public final class Ledger {
    private static final int CHUNK = 1 << 16;

    private final FileOperations operations;
    private final Path file;

    private Ledger(FileOperations operations, Path file) {
        this.operations = operations;
        this.file = file;
    }

    /// The ledger of a set; the file appears with the first certificate.
    public static Ledger of(FileOperations operations, FileRoots roots) {
        return new Ledger(operations, roots.ledger());
    }

    public Path file() {
        return file;
    }

    /// All lines, oldest first.
    ///
    /// @throws FileFailure if it exists and can't be read
    public List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        forEach(lines::add);
        return lines;
    }

    /// Hands over every line, oldest first, holding one at a time.
    ///
    /// @throws FileFailure if it exists and can't be read
    public void forEach(Consumer<Line> action) {
        try {
            if (operations.inspect(file).isEmpty()) {
                return;
            }
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(operations.open(file), StandardCharsets.UTF_8))) {
                for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                    action.accept(line(text));
                }
            }
        } catch (IOException e) {
            throw FileFailure.of(file, e);
        }
    }

    private static Line line(String text) {
        return text.startsWith("{") && text.endsWith("}") ? new Line.Whole(text) : new Line.Torn(text);
    }

    /// A line of the ledger.
    public sealed interface Line {
        /// A JSON object.
        record Whole(String json) implements Line {}

        /// The beginning of a line whose writer was stopped; its certificate never became visible.
        record Torn(String text) implements Line {}
    }

    /// Adds lines from a draft, all or none, and forces them to the disk.
    void append(Path draft) throws IOException {
        Optional<FileEntry> entry = operations.inspect(file);
        if (entry.isEmpty()) {
            begin(draft);
        } else {
            Obstacles.checkReplaceable(file, entry.get());
            add(draft, entry.get().size());
        }
        operations.syncDirectory(Obstacles.parent(file));
    }

    private void begin(Path draft) throws IOException {
        boolean whole = false;
        try (FileOperations.NewFile ledger = operations.create(file, FileMode.WORLD_READABLE)) {
            copy(draft, ledger);
            ledger.sync();
            whole = true;
        } finally {
            if (!whole && operations.inspect(file).isPresent()) {
                operations.delete(file);
            }
        }
    }

    private void add(Path draft, long length) throws IOException {
        boolean torn = length > 0 && !endsWithNewline();
        boolean whole = false;
        try (FileOperations.NewFile ledger = operations.append(file)) {
            try {
                if (torn) {
                    ledger.write(new byte[] {'\n'}, 0, 1);
                }
                copy(draft, ledger);
                ledger.sync();
                whole = true;
            } finally {
                if (!whole) {
                    ledger.truncate(length);
                }
            }
        }
    }

    private void copy(Path draft, FileOperations.NewFile ledger) throws IOException {
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = operations.open(draft)) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                ledger.write(chunk, 0, n);
            }
        }
    }

    private boolean endsWithNewline() throws IOException {
        int last = '\n';
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = operations.open(file)) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                last = n > 0 ? chunk[n - 1] : last;
            }
        }
        return last == '\n';
    }
}
