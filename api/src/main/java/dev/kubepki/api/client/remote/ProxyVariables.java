package dev.kubepki.api.client.remote;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The proxy that the environment names, as most programs read it: HTTPS_PROXY and NO_PROXY, in either case.
final class ProxyVariables {
    private ProxyVariables() {}

    static Optional<URI> proxy(Map<String, String> environment, URI server) {
        String host = server.getHost().toLowerCase(Locale.ROOT);
        if (isLocal(host) || exceptions(environment).anyMatch(each -> covers(each, host))) {
            return Optional.empty();
        }
        return value(environment, "HTTPS_PROXY")
                .map(text -> URI.create(text.contains("://") ? text : "http://" + text));
    }

    private static boolean isLocal(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    private static Stream<String> exceptions(Map<String, String> environment) {
        return value(environment, "NO_PROXY").map(text -> List.of(text.split(",", -1))).orElse(List.of()).stream()
                .map(each -> each.strip().toLowerCase(Locale.ROOT))
                .filter(each -> !each.isEmpty());
    }

    private static boolean covers(String exception, String host) {
        String suffix = exception.startsWith(".") ? exception : "." + exception;
        return exception.equals("*") || exception.equals(host) || host.endsWith(suffix);
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Stream.of(name, name.toLowerCase(Locale.ROOT))
                .map(each -> environment.getOrDefault(each, ""))
                .filter(text -> !text.isEmpty())
                .findFirst();
    }
}
