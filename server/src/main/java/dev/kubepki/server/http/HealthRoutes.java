package dev.kubepki.server.http;

import dev.kubepki.api.failure.Rendering;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// `/healthz`, `/livez` and `/readyz`, with their checks one by one below them. What failed is told, and never why:
/// these
/// paths are open to everybody.
final class HealthRoutes {
    private HealthRoutes() {}

    static void addTo(Paths paths, List<HealthCheck> checks) {
        List<HealthCheck> ofLife =
                checks.stream().filter(check -> !check.onlyForReadiness()).toList();
        add(paths, "healthz", ofLife);
        add(paths, "livez", ofLife);
        add(paths, "readyz", checks);
    }

    private static void add(Paths paths, String name, List<HealthCheck> checks) {
        paths.at("/" + name, exchange -> all(name, checks, exchange));
        for (HealthCheck check : checks) {
            paths.at("/" + name + "/" + check.name(), exchange -> one(check));
        }
    }

    private static Reply one(HealthCheck check) {
        return isHealthy(check)
                ? PlainText.of(200, "ok")
                : PlainText.of(500, "internal server error: " + check.name() + " failed\n");
    }

    private static Reply all(String name, List<HealthCheck> checks, Exchange exchange) {
        Set<String> excluded = new LinkedHashSet<>();
        exchange.query().values("exclude").forEach(value -> excluded.addAll(List.of(value.split(",", -1))));
        excluded.remove("");
        StringBuilder text = new StringBuilder();
        boolean failed = false;
        for (HealthCheck check : checks) {
            if (excluded.remove(check.name())) {
                text.append("[+]").append(check.name()).append(" excluded: ok\n");
            } else if (isHealthy(check)) {
                text.append("[+]").append(check.name()).append(" ok\n");
            } else {
                failed = true;
                text.append("[-]").append(check.name()).append(" failed: reason withheld\n");
            }
        }
        if (!excluded.isEmpty()) {
            text.append("warn: some health checks cannot be excluded: no matches for ")
                    .append(quoted(excluded))
                    .append('\n');
        }
        if (failed) {
            return PlainText.of(500, text + name + " check failed\n");
        }
        boolean verbose = exchange.query().value("verbose") != null;
        return PlainText.of(200, verbose ? text + name + " check passed\n" : "ok");
    }

    private static String quoted(Set<String> names) {
        List<String> sorted = new ArrayList<>(names);
        sorted.sort(null);
        return sorted.stream().map(Rendering::quote).collect(Collectors.joining(","));
    }

    private static boolean isHealthy(HealthCheck check) {
        try {
            return check.healthy().getAsBoolean();
        } catch (RuntimeException e) {
            return false;
        }
    }
}
