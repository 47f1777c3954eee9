package dev.kubepki.pki.trust;

import dev.kubepki.pki.files.FileMode;
import java.nio.file.Path;

/// One change of a file in a store. `shown` is the path as the system inside sees it.
sealed interface FileStep {
    /// Gives a file this content, in place of an older one too.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Put(Path target, byte[] content, FileMode mode, String shown) implements FileStep {
        @Override
        public String described() {
            return "write " + shown;
        }
    }

    /// Deletes a file or link.
    record Drop(Path target, String shown) implements FileStep {
        @Override
        public String described() {
            return "delete " + shown;
        }
    }

    /// Makes a symbolic link where nothing stands.
    record Link(Path target, String to, String shown) implements FileStep {
        @Override
        public String described() {
            return "link " + shown + " to " + to;
        }
    }

    Path target();

    String described();
}
