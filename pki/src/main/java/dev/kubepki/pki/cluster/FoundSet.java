package dev.kubepki.pki.cluster;

import java.util.HashMap;
import java.util.Map;

/// What lies in a set's folder, read when asked.
public interface FoundSet {
    /// The file at a path relative to the set's folder.
    FoundFile file(String path);

    /// SHA-256 over the file's bytes in hex, or an empty text where there is none: whether two files are the same.
    String digest(String path);

    /// The same, each file read once. For a set that fits into memory, and while nobody writes.
    default FoundSet readOnce() {
        Map<String, FoundFile> files = new HashMap<>();
        FoundSet found = this;
        return new FoundSet() {
            @Override
            public FoundFile file(String path) {
                FoundFile known = files.get(path);
                if (known == null) {
                    known = found.file(path);
                    files.put(path, known);
                }
                return known;
            }

            @Override
            public String digest(String path) {
                return found.digest(path);
            }
        };
    }

    /// A folder with nothing in it.
    FoundSet EMPTY = new FoundSet() {
        @Override
        public FoundFile file(String path) {
            return FoundFile.missing(path);
        }

        @Override
        public String digest(String path) {
            return "";
        }
    };
}
