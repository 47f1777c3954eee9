package dev.kubepki.pki.cluster;

/// Something worth saying about a description that is no reason to refuse it.
///
/// @param kind how much it matters
/// @param file the description's name
/// @param line from 1; 0 if no line is meant
/// @param path the field, such as `networking.podSubnet`; empty for the whole description
/// @param message what it is, a sentence without a full stop
public record Notice(Kind kind, String file, int line, String path, String message) {
    /// How much a notice matters.
    public enum Kind {
        /// Likely not what was meant, or something that a component won't take.
        WARNING,
        /// A default that was found out rather than written.
        NOTE,
        /// A known field that doesn't concern certificates.
        IGNORED
    }

    /// `file:line: path: message`, without the parts that aren't known.
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
