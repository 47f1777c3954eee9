package dev.kubepki.server.auth;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Header fields that carry a user's extra values: the key stands behind a prefix of the field's name.
final class ExtraHeaders {
    private ExtraHeaders() {}

    static boolean any(HeaderFields headers, String prefix) {
        return headers.names().stream().anyMatch(name -> hasPrefix(name, prefix));
    }

    /// By key, in lower case and with its percent signs resolved.
    static Map<String, List<String>> of(HeaderFields headers, String prefix) {
        TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(headers.names());
        Map<String, List<String>> extra = new TreeMap<>();
        for (String name : names) {
            List<String> values = hasPrefix(name, prefix) ? headers.values(name) : List.<String>of();
            if (!values.isEmpty()) {
                String key = unescaped(name.substring(prefix.length()).toLowerCase(Locale.ROOT));
                extra.computeIfAbsent(key, k -> new ArrayList<>()).addAll(values);
            }
        }
        return extra;
    }

    private static boolean hasPrefix(String name, String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    /// A key whose escapes are broken stays as it is.
    private static String unescaped(String key) {
        if (key.indexOf('%') < 0) {
            return key;
        }
        byte[] in = key.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int size = 0;
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '%') {
                int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
                int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    return key;
                }
                out[size++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                out[size++] = in[i];
            }
        }
        return new String(out, 0, size, StandardCharsets.UTF_8);
    }
}
