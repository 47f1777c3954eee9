package dev.kubepki.pki.document;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Reads YAML and JSON. What starts with a brace or bracket is read as JSON first, everything else as YAML.
public final class Documents {
    /// The most bytes that are read: ten times the largest description of a cluster, and no machine's memory.
    public static final int MAX_BYTES = 16 << 20;

    /// How deep values may be nested.
    static final int MAX_DEPTH = 100;

    private Documents() {}

    /// Reads every document of a file; a file without content has none.
    ///
    /// @param file the name under which messages call the file
    /// @param content UTF-8 text with or without a byte order mark, lines ending either way
    /// @throws DocumentFailure if it isn't YAML or JSON, names something twice, or goes beyond what any honest file
    ///     needs: 16 MiB, 100 levels, aliases that blow up
    public static List<Document> read(String file, byte[] content) {
        if (content.length > MAX_BYTES) {
            throw new DocumentFailure(file, 0, "is larger than 16 MiB, too large for a YAML or JSON file");
        }
        String text = decoded(file, content);
        return startsLikeJson(text) ? readJson(file, text) : YamlReader.read(file, text);
    }

    /// Reads a file of exactly one document; an empty file is a null value.
    ///
    /// @throws DocumentFailure also if there are several documents
    public static Document readOne(String file, byte[] content) {
        List<Document> documents = read(file, content);
        if (documents.size() > 1) {
            throw new DocumentFailure(
                    file, documents.get(1).root().line(), "holds more than one document, where one was expected");
        }
        return documents.isEmpty() ? new Document(file, Scalar.none()) : documents.getFirst();
    }

    private static List<Document> readJson(String file, String text) {
        try {
            return JsonReader.read(file, text);
        } catch (DocumentFailure notJson) {
            // YAML's flow style starts with the same characters
            try {
                return YamlReader.read(file, text);
            } catch (DocumentFailure notYaml) {
                throw notJson;
            }
        }
    }

    private static boolean startsLikeJson(String text) {
        String start = text.stripLeading();
        return start.startsWith("{") || start.startsWith("[");
    }

    private static String decoded(String file, byte[] content) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException binary) {
            throw new DocumentFailure(file, 0, "is not UTF-8 text, so it can't be YAML or JSON");
        }
    }
}
