package dev.kubepki.pki.document;

/// One document of a file: what stands between two `---` lines.
///
/// @param file the name under which messages call the file
/// @param root its value; an empty document's is null
public record Document(String file, Node root) {
    /// The problems that reading this document's fields will find, none so far.
    public Problems problems() {
        return new Problems(file);
    }

    /// The document's fields, each problem with them going to `problems`; no fields if it isn't a mapping.
    public Fields fields(Problems problems) {
        return Fields.of(root, "", problems);
    }
}
