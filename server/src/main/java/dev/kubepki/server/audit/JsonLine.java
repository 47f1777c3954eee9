package dev.kubepki.server.audit;

import dev.kubepki.server.auth.UserInfo;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes an object of JSON on one line, in order and without a tree: there is one for each request.
final class JsonLine {
    private final StringBuilder out = new StringBuilder(1024);
    private boolean first = true;

    void open() {
        out.append('{');
        first = true;
    }

    void close() {
        out.append('}');
        first = false;
    }

    String end() {
        return out.append('\n').toString();
    }

    private void key(String key) {
        if (!first) {
            out.append(',');
        }
        first = false;
        quote(key);
        out.append(':');
    }

    void text(String key, String value) {
        key(key);
        quote(value);
    }

    void textUnlessEmpty(String key, String value) {
        if (!value.isEmpty()) {
            text(key, value);
        }
    }

    void number(String key, long value) {
        key(key);
        out.append(value);
    }

    void raw(String key, String json) {
        key(key);
        out.append(json);
    }

    void rawUnlessNull(String key, @Nullable String json) {
        if (json != null) {
            raw(key, json);
        }
    }

    void texts(String key, List<String> values) {
        key(key);
        out.append('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            quote(values.get(i));
        }
        out.append(']');
    }

    void object(String key, Consumer<JsonLine> members) {
        key(key);
        open();
        members.accept(this);
        close();
    }

    void user(String key, UserInfo user) {
        object(key, line -> {
            line.textUnlessEmpty("username", user.name());
            line.textUnlessEmpty("uid", user.uid());
            if (!user.groups().isEmpty()) {
                line.texts("groups", user.groups());
            }
            if (!user.extra().isEmpty()) {
                line.object("extra", inner -> extra(inner, user.extra()));
            }
        });
    }

    private static void extra(JsonLine line, Map<String, List<String>> extra) {
        Map<String, List<String>> sorted = extra.size() > 1 ? new TreeMap<>(extra) : extra;
        sorted.forEach(line::texts);
    }

    private void quote(String text) {
        out.append('"');
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\' && c != '\u2028' && c != '\u2029') {
                continue;
            }
            out.append(text, from, i);
            from = i + 1;
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else {
                out.append("\\u").append(String.format("%04x", (int) c));
            }
        }
        out.append(text, from, text.length()).append('"');
    }
}
