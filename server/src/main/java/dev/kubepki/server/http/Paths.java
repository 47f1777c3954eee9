package dev.kubepki.server.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The paths that are no resources, as a table.
final class Paths {
    private final Map<String, Route> exact = new LinkedHashMap<>();
    private final Map<String, Route> below = new LinkedHashMap<>();

    /// A path, with or without a slash at its end.
    Paths at(String path, Route route) {
        exact.put(path, route);
        return this;
    }

    /// Every path below one, but not that one.
    Paths below(String path, Route route) {
        below.put(path + "/", route);
        return this;
    }

    Reply serve(Exchange exchange) {
        String path = exchange.info().path();
        String plain = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        Route route = exact.get(plain);
        if (route == null) {
            for (Map.Entry<String, Route> entry : below.entrySet()) {
                if (plain.startsWith(entry.getKey())) {
                    route = entry.getValue();
                    break;
                }
            }
        }
        return route == null ? PlainText.notFound() : route.serve(exchange);
    }

    /// Whether it is one of the table, and not only below one.
    boolean knows(String path) {
        return exact.containsKey(path);
    }

    /// All that are known, sorted.
    List<String> all() {
        TreeSet<String> all = new TreeSet<>(exact.keySet());
        return new ArrayList<>(all);
    }
}
