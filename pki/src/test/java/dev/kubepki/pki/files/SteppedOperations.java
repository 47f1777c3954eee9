package dev.kubepki.pki.files;

import java.io.IOException;
import java.nio.file.Path;

/// Numbers every step that changes or forces something, and strikes at one of them.
final class SteppedOperations extends FilteredOperations {
    private final int at;
    private final Strike strike;
    private int step;
    private boolean dead;

    /// What happens at the step.
    enum Strike {
        /// The program is killed before it; a write is done by half.
        KILL,
        /// It reports a full disk, as do all later steps that need space.
        NO_SPACE,
        /// It reports an error, once.
        ERROR
    }

    /// The end of the program: nothing catches it, and nothing it does afterwards has an effect.
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private interface Step {
        void run() throws IOException;
    }

    SteppedOperations(FileOperations below, int at, Strike strike) {
        super(below);
        this.at = at;
        this.strike = strike;
    }

    /// Whether the step was reached.
    boolean struck() {
        return step >= at;
    }

    private void step(boolean needsSpace, Step half, Step whole) throws IOException {
        if (dead) {
            throw new Killed();
        }
        step++;
        switch (strike) {
            case KILL -> {
                if (step == at) {
                    half.run();
                    dead = true;
                    throw new Killed();
                }
            }
            case NO_SPACE -> {
                if (step >= at && needsSpace) {
                    half.run();
                    throw new IOException("No space left on device");
                }
            }
            case ERROR -> {
                if (step == at) {
                    throw new IOException("Input/output error");
                }
            }
        }
        whole.run();
    }

    private void step(boolean needsSpace, Step whole) throws IOException {
        step(needsSpace, () -> {}, whole);
    }

    private NewFile open(boolean needsSpace, FileOpening opening) throws IOException {
        NewFile[] opened = new NewFile[1];
        step(needsSpace, () -> opened[0] = opening.open());
        return new SteppedFile(opened[0]);
    }

    private interface FileOpening {
        NewFile open() throws IOException;
    }

    @Override
    public NewFile create(Path path, FileMode mode) throws IOException {
        return open(true, () -> super.create(path, mode));
    }

    @Override
    public NewFile append(Path path) throws IOException {
        return open(false, () -> super.append(path));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step(false, () -> super.rename(from, to));
    }

    @Override
    public void delete(Path path) throws IOException {
        step(false, () -> super.delete(path));
    }

    @Override
    public void makeDirectory(Path path, FileMode mode) throws IOException {
        step(true, () -> super.makeDirectory(path, mode));
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        step(false, () -> super.syncDirectory(directory));
    }

    private final class SteppedFile extends FilteredFile {
        private SteppedFile(NewFile below) {
            super(below);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            step(true, () -> super.write(bytes, offset, length / 2), () -> super.write(bytes, offset, length));
        }

        @Override
        public void sync() throws IOException {
            step(false, super::sync);
        }

        @Override
        public void truncate(long size) throws IOException {
            step(false, () -> super.truncate(size));
        }

        @Override
        public void close() throws IOException {
            super.close();
        }
    }
}
