package dev.kubepki.server.http;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.server.registry.Options;
import org.jspecify.annotations.Nullable;

/// Options from a query, in the words that Go has for numbers that are none.
final class QueryOptions {
    private QueryOptions() {}

    static Options.Get get(Query query) {
        return new Options.Get(query.text("resourceVersion"));
    }

    static Options.ListWatch list(Query query) {
        Long limit = number(query, "limit");
        return new Options.ListWatch(
                query.text("labelSelector"),
                query.text("fieldSelector"),
                query.text("resourceVersion"),
                query.text("resourceVersionMatch"),
                limit == null ? 0 : limit,
                query.text("continue"),
                number(query, "timeoutSeconds"),
                query.flag("allowWatchBookmarks"),
                query.flagOrNull("sendInitialEvents"));
    }

    /// @param operation the options' kind in error texts
    static Options.Write write(Query query, String operation) {
        return new Options.Write(
                operation,
                dryRun(query),
                query.text("fieldManager"),
                query.text("fieldValidation"),
                query.flagOrNull("force"));
    }

    static Options.Delete delete(Query query) {
        return new Options.Delete(
                number(query, "gracePeriodSeconds"),
                "",
                "",
                query.flagOrNull("orphanDependents"),
                query.text("propagationPolicy"),
                dryRun(query));
    }

    private static String dryRun(Query query) {
        return String.join(",", query.values("dryRun").stream().distinct().toList());
    }

    private static @Nullable Long number(Query query, String name) {
        String text = query.value(name);
        if (text == null) {
            return null;
        }
        if (!isNumber(text)) {
            throw Failures.badRequest("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Failures.badRequest("strconv.ParseInt: parsing \"" + text + "\": value out of range");
        }
    }

    private static boolean isNumber(String text) {
        int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        return text.length() > start && text.chars().skip(start).allMatch(c -> c >= '0' && c <= '9');
    }
}
