package dev.kubepki.pki.cluster;

/// What lies in a set's folder, read when asked.
public interface FoundSet {
    /// The file at a path relative to the set's folder.
    FoundFile file(String path);

    /// SHA-256 over the file's bytes in hex, or an empty text where there is none: whether two files are the same.
    String digest(String path);

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
