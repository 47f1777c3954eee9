package dev.kubepki.server.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One clause of an Accept header (RFC 9110 §12.5.1).
///
/// @param type such as `application/json`, in lower case
/// @param parameters without the weight
record AcceptClause(String type, Map<String, String> parameters, double weight) {
    private static final int MOST = 64;

    /// The clauses, heaviest first, and those of equal weight in their order; what can't be read is left out.
    static List<AcceptClause> parse(String header) {
        List<AcceptClause> clauses = new ArrayList<>();
        for (String part : header.split(",", MOST)) {
            AcceptClause clause = clause(part);
            if (!clause.type.isEmpty() && clause.weight > 0) {
                clauses.add(clause);
            }
        }
        clauses.sort(Comparator.comparingDouble((AcceptClause clause) -> -clause.weight));
        return clauses;
    }

    private static AcceptClause clause(String text) {
        String[] parts = text.split(";", MOST);
        Map<String, String> parameters = new LinkedHashMap<>();
        double weight = 1;
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 0) {
                continue;
            }
            String key = parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT);
            String value = unquoted(parts[i].substring(equals + 1).strip());
            if (key.equals("q")) {
                weight = weight(value);
            } else {
                parameters.put(key, value);
            }
        }
        return new AcceptClause(parts[0].strip().toLowerCase(Locale.ROOT), parameters, weight);
    }

    private static double weight(String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /// Whether it takes the type, wildcards included.
    boolean takes(String mediaType) {
        return type.equals(mediaType)
                || type.equals("*/*")
                || (type.endsWith("/*") && mediaType.startsWith(type.substring(0, type.length() - 1)));
    }
}
