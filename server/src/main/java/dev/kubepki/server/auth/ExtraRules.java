package dev.kubepki.server.auth;

import dev.kubepki.api.failure.Rendering;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which extra values the constrained modes of impersonation let through.
final class ExtraRules {
    private static final String PATH_MARKS = "/-._~%!$&'()*+,;=:";

    private ExtraRules() {}

    /// The first thing that is wrong.
    static Optional<String> problem(Map<String, List<String>> extra) {
        for (Map.Entry<String, List<String>> entry : new TreeMap<>(extra).entrySet()) {
            Optional<String> problem = problem(entry.getKey(), entry.getValue());
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> problem(String key, List<String> values) {
        if (key.isEmpty()) {
            return Optional.of("impersonating the empty string key in extra is not allowed");
        }
        Optional<String> form = form(key);
        if (form.isPresent()) {
            return form.map(text -> "impersonating an invalid key in extra is not allowed: extra.key: Invalid value: "
                    + Rendering.quote(key) + ": " + text);
        }
        if (!key.equals(key.toLowerCase(Locale.ROOT))) {
            return Optional.of("impersonating a non-lowercase key in extra is not allowed: " + Rendering.quote(key));
        }
        if (values.isEmpty()) {
            return Optional.of("impersonating empty values in extra is not allowed");
        }
        return values.contains("")
                ? Optional.of("impersonating the empty string value in extra is not allowed")
                : Optional.empty();
    }

    /// A domain, a slash and a path.
    private static Optional<String> form(String key) {
        int slash = key.indexOf('/');
        if (slash <= 0 || slash == key.length() - 1) {
            return Optional.of("must be a domain-prefixed path (such as \"acme.io/foo\")");
        }
        if (!UserNames.isSubdomain(key.substring(0, slash))) {
            return Optional.of("a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters,"
                    + " '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
                    + " used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
        }
        boolean path = key.substring(slash + 1)
                .chars()
                .allMatch(c -> (c < 0x80 && Character.isLetterOrDigit(c)) || PATH_MARKS.indexOf(c) >= 0);
        return path
                ? Optional.empty()
                : Optional.of("Invalid path (regex used for validation is" + " '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')");
    }
}
