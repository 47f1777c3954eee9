package dev.kubepki.pki.files;

import java.util.List;

/// One JSON object on one line (RFC 8259 §4, §7).
final class JsonLine {
    private final StringBuilder text = new StringBuilder("{");

    JsonLine add(String name, String value) {
        name(name);
        string(value);
        return this;
    }

    JsonLine add(String name, List<String> values) {
        name(name);
        text.append('[');
        String separator = "";
        for (String value : values) {
            text.append(separator);
            string(value);
            separator = ",";
        }
        text.append(']');
        return this;
    }

    String end() {
        return text + "}\n";
    }

    private void name(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        string(name);
        text.append(':');
    }

    private void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
