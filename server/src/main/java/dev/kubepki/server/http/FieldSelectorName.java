package dev.kubepki.server.http;

/// The one object that a field selector asks for, when it asks for one by name.
final class FieldSelectorName {
    private static final String FIELD = "metadata.name";

    private FieldSelectorName() {}

    /// The name, or the empty text. A selector that can't be read has none; the registry refuses it later.
    static String of(String selector) {
        if (!selector.contains(FIELD)) {
            return "";
        }
        int from = 0;
        while (from < selector.length()) {
            int end = endOfTerm(selector, from);
            String term = selector.substring(from, end);
            if (term.startsWith(FIELD)) {
                String rest = term.substring(FIELD.length());
                if (rest.startsWith("==")) {
                    return unescape(rest.substring(2));
                }
                if (rest.startsWith("=")) {
                    return unescape(rest.substring(1));
                }
            }
            from = end + 1;
        }
        return "";
    }

    private static int endOfTerm(String selector, int from) {
        for (int i = from; i < selector.length(); i++) {
            char c = selector.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == ',') {
                return i;
            }
        }
        return selector.length();
    }

    private static String unescape(String value) {
        if (value.indexOf('\\') < 0) {
            return value;
        }
        StringBuilder plain = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                i++;
                c = value.charAt(i);
            }
            plain.append(c);
        }
        return plain.toString();
    }
}
