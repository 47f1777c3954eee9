package dev.kubepki.api.kind;

import dev.kubepki.api.kind.Kind.Subresource;
import dev.kubepki.api.kind.Kind.Support;
import dev.kubepki.api.kind.Kind.Trait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The text form of the table of kinds; the file itself says what stands where.
final class KindTable {
    private static final List<String> ALL_VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
    private static final List<String> SUBRESOURCE_VERBS = List.of("get", "patch", "update");
    private static final Set<String> ATTRIBUTES =
            Set.of("short", "categories", "verbs", "storage", "path", "traits", "sub");

    private KindTable() {}

    static List<Kind> parse(String text) {
        List<Kind> kinds = new ArrayList<>();
        String group = "";
        for (String row : rows(text)) {
            if (row.startsWith("[")) {
                group = groupNamed(row.substring(1, row.length() - 1));
            } else {
                kinds.add(kind(group, row));
            }
        }
        return List.copyOf(kinds);
    }

    /// Rows with their continuation lines; a list that ends a line with a comma goes on without a space.
    private static List<String> rows(String text) {
        List<String> rows = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith(" ")) {
                String row = rows.removeLast();
                rows.add(row + (row.endsWith(",") ? "" : " ") + line.strip());
            } else {
                rows.add(line.strip());
            }
        }
        return rows;
    }

    private static Kind kind(String group, String row) {
        List<String> cells = split(row, ' ');
        if (cells.size() < 5) {
            throw new IllegalArgumentException("kinds: a row needs plural, kind, scope, versions and support: " + row);
        }
        Map<String, String> attributes = attributes(cells.subList(5, cells.size()), row);
        String plural = cells.get(0);
        String name = cells.get(1);
        List<String> versions = split(cells.get(3), ',');
        List<String> served = versions.stream().filter(v -> !v.endsWith("?")).toList();
        List<String> onRequest = versions.stream()
                .filter(v -> v.endsWith("?"))
                .map(v -> v.substring(0, v.length() - 1))
                .toList();
        return new Kind(
                group,
                name,
                plural,
                name.toLowerCase(Locale.ROOT),
                split(attributes.getOrDefault("short", ""), ','),
                split(attributes.getOrDefault("categories", ""), ','),
                cells.get(2).equals("namespaced"),
                served,
                onRequest,
                storage(group, attributes.getOrDefault("storage", served.getFirst())),
                attributes.getOrDefault("path", plural),
                attributes.containsKey("verbs") ? split(attributes.get("verbs"), ',') : ALL_VERBS,
                split(attributes.getOrDefault("sub", ""), ',').stream()
                        .map(cell -> subresource(name, cell))
                        .toList(),
                Support.valueOf(cells.get(4).toUpperCase(Locale.ROOT)),
                traits(attributes.getOrDefault("traits", "")));
    }

    private static Map<String, String> attributes(List<String> cells, String row) {
        Map<String, String> attributes = new HashMap<>();
        for (String cell : cells) {
            int equals = cell.indexOf('=');
            String attribute = equals < 0 ? cell : cell.substring(0, equals);
            if (equals < 0 || !ATTRIBUTES.contains(attribute)) {
                throw new IllegalArgumentException("kinds: " + cell + " is no attribute, in: " + row);
            }
            attributes.put(attribute, cell.substring(equals + 1));
        }
        return attributes;
    }

    private static GroupVersion storage(String group, String cell) {
        int slash = cell.indexOf('/');
        return slash < 0
                ? new GroupVersion(group, cell)
                : new GroupVersion(groupNamed(cell.substring(0, slash)), cell.substring(slash + 1));
    }

    private static Subresource subresource(String parent, String cell) {
        int equals = cell.indexOf('=');
        List<String> verbs = equals < 0 ? SUBRESOURCE_VERBS : split(cell.substring(equals + 1), '+');
        String named = equals < 0 ? cell : cell.substring(0, equals);
        int colon = named.indexOf(':');
        if (colon < 0) {
            return new Subresource(named, new GroupVersionKind("", "", parent), verbs);
        }
        String kind = named.substring(colon + 1);
        int slash = kind.lastIndexOf('/');
        GroupVersionKind body = slash < 0
                ? new GroupVersionKind("", "", kind)
                : GroupVersion.parse(kind.substring(0, slash)).kind(kind.substring(slash + 1));
        return new Subresource(named.substring(0, colon), body, verbs);
    }

    private static Set<Trait> traits(String cell) {
        EnumSet<Trait> traits = EnumSet.noneOf(Trait.class);
        for (String name : split(cell, ',')) {
            traits.add(Trait.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')));
        }
        return Set.copyOf(traits);
    }

    private static String groupNamed(String name) {
        return name.equals("core") ? "" : name;
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == separator) {
                if (i > start) {
                    parts.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return List.copyOf(parts);
    }
}
