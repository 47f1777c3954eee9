package dev.kubepki.server.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parameters of a URL's query.
final class Query {
    private static final Query EMPTY = new Query(List.of());

    /// Names and values in turn.
    private final List<String> pairs;

    private Query(List<String> pairs) {
        this.pairs = pairs;
    }

    /// Reads one; null and the empty text have no parameters.
    ///
    /// @throws PathFailure for a broken escape: a selector that is passed over would select too much
    static Query of(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return EMPTY;
        }
        List<String> pairs = new ArrayList<>(8);
        int from = 0;
        while (from <= raw.length()) {
            int ampersand = raw.indexOf('&', from);
            int end = ampersand < 0 ? raw.length() : ampersand;
            if (end > from) {
                int equals = raw.indexOf('=', from);
                boolean valued = equals >= 0 && equals < end;
                pairs.add(PercentText.decode(raw.substring(from, valued ? equals : end), true));
                pairs.add(valued ? PercentText.decode(raw.substring(equals + 1, end), true) : "");
            }
            from = end + 1;
        }
        return new Query(pairs);
    }

    /// The first value; null when there is none.
    @Nullable
    String value(String name) {
        for (int i = 0; i < pairs.size(); i += 2) {
            if (pairs.get(i).equals(name)) {
                return pairs.get(i + 1);
            }
        }
        return null;
    }

    /// The first value, or the empty text.
    String text(String name) {
        String value = value(name);
        return value == null ? "" : value;
    }

    /// All values.
    List<String> values(String name) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            if (pairs.get(i).equals(name)) {
                values.add(pairs.get(i + 1));
            }
        }
        return values;
    }

    /// Whether it is there and not `false` or `0`: how the API reads a boolean.
    boolean flag(String name) {
        String value = value(name);
        return value != null && !value.equalsIgnoreCase("false") && !value.equals("0");
    }

    /// As [#flag]; null when it is not there.
    @Nullable
    Boolean flagOrNull(String name) {
        return value(name) == null ? null : flag(name);
    }

    /// Whether there are no parameters.
    boolean isEmpty() {
        return pairs.isEmpty();
    }
}
