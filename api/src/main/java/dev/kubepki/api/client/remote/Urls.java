package dev.kubepki.api.client.remote;

import dev.kubepki.api.client.ListQuery;
import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.kind.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The paths under which a server has its objects.
final class Urls {
    private Urls() {}

    static String version(GroupVersion version) {
        return (version.group().isEmpty() ? "/api/" : "/apis/") + version;
    }

    static String collection(Kind kind, String version, String namespace) {
        String root = version(new GroupVersion(kind.group(), version));
        String place = namespace.isEmpty() || !kind.namespaced() ? "" : "/namespaces/" + encode(namespace);
        return root + place + "/" + kind.plural();
    }

    static String object(Kind kind, String version, String namespace, String name, String subresource) {
        String main = collection(kind, version, namespace) + "/" + encode(name);
        return subresource.isEmpty() ? main : main + "/" + subresource;
    }

    static String list(ListQuery query) {
        List<String> parts = new ArrayList<>();
        add(parts, "labelSelector", query.labelSelector());
        add(parts, "fieldSelector", query.fieldSelector());
        add(parts, "limit", query.limit() == 0 ? "" : Integer.toString(query.limit()));
        add(parts, "continue", query.continueToken());
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static void add(List<String> parts, String name, String value) {
        if (!value.isEmpty()) {
            parts.add(name + "=" + encode(value));
        }
    }

    static String watch(String resourceVersion, long seconds) {
        return "?watch=1&allowWatchBookmarks=true&resourceVersion=" + encode(resourceVersion) + "&timeoutSeconds="
                + seconds;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
