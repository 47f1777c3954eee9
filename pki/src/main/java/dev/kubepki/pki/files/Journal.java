package dev.kubepki.pki.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The record of a decided change, a line a step; its appearance under its name is the moment of decision. It holds
/// names and digests, never a secret, and ends with a digest over itself.
///
/// Steps are read as a stream: a journal of 5,000 nodes is some megabytes.
final class Journal {
    static final String HEADER = "kubepki-journal 1";
    static final String PUT = "put";
    static final String REMOVE = "remove";
    static final String END = "end";

    private final FileOperations operations;
    private final JournalPaths paths;
    private final Path file;

    private Journal(FileOperations operations, FileRoots roots) {
        this.operations = operations;
        this.paths = new JournalPaths(roots);
        this.file = roots.journal();
    }

    /// What a step of the journal is handed to.
    interface StepAction {
        void accept(JournalStep step) throws IOException;
    }

    /// The journal of an unfinished change, checked as a whole; empty if none is pending.
    ///
    /// @throws FileFailure for one that is damaged or leads out of the roots
    static Optional<Journal> pending(FileOperations operations, FileRoots roots) throws IOException {
        Optional<FileEntry> control = operations.inspect(FileRoots.control(roots.primary()));
        if (control.isEmpty() || !control.get().isDirectory()) {
            return Optional.empty();
        }
        Journal journal = new Journal(operations, roots);
        Optional<FileEntry> entry = operations.inspect(journal.file);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        if (!entry.get().isFile()) {
            throw FileFailure.of(journal.file, FileProblem.NOT_A_FILE);
        }
        try {
            journal.check();
        } catch (NoSuchFileException e) {
            // Its writer has finished just now.
            return Optional.empty();
        }
        return Optional.of(journal);
    }

    /// Hands every step, in order, to an action.
    void forEach(StepAction action) throws IOException {
        try (BufferedReader lines = lines()) {
            lines.readLine();
            for (String line = lines.readLine(); line != null && !line.startsWith(END); line = lines.readLine()) {
                action.accept(step(line));
            }
        }
    }

    private void check() throws IOException {
        MessageDigest digest = Sha256.digest();
        try (BufferedReader lines = lines()) {
            @Nullable String line = lines.readLine();
            if (!HEADER.equals(line)) {
                throw damaged("it is no journal of this version");
            }
            while (line != null && !line.startsWith(END)) {
                digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
                line = lines.readLine();
            }
            String end = END + " " + HexFormat.of().formatHex(digest.digest());
            if (!end.equals(line) || lines.readLine() != null) {
                throw damaged("its checksum is wrong");
            }
        }
        forEach(step -> {});
    }

    private BufferedReader lines() throws IOException {
        return new BufferedReader(new InputStreamReader(operations.open(file), StandardCharsets.UTF_8));
    }

    private JournalStep step(String line) {
        String[] words = line.split(" ", -1);
        if (words.length == 4 && words[0].equals(PUT)) {
            return new JournalStep.Put(path(words[2]), path(words[3]), words[1]);
        }
        if (words.length == 2 && words[0].equals(REMOVE)) {
            return new JournalStep.Remove(path(words[1]));
        }
        throw damaged("it has a line that kubepki never writes");
    }

    private Path path(String word) {
        Path path = paths.read(word);
        if (path == null) {
            throw FileFailure.of(file, FileProblem.OUTSIDE, "an unfinished change of " + word);
        }
        return path;
    }

    private FileFailure damaged(String how) {
        return FileFailure.of(file, FileProblem.DAMAGED, how);
    }
}
