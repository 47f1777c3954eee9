package dev.kubepki.server.registry;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.failure.Rendering;
import dev.kubepki.server.registry.LabelSelector.Operator;
import dev.kubepki.server.registry.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Reads `a=b,c!=d,e in (f,g),h notin (i),j,!k,l>1,m<2`.
final class LabelSelectorParser {
    private static final String OPERATORS = "in, notin, =, ==, !=, gt, lt";
    private static final Map<String, Operator> BINARY = Map.of(
            "in", Operator.IN,
            "notin", Operator.NOT_IN,
            "=", Operator.IN,
            "==", Operator.IN,
            "!=", Operator.NOT_IN,
            ">", Operator.GREATER,
            "<", Operator.LESS);
    private static final Set<String> SYMBOLS = Set.of(")", ",", "!", "==", "=", ">", "<", "!=", "(");

    /// A word of the text; the last one is END. `in` and `notin` are words only where an operator may stand.
    private record Token(Type type, String text) {}

    private enum Type {
        IDENTIFIER,
        SYMBOL,
        ERROR,
        END
    }

    private final List<Token> tokens = new ArrayList<>();
    private int position;

    LabelSelectorParser(String text) {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (isBlank(c)) {
                i++;
            } else {
                int end = isSymbol(c) ? symbolEnd(text, i) : identifierEnd(text, i);
                tokens.add(token(text.substring(i, end), c));
                i = end;
            }
        }
        tokens.add(new Token(Type.END, ""));
    }

    private static Token token(String text, char first) {
        if (!isSymbol(first)) {
            return new Token(Type.IDENTIFIER, text);
        }
        return SYMBOLS.contains(text)
                ? new Token(Type.SYMBOL, text)
                : new Token(Type.ERROR, "error expected: keyword found '" + text + "'");
    }

    private static int symbolEnd(String text, int start) {
        int end = start + 1;
        while (end < text.length() && SYMBOLS.contains(text.substring(start, end + 1))) {
            end++;
        }
        return end;
    }

    private static int identifierEnd(String text, int start) {
        int end = start;
        while (end < text.length() && !isSymbol(text.charAt(end)) && !isBlank(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isSymbol(char c) {
        return "=!(),><".indexOf(c) >= 0;
    }

    LabelSelector parse() {
        List<Requirement> requirements = new ArrayList<>();
        while (next().type() != Type.END) {
            if (!startsRequirement()) {
                throw found(next(), ", expected: !, identifier, or 'end of string'");
            }
            requirements.add(requirement());
            Token after = take();
            if (after.type() == Type.END) {
                break;
            }
            if (!after.text().equals(",") || after.type() != Type.SYMBOL) {
                throw found(after, ", expected: ',' or 'end of string'");
            }
            if (!startsRequirement()) {
                throw found(next(), ", expected: identifier after ','");
            }
        }
        return new LabelSelector(requirements);
    }

    private boolean startsRequirement() {
        return next().type() == Type.IDENTIFIER || isSymbol(next(), "!");
    }

    private Requirement requirement() {
        boolean negated = isSymbol(next(), "!");
        if (negated) {
            take();
        }
        Token key = take();
        if (key.type() != Type.IDENTIFIER) {
            throw inRequirement(key, ", expected: identifier");
        }
        List<String> complaints = NameRules.qualifiedName(key.text());
        if (!complaints.isEmpty()) {
            String text = "<nil>: Invalid value: " + Rendering.quote(key.text()) + ": ";
            throw failure(text + String.join("; ", complaints));
        }
        if (negated) {
            return new Requirement(key.text(), Operator.DOES_NOT_EXIST, Set.of());
        }
        if (next().type() == Type.END || isSymbol(next(), ",")) {
            return new Requirement(key.text(), Operator.EXISTS, Set.of());
        }
        return binary(key.text());
    }

    private Requirement binary(String key) {
        Token token = take();
        Operator operator = token.type() == Type.ERROR ? null : BINARY.get(token.text());
        if (operator == null) {
            throw inRequirement(token, ", expected: " + OPERATORS);
        }
        boolean list = token.type() == Type.IDENTIFIER;
        Set<String> values = list ? values() : Set.of(value());
        if (operator == Operator.GREATER || operator == Operator.LESS) {
            checkInteger(values.iterator().next());
        }
        int index = 0;
        for (String value : values) {
            List<String> complaints = NameRules.labelValue(value);
            if (!complaints.isEmpty()) {
                throw failure("values[" + index + "][" + key + "]: Invalid value: " + Rendering.quote(value) + ": "
                        + String.join("; ", complaints));
            }
            index++;
        }
        return new Requirement(key, operator, values);
    }

    private static void checkInteger(String value) {
        try {
            Long.parseLong(value);
        } catch (NumberFormatException notNumber) {
            throw failure("values[0]: Invalid value: " + Rendering.quote(value)
                    + ": for 'Gt', 'Lt' operators, the value must be an integer");
        }
    }

    private String value() {
        if (next().type() == Type.END || isSymbol(next(), ",")) {
            return "";
        }
        Token value = take();
        if (value.type() != Type.IDENTIFIER) {
            throw inRequirement(value, ", expected: identifier");
        }
        return value.text();
    }

    private Set<String> values() {
        Token open = take();
        if (!isSymbol(open, "(")) {
            throw inRequirement(open, " expected: '('");
        }
        Token first = next();
        if (isSymbol(first, ")")) {
            take();
            return Set.of("");
        }
        if (first.type() != Type.IDENTIFIER && !isSymbol(first, ",")) {
            throw inRequirement(first, ", expected: ',', ')' or identifier");
        }
        TreeSet<String> values = new TreeSet<>();
        while (true) {
            values.add(next().type() == Type.IDENTIFIER ? take().text() : "");
            Token after = take();
            if (isSymbol(after, ")")) {
                return values;
            }
            if (!isSymbol(after, ",")) {
                throw inRequirement(after, ", expected: ',' or ')'");
            }
            if (next().type() != Type.IDENTIFIER && !isSymbol(next(), ",") && !isSymbol(next(), ")")) {
                throw inRequirement(next(), ", expected: ',', or identifier");
            }
        }
    }

    private Token next() {
        return tokens.get(position);
    }

    private Token take() {
        Token token = tokens.get(position);
        if (token.type() != Type.END) {
            position++;
        }
        return token;
    }

    private static boolean isSymbol(Token token, String text) {
        return token.type() == Type.SYMBOL && token.text().equals(text);
    }

    private static ApiFailure inRequirement(Token token, String expected) {
        return failure("found '" + token.text() + "'" + expected);
    }

    private static ApiFailure failure(String text) {
        return Failures.badRequest("unable to parse requirement: " + text);
    }

    private static ApiFailure found(Token token, String expected) {
        return Failures.badRequest("found '" + token.text() + "'" + expected);
    }
}
