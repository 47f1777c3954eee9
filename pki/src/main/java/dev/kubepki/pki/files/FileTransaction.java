package dev.kubepki.pki.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A change of many files that happens as a whole or not at all, whenever the program is killed or the power fails.
///
/// New contents are staged on the disk one at a time as they come, in `.kubepki/staging`, so that memory stays flat for
/// any number of files; nothing of the set changes. [#commit] then forces everything to the disk (fsync of each file
/// and
/// of each folder), adds the ledger's lines, and puts the journal in place: that one rename is the decision. Before it,
/// the old set stands; after it, [#recover] in the next command that writes can always finish the new one, and
/// [FileView] already shows it.
///
/// Not for use by several threads.
public final class FileTransaction implements AutoCloseable {
    /// Measured on two cores and ext4: 16 waiting fsyncs share a disk journal commit; more gain nothing.
    private static final int LANES = 16;

    // Left for folders' own blocks, which renames may still need after the decision.
    private static final long SPARE_BYTES = 256 << 10;
    private static final long FOLDER_BYTES = 4096;

    private final FileOperations operations;
    private final FileRoots roots;
    private final Lanes lanes;
    private final Obstacles obstacles;
    private final StagingAreas areas;
    private final Path journalDraft;
    private final Path ledgerDraft;
    private @Nullable JournalWriter journal;
    private FileOperations.@Nullable NewFile ledger;
    private @Nullable Backup backup;
    private State state = State.STAGING;

    private enum State {
        STAGING,
        FAILED,
        DECIDED,
        CLOSED
    }

    private FileTransaction(FileOperations operations, FileRoots roots, int laneCount) {
        this.operations = operations;
        this.roots = roots;
        this.lanes = new Lanes(laneCount);
        this.obstacles = new Obstacles(operations, roots);
        this.areas = new StagingAreas(operations, roots);
        Path staging = StagingAreas.primary(roots);
        this.journalDraft = staging.resolve("journal");
        this.ledgerDraft = staging.resolve("ledger");
    }

    /// Finishes a change that an earlier command left, or clears away what it had only staged. To be called under the
    /// lock before the set is read.
    ///
    /// @return what was found
    public static Recovery recover(DirectoryLock lock) {
        return recover(lock.operations(), lock.roots(), LANES);
    }

    static Recovery recover(FileOperations operations, FileRoots roots, int laneCount) {
        try (Lanes lanes = new Lanes(laneCount)) {
            Optional<Journal> pending = Journal.pending(operations, roots);
            if (pending.isPresent()) {
                RollForward roll = new RollForward(operations, roots, lanes, pending.get());
                roll.check();
                roll.run();
                return Recovery.FINISHED;
            }
            boolean leftovers = operations.inspect(StagingAreas.primary(roots)).isPresent();
            StagingAreas.clear(operations, roots);
            return leftovers ? Recovery.CLEARED : Recovery.NOTHING;
        } catch (IOException e) {
            throw FileFailure.of(roots.journal(), e);
        }
    }

    /// What an earlier command had left behind.
    public enum Recovery {
        /// Nothing.
        NOTHING,
        /// Staged files without a decision: removed, the old set stands.
        CLEARED,
        /// A decided change: finished, the new set stands.
        FINISHED
    }

    /// Starts a change, after [#recover].
    ///
    /// @throws FileFailure if the folder can't be written
    public static FileTransaction begin(DirectoryLock lock) {
        return begin(lock.operations(), lock.roots(), LANES);
    }

    static FileTransaction begin(FileOperations operations, FileRoots roots, int laneCount) {
        recover(operations, roots, laneCount);
        FileTransaction transaction = new FileTransaction(operations, roots, laneCount);
        transaction.stage(roots.primary(), () -> {
            transaction.areas.openPrimary();
            transaction.journal = JournalWriter.create(operations, roots, transaction.journalDraft);
        });
        return transaction;
    }

    /// From here on keeps a dated copy of every file that is replaced or deleted.
    ///
    /// @return the copies' folder in the primary root, which appears if there is anything to keep
    public Path backUp(Instant now) {
        stage(roots.primary(), () -> backup = Backup.at(now, operations, roots));
        return Objects.requireNonNull(backup).folder(roots.primary());
    }

    /// Gives a file this content and mode. Returns before the disk has it; an error may come with a later call.
    ///
    /// @param content not copied: don't change it before [#commit]
    /// @throws FileFailure if it can't be done; nothing was changed
    public void write(Path file, byte[] content, FileMode mode) {
        Path target = FileRoots.settle(file);
        stage(target, () -> {
            keepOld(target, checkTarget(target));
            put(target, content, mode);
        });
    }

    /// Deletes a file if it is there.
    ///
    /// @throws FileFailure if it can't be done; nothing was changed
    public void delete(Path file) {
        Path target = FileRoots.settle(file);
        stage(target, () -> {
            Optional<FileEntry> old = checkTarget(target);
            keepOld(target, old);
            if (old.isPresent()) {
                draft().add(new JournalStep.Remove(target));
            }
        });
    }

    /// Adds a certificate to the ledger; its line will be on the disk before any file of this change is visible.
    public void record(LedgerEntry entry) {
        stage(roots.ledger(), () -> {
            if (ledger == null) {
                ledger = operations.create(ledgerDraft, FileMode.OWNER_ONLY);
            }
            byte[] line = entry.toLine().getBytes(StandardCharsets.UTF_8);
            ledger.write(line, 0, line.length);
        });
    }

    private Optional<FileEntry> checkTarget(Path target) throws IOException {
        roots.rootOf(target);
        if (roots.isRecord(target)) {
            throw FileFailure.of(target, FileProblem.RESERVED);
        }
        return obstacles.check(target);
    }

    private void keepOld(Path target, Optional<FileEntry> old) throws IOException {
        if (backup != null && old.isPresent()) {
            Path place = backup.placeOf(target);
            if (obstacles.check(place).isPresent()) {
                throw FileFailure.of(place, FileProblem.EXISTS);
            }
            put(place, Contents.read(operations, target), old.get().mode());
        }
    }

    private void put(Path target, byte[] content, FileMode mode) throws IOException {
        String digest = Sha256.of(content);
        Path staged = areas.next(target, digest, obstacles.ground(Obstacles.parent(target)), obstacles);
        draft().add(new JournalStep.Put(staged, target, digest));
        lanes.run(() -> {
            try {
                Contents.write(operations, staged, content, mode);
            } catch (IOException e) {
                throw FileFailure.of(target, e);
            }
        });
    }

    private JournalWriter draft() {
        return Objects.requireNonNull(journal, "begin opens it");
    }

    /// Decides the change and carries it out.
    ///
    /// @throws FileFailure saying either that nothing was changed, or that the change is decided and the next
    ///     command that writes will finish it
    public void commit() {
        stage(roots.primary(), () -> {
            lanes.await();
            checkSpace();
            areas.sync();
            draft().finish();
            // Last of all that needs space, so that a full disk leaves no lines of certificates that never were.
            appendLedger();
            operations.rename(journalDraft, roots.journal());
        });
        state = State.DECIDED;
        carryOut();
        close();
    }

    private void checkSpace() throws IOException {
        long needed = SPARE_BYTES + obstacles.missingFolders() * FOLDER_BYTES;
        for (Path area : areas.all()) {
            if (operations.usableSpace(area) < needed) {
                throw FileFailure.of(area, FileProblem.NO_SPACE);
            }
        }
    }

    private void appendLedger() throws IOException {
        if (ledger != null) {
            ledger.close();
            try {
                Ledger.of(operations, roots).append(ledgerDraft);
            } catch (IOException e) {
                throw FileFailure.of(roots.ledger(), e);
            }
        }
    }

    private void carryOut() {
        RollForward roll = null;
        try {
            operations.syncDirectory(FileRoots.control(roots.primary()));
            Journal decided = Journal.pending(operations, roots)
                    .orElseThrow(() -> FileFailure.of(roots.journal(), FileProblem.MISSING));
            roll = new RollForward(operations, roots, lanes, decided);
            roll.run();
        } catch (IOException | FileFailure e) {
            FileFailure failure = e instanceof FileFailure f ? f : FileFailure.of(roots.journal(), (IOException) e);
            throw roll != null && !roll.begun() && withdrawn(roll)
                    ? failure.nothingChanged()
                    : failure.pending(roots.journal());
        }
    }

    private boolean withdrawn(RollForward roll) {
        try {
            roll.withdraw();
            state = State.FAILED;
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private interface Staging {
        void run() throws IOException;
    }

    private void stage(Path about, Staging work) {
        if (state != State.STAGING) {
            throw new IllegalStateException("the change is closed");
        }
        // A change with a part missing must never be decided, whatever the caller does after a failure.
        state = State.FAILED;
        try {
            work.run();
            state = State.STAGING;
        } catch (IOException e) {
            throw FileFailure.of(about, e).nothingChanged();
        } catch (FileFailure e) {
            throw e.nothingChanged();
        }
    }

    /// Without [#commit], drops everything that was staged: the old set stands.
    @Override
    public void close() {
        if (state == State.CLOSED) {
            return;
        }
        boolean drop = state != State.DECIDED;
        state = State.CLOSED;
        lanes.close();
        try {
            closeDrafts();
            // A rename over the network can report an error and have happened all the same.
            if (drop && operations.inspect(roots.journal()).isEmpty()) {
                StagingAreas.clear(operations, roots);
            }
        } catch (IOException e) {
            // The next command's recover clears what could not be cleared now; the set itself is untouched.
        }
    }

    private void closeDrafts() throws IOException {
        areas.close();
        if (ledger != null) {
            ledger.close();
        }
        if (journal != null) {
            journal.close();
        }
    }
}
