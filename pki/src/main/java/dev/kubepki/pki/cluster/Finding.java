package dev.kubepki.pki.cluster;

/// Something that is not as it should be.
///
/// @param check the name of the rule, for scripts
/// @param item whose it is, as [Item#id]
/// @param path the file, relative to the set's folder
/// @param what what is wrong, a sentence without the file's name
/// @param cure the command or act that cures it; commands of this program begin with `kubepki`
public record Finding(Severity severity, String check, String item, String path, String what, String cure) {
    /// How bad it is.
    public enum Severity {
        /// Something does not work, or lets in who should stay out.
        ERROR,
        /// It works today.
        WARNING
    }

    /// Whether it is an error.
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    @Override
    public String toString() {
        return path + ": " + what;
    }
}
