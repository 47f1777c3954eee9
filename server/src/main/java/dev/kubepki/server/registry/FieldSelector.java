package dev.kubepki.server.registry;

import dev.kubepki.api.failure.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Chooses objects by a few of their fields; all terms must hold.
///
/// @param terms none chooses everything
record FieldSelector(List<Term> terms) {
    private static final List<String> OPERATORS = List.of("!=", "==", "=");

    /// Copies the list.
    FieldSelector {
        terms = List.copyOf(terms);
    }

    /// One comparison.
    record Term(String field, boolean equal, String value) {
        boolean matches(String actual) {
            return equal == value.equals(actual);
        }
    }

    /// From a query parameter: `a=b,c==d,e!=f`; a backslash before `,`, `=` and `\` takes their meaning away.
    static FieldSelector parse(String text) {
        List<Term> terms = new ArrayList<>();
        for (String term : split(text)) {
            if (!term.isEmpty()) {
                terms.add(term(term, text));
            }
        }
        return new FieldSelector(terms);
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == ',') {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static Term term(String term, String text) {
        for (int i = 0; i < term.length(); i++) {
            for (String operator : OPERATORS) {
                if (term.startsWith(operator, i)) {
                    String value = unescape(term.substring(i + operator.length()));
                    return new Term(term.substring(0, i), !operator.equals("!="), value);
                }
            }
        }
        throw Failures.badRequest("invalid selector: '" + text + "'; can't understand '" + term + "'");
    }

    private static String unescape(String value) {
        StringBuilder result = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                i++;
                if (i == value.length() || ",=\\".indexOf(value.charAt(i)) < 0) {
                    String sequence = i == value.length() ? "\\" : "\\" + value.charAt(i);
                    throw Failures.badRequest("invalid field selector: invalid escape sequence: " + sequence);
                }
                result.append(value.charAt(i));
            } else if (c == '=') {
                throw Failures.badRequest("invalid field selector: unescaped character in value: " + (int) c);
            } else {
                result.append(c);
            }
        }
        return result.toString();
    }

    /// The value that a field must have, when there is exactly one.
    Optional<String> exact(String field) {
        for (Term term : terms) {
            if (term.equal() && term.field().equals(field)) {
                return Optional.of(term.value());
            }
        }
        return Optional.empty();
    }
}
