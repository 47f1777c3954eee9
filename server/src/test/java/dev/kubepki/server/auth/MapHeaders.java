package dev.kubepki.server.auth;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Header fields from pairs of name and value.
record MapHeaders(Map<String, List<String>> fields) implements HeaderFields {
    static MapHeaders of(String... pairs) {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < pairs.length; i += 2) {
            fields.computeIfAbsent(pairs[i], key -> new ArrayList<>()).add(pairs[i + 1]);
        }
        return new MapHeaders(fields);
    }

    @Override
    public List<String> values(String name) {
        return fields.getOrDefault(name, List.of());
    }

    @Override
    public Collection<String> names() {
        return fields.keySet();
    }
}
