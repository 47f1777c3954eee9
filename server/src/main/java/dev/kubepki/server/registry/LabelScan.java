package dev.kubepki.server.registry;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the labels in the bytes of a stored object without reading the rest of it.
final class LabelScan {
    private static final byte[] LABELS = "labels".getBytes(StandardCharsets.US_ASCII);

    private final byte[] json;
    private int position;

    private LabelScan(byte[] json, int position) {
        this.json = json;
        this.position = position;
    }

    /// The labels of the metadata whose inside begins at `start`; null when there is something that only a parser can
    /// read.
    static @Nullable Map<String, String> of(byte[] json, int start) {
        return new LabelScan(json, start).labels();
    }

    private @Nullable Map<String, String> labels() {
        while (position < json.length && json[position] == '"') {
            int keyStart = position + 1;
            int keyEnd = textEnd();
            if (keyEnd < 0 || json[position] != ':') {
                return null;
            }
            position++;
            if (equal(keyStart, keyEnd)) {
                return json[position] == '{' ? map() : null;
            }
            skipValue();
            if (position < json.length && json[position] == ',') {
                position++;
            }
        }
        return position < json.length && json[position] == '}' ? Map.of() : null;
    }

    private boolean equal(int start, int end) {
        if (end - start != LABELS.length) {
            return false;
        }
        for (int i = 0; i < LABELS.length; i++) {
            if (json[start + i] != LABELS[i]) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Map<String, String> map() {
        Map<String, String> labels = new LinkedHashMap<>();
        position++;
        while (json[position] == '"') {
            int keyStart = position + 1;
            int keyEnd = textEnd();
            if (keyEnd < 0 || json[position] != ':' || json[++position] != '"') {
                return null;
            }
            int valueStart = position + 1;
            int valueEnd = textEnd();
            if (valueEnd < 0) {
                return null;
            }
            labels.put(text(keyStart, keyEnd), text(valueStart, valueEnd));
            if (json[position] == ',') {
                position++;
            }
        }
        return json[position] == '}' ? labels : null;
    }

    private String text(int start, int end) {
        return new String(json, start, end - start, StandardCharsets.UTF_8);
    }

    /// Moves behind a text's closing quote and answers where that is; negative when the text holds escapes.
    private int textEnd() {
        boolean plain = true;
        int i = position + 1;
        while (i < json.length && json[i] != '"') {
            if (json[i] == '\\') {
                plain = false;
                i++;
            }
            i++;
        }
        position = i + 1;
        return plain && position < json.length ? i : -1;
    }

    private void skipValue() {
        int depth = 0;
        while (position < json.length) {
            switch (json[position]) {
                case '"' -> textEnd();
                case '{', '[' -> {
                    depth++;
                    position++;
                }
                case '}', ']' -> {
                    if (depth == 0) {
                        return;
                    }
                    depth--;
                    position++;
                }
                case ',' -> {
                    if (depth == 0) {
                        return;
                    }
                    position++;
                }
                default -> position++;
            }
        }
    }
}
