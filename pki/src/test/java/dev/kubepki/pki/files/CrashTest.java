package dev.kubepki.pki.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.kubepki.pki.files.SteppedOperations.Strike;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CrashTest {
    private static final FileRoots ROOTS = FileRoots.of(Path.of("/etc/kubernetes"));
    private static final Path JOURNAL = ROOTS.journal();
    private static final Path DRAFT = StagingAreas.primary(ROOTS).resolve("journal");

    private final long seed = new Random().nextLong();

    @Test
    void leavesTheOldSetOrTheNewOneWhereverItIsStopped() throws IOException {
        System.out.println("CrashTest seed " + seed);
        CrashWalk walk = new CrashWalk(UnaryOperator.identity(), seed);
        assertThat(walk.faults()).isEmpty();
        assertThat(walk.runs()).isGreaterThan(1000);
    }

    /// Mistakes that the walk must see; if it doesn't, its silence about the real code means nothing.
    enum Bug implements UnaryOperator<FileOperations> {
        FILES_NOT_FORCED_TO_THE_DISK {
            @Override
            public FileOperations apply(FileOperations disk) {
                return new WithoutSync(disk, "staging");
            }
        },
        LEDGER_NOT_FORCED_TO_THE_DISK {
            @Override
            public FileOperations apply(FileOperations disk) {
                return new WithoutSync(disk, "ledger.jsonl");
            }
        },
        FOLDERS_NOT_FORCED_TO_THE_DISK {
            @Override
            public FileOperations apply(FileOperations disk) {
                return new FilteredOperations(disk) {
                    @Override
                    public void syncDirectory(Path directory) {}
                };
            }
        },
        JOURNAL_AFTER_THE_FIRST_RENAME {
            @Override
            public FileOperations apply(FileOperations disk) {
                return new LateJournal(disk);
            }
        },
        OVERWRITTEN_IN_PLACE {
            @Override
            public FileOperations apply(FileOperations disk) {
                return new InPlace(disk);
            }
        },
        BYTES_BEFORE_MODE {
            @Override
            public FileOperations apply(FileOperations disk) {
                return new FilteredOperations(disk) {
                    @Override
                    public NewFile create(Path path, FileMode mode) throws IOException {
                        return super.create(path, FileMode.WORLD_READABLE);
                    }
                };
            }
        },
        JOURNAL_REMOVED_FIRST {
            @Override
            public FileOperations apply(FileOperations disk) {
                return new EarlyEnd(disk);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void seesAPlantedBug(Bug bug) throws IOException {
        assertThat(new CrashWalk(bug, seed).faults()).as("seed " + seed).isNotEmpty();
    }

    @Test
    void refusesToFinishFromASpoiledStagedFile() throws IOException {
        ModelDisk disk = decided();
        spoilOneStagedFile(disk);
        assertThatThrownBy(() -> FileTransaction.recover(disk, ROOTS, 1))
                .isInstanceOf(FileFailure.class)
                .hasMessageContaining("changed by someone else");
        assertThat(CrashWalk.filesOf(disk)).containsAllEntriesOf(CrashWalk.oldFiles());
    }

    @Test
    void wouldMixSetsIfRecoveryIgnoredDigests() throws IOException {
        ModelDisk disk = decided();
        spoilOneStagedFile(disk);
        try (Lanes lanes = new Lanes(1)) {
            Journal journal = Journal.pending(disk, ROOTS).orElseThrow();
            new RollForward(disk, ROOTS, lanes, journal).run();
        }
        assertThat(CrashWalk.filesOf(disk)
                        .entrySet()
                        .containsAll(CrashWalk.newFiles().entrySet()))
                .isFalse();
    }

    @Test
    void refusesADamagedJournal() throws IOException {
        ModelDisk disk = decided();
        byte[] journal = Contents.read(disk, JOURNAL);
        journal[journal.length / 2] ^= 1;
        disk.delete(JOURNAL);
        Contents.write(disk, JOURNAL, journal, FileMode.OWNER_ONLY);
        assertThatThrownBy(() -> FileTransaction.recover(disk, ROOTS, 1))
                .isInstanceOf(FileFailure.class)
                .hasMessageContaining(JOURNAL.toString());
        assertThat(CrashWalk.filesOf(disk)).containsAllEntriesOf(CrashWalk.oldFiles());
    }

    @Test
    void refusesAJournalThatLeadsOutOfItsFolder() throws IOException {
        ModelDisk disk = CrashWalk.oldSet();
        Path planted = Path.of("/etc/kubernetes/.kubepki/planted");
        try (JournalWriter writer = JournalWriter.create(disk, FileRoots.of(Path.of("/elsewhere")), planted)) {
            writer.add(new JournalStep.Remove(Path.of("/etc/shadow")));
            writer.finish();
        }
        disk.rename(planted, JOURNAL);
        assertThatThrownBy(() -> FileTransaction.recover(disk, ROOTS, 1))
                .isInstanceOf(FileFailure.class)
                .hasMessageContaining("outside the folders of this command");
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_SPACE", "ERROR"})
    void changesNothingOrFinishesLaterWhereverTheDiskFails(Strike strike) throws IOException {
        boolean struck = true;
        for (int at = 1; struck; at++) {
            ModelDisk disk = CrashWalk.oldSet();
            SteppedOperations stepped = new SteppedOperations(disk, at, strike);
            String said = "";
            try {
                CrashWalk.renew(stepped);
            } catch (FileFailure e) {
                said = String.valueOf(e.getMessage());
            }
            judgeFailure(disk, said, "step " + at);
            struck = stepped.struck();
        }
    }

    private static void judgeFailure(ModelDisk disk, String said, String when) throws IOException {
        FileTransaction.recover(disk, ROOTS, 1);
        boolean isNew = CrashWalk.filesOf(disk)
                .entrySet()
                .containsAll(CrashWalk.newFiles().entrySet());
        boolean isOld = CrashWalk.filesOf(disk).equals(CrashWalk.oldFiles());
        if (said.contains("nothing was changed")) {
            assertThat(isOld).as(when + ": " + said).isTrue();
        } else if (said.isEmpty() || said.contains("the next kubepki command on this folder")) {
            assertThat(isNew).as(when + ": " + said).isTrue();
        } else {
            fail(when + " says neither: " + said);
        }
    }

    @Test
    void carriesFilesAcrossAMountOfTheSameFileSystem() throws IOException {
        ModelDisk disk = CrashWalk.oldSet();
        CrashWalk.renew(new FilteredOperations(disk) {
            @Override
            public void rename(Path from, Path to) throws IOException {
                if (to.startsWith("/etc/kubernetes/pki") != from.startsWith("/etc/kubernetes/pki")) {
                    throw new java.nio.file.AtomicMoveNotSupportedException(
                            from.toString(), to.toString(), "Invalid cross-device link");
                }
                super.rename(from, to);
            }
        });
        assertThat(CrashWalk.filesOf(disk)).containsAllEntriesOf(CrashWalk.newFiles());
        assertThat(disk.list(Path.of("/etc/kubernetes/pki"))).containsExactly("ca.crt", "ca.key", "etcd");
    }

    /// A renewal that was killed just after its decision.
    private static ModelDisk decided() throws IOException {
        ModelDisk disk = CrashWalk.oldSet();
        for (int at = 1; disk.inspect(JOURNAL).isEmpty(); at++) {
            disk = CrashWalk.oldSet();
            try {
                CrashWalk.renew(new SteppedOperations(disk, at, Strike.KILL));
            } catch (SteppedOperations.Killed e) {
                assertThat(e).hasNoCause();
            }
        }
        return disk;
    }

    private static void spoilOneStagedFile(ModelDisk disk) throws IOException {
        Path area = StagingAreas.primary(ROOTS);
        String name = disk.list(area).stream()
                .filter(n -> n.startsWith("2-"))
                .findFirst()
                .orElseThrow();
        try (FileOperations.NewFile file = disk.append(area.resolve(name))) {
            file.write("spoiled".getBytes(UTF_8), 0, 7);
        }
    }

    private static final class WithoutSync extends FilteredOperations {
        private final String where;

        private WithoutSync(FileOperations below, String where) {
            super(below);
            this.where = where;
        }

        @Override
        public NewFile create(Path path, FileMode mode) throws IOException {
            return filtered(path, super.create(path, mode));
        }

        @Override
        public NewFile append(Path path) throws IOException {
            return filtered(path, super.append(path));
        }

        private NewFile filtered(Path path, NewFile file) {
            if (!path.toString().contains(where)) {
                return file;
            }
            return new FilteredFile(file) {
                @Override
                public void sync() {}
            };
        }
    }

    /// Puts the journal in place only once the first file has moved.
    private static final class LateJournal extends FilteredOperations {
        private boolean late;

        private LateJournal(FileOperations below) {
            super(below);
        }

        @Override
        public Optional<FileEntry> inspect(Path path) throws IOException {
            return super.inspect(place(path));
        }

        @Override
        public InputStream open(Path path) throws IOException {
            return super.open(place(path));
        }

        private Path place(Path path) {
            return late && path.equals(JOURNAL) ? DRAFT : path;
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            if (to.equals(JOURNAL)) {
                late = true;
                return;
            }
            super.rename(from, to);
            if (late) {
                super.rename(DRAFT, JOURNAL);
                late = false;
            }
        }
    }

    /// Takes the journal away before the files move.
    private static final class EarlyEnd extends FilteredOperations {
        private EarlyEnd(FileOperations below) {
            super(below);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            if (!to.equals(JOURNAL) && inspect(JOURNAL).isPresent()) {
                super.delete(JOURNAL);
            }
            super.rename(from, to);
        }

        @Override
        public void delete(Path path) throws IOException {
            if (!path.equals(JOURNAL)) {
                super.delete(path);
            }
        }
    }

    /// Writes over the old file, as many tools do.
    private static final class InPlace extends FilteredOperations {
        private InPlace(FileOperations below) {
            super(below);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            if (to.equals(JOURNAL)) {
                super.rename(from, to);
                return;
            }
            byte[] content = Contents.read(this, from);
            FileMode mode = inspect(from).orElseThrow().mode();
            delete(from);
            if (inspect(to).isPresent()) {
                delete(to);
            }
            Contents.write(this, to, content, mode);
        }
    }
}
