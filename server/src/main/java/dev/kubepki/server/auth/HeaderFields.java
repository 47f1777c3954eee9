package dev.kubepki.server.auth;

import java.util.Collection;
import java.util.List;

/// The header fields of a request, as far as they say who calls.
public interface HeaderFields {
    /// No header at all.
    HeaderFields NONE = new HeaderFields() {
        @Override
        public List<String> values(String name) {
            return List.of();
        }

        @Override
        public Collection<String> names() {
            return List.of();
        }
    };

    /// The values of a field, in order; its name in any case.
    List<String> values(String name);

    /// The names of all fields, in any case, each at least once.
    Collection<String> names();

    /// The first value of a field; empty when there is none.
    default String value(String name) {
        List<String> values = values(name);
        return values.isEmpty() ? "" : values.getFirst();
    }
}
