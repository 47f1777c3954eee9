package dev.kubepki.server.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/// By what requests are told apart in figures: never by anything that a client can choose freely.
///
/// @param scope `resource`, `namespace`, `cluster`, or nothing for a path
record RequestLabels(
        String verb, String group, String version, String resource, String subresource, String scope, String dryRun) {
    private static final Map<String, String> VERBS = Map.of(
            "get", "GET",
            "list", "LIST",
            "watch", "WATCH",
            "create", "POST",
            "update", "PUT",
            "patch", "PATCH",
            "delete", "DELETE",
            "deletecollection", "DELETE");
    private static final String APPLY = "application/apply-patch+yaml";
    private static final String OTHER = "other";

    /// @param known whether the resource or path is one that is served
    static RequestLabels of(Exchange exchange, boolean known) {
        RequestInfo info = exchange.info();
        String verb = VERBS.getOrDefault(
                info.verb(), VERBS.containsValue(info.verb().toUpperCase(Locale.ROOT)) ? upper(info) : OTHER);
        if (!known) {
            return new RequestLabels(verb, "", "", "", "", "", "");
        }
        if (!info.isResource()) {
            return new RequestLabels(verb, "", "", "", info.path(), "", "");
        }
        boolean applies =
                verb.equals("PATCH") && exchange.request().value("Content-Type").startsWith(APPLY);
        return new RequestLabels(
                applies ? "APPLY" : verb,
                info.group(),
                info.version(),
                info.resource(),
                info.subresource(),
                scope(info),
                exchange.query().text("dryRun").equals("All") ? "All" : "");
    }

    private static String upper(RequestInfo info) {
        return info.verb().toUpperCase(Locale.ROOT);
    }

    private static String scope(RequestInfo info) {
        if (info.parts().size() > 1) {
            return "resource";
        }
        return info.namespace().isEmpty() ? "cluster" : "namespace";
    }

    /// Names and values in turn, with the code behind them.
    String[] withCode(String code) {
        return new String[] {
            "code",
            code,
            "component",
            "apiserver",
            "dry_run",
            dryRun,
            "group",
            group,
            "resource",
            resource,
            "scope",
            scope,
            "subresource",
            subresource,
            "verb",
            verb,
            "version",
            version
        };
    }

    /// Names and values in turn, and a bucket when there is one.
    String[] withBucket(String bucket) {
        String[] labels = {
            "component",
            "apiserver",
            "dry_run",
            dryRun,
            "group",
            group,
            "resource",
            resource,
            "scope",
            scope,
            "subresource",
            subresource,
            "verb",
            verb,
            "version",
            version
        };
        if (bucket.isEmpty()) {
            return labels;
        }
        String[] more = Arrays.copyOf(labels, labels.length + 2);
        more[labels.length] = "le";
        more[labels.length + 1] = bucket;
        return more;
    }
}
