package dev.kubepki.server.registry;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Chooses objects by their labels; all requirements must hold.
///
/// @param requirements none chooses everything
public record LabelSelector(List<Requirement> requirements) {
    /// Chooses everything.
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    /// Copies the list.
    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /// How a label is compared.
    public enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        DOES_NOT_EXIST,
        GREATER,
        LESS
    }

    /// One comparison: `=` is IN with one value, `!=` NOT_IN.
    public record Requirement(String key, Operator operator, Set<String> values) {
        /// Copies the values.
        public Requirement {
            values = Set.copyOf(values);
        }

        /// Whether labels fulfil it.
        boolean matches(Map<String, String> labels) {
            @Nullable String value = labels.get(key);
            return switch (operator) {
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case EXISTS -> value != null;
                case DOES_NOT_EXIST -> value == null;
                case GREATER -> value != null && compare(value) > 0;
                case LESS -> value != null && compare(value) < 0;
            };
        }

        private int compare(String value) {
            try {
                return Long.compare(
                        Long.parseLong(value), Long.parseLong(values.iterator().next()));
            } catch (NumberFormatException notNumbers) {
                return 0;
            }
        }
    }

    /// From a query parameter.
    ///
    /// @throws dev.kubepki.api.failure.ApiFailure 400 with what was found where something else was expected
    public static LabelSelector parse(String text) {
        return text.isBlank() ? EVERYTHING : new LabelSelectorParser(text).parse();
    }

    /// Whether it chooses everything.
    public boolean isEmpty() {
        return requirements.isEmpty();
    }

    /// Whether it chooses an object with these labels.
    public boolean matches(Map<String, String> labels) {
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }
}
