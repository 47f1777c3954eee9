package dev.kubepki.server.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What a request is for, read from its method, path and query alone.
///
/// The rules are those of kube-apiserver's RequestInfoFactory (apiserver/pkg/endpoints/request/requestinfo.go).
///
/// @param isResource whether it is for a resource; else only verb and path have a meaning
/// @param path decoded
/// @param verb `get`, `list`, `watch` …; of a path the method in lower case
/// @param prefix `api` or `apis`
/// @param namespace empty at the cluster scope; of a namespace itself its own name
/// @param name empty for collections
/// @param legacyWatch whether the path has the old `watch/` prefix
/// @param parts the segments from the resource on
record RequestInfo(
        boolean isResource,
        String path,
        String verb,
        String prefix,
        String group,
        String version,
        String namespace,
        String resource,
        String subresource,
        String name,
        boolean legacyWatch,
        List<String> parts) {
    private static final Map<String, String> VERBS = Map.of(
            "POST", "create", "GET", "get", "HEAD", "get", "PUT", "update", "PATCH", "patch", "DELETE", "delete");
    private static final Set<String> PREFIXES = Set.of("api", "apis");
    private static final Set<String> SPECIAL_VERBS = Set.of("proxy", "watch");
    private static final Set<String> NAMESPACE_SUBRESOURCES = Set.of("status", "finalize");
    private static final Set<String> READING = Set.of("get", "list", "watch", "head", "options");
    private static final Set<String> NAMED_BY_SELECTOR = Set.of("list", "watch", "deletecollection");

    /// Reads it.
    ///
    /// @throws PathFailure for a path of which no two readers think alike
    static RequestInfo of(String method, String rawPath, Query query) {
        RequestPath path = RequestPath.of(rawPath);
        List<String> segments = path.segments();
        if (segments.size() < 3 || !PREFIXES.contains(segments.getFirst())) {
            return ofPath(method, path);
        }
        boolean core = segments.getFirst().equals("api");
        if (!core && segments.size() < 4) {
            return ofPath(method, path);
        }
        return new Reader(method, path, query, core).read();
    }

    private static RequestInfo ofPath(String method, RequestPath path) {
        return new RequestInfo(
                false, path.text(), method.toLowerCase(Locale.ROOT), "", "", "", "", "", "", "", false, List.of());
    }

    /// Whether it takes as long as the client likes.
    boolean isWatch() {
        return isResource && verb.equals("watch");
    }

    /// Whether it may change something.
    boolean isMutating() {
        return !READING.contains(verb);
    }

    /// One reading.
    private static final class Reader {
        private final RequestPath path;
        private final Query query;
        private final boolean core;
        private final String group;
        private final String version;
        private String verb;
        private boolean legacyWatch;
        private List<String> rest;

        Reader(String method, RequestPath path, Query query, boolean core) {
            this.path = path;
            this.query = query;
            this.core = core;
            this.group = core ? "" : path.segments().get(1);
            this.version = path.segments().get(core ? 1 : 2);
            this.rest = path.segments().subList(core ? 2 : 3, path.segments().size());
            this.verb = VERBS.getOrDefault(method, "");
        }

        RequestInfo read() {
            if (SPECIAL_VERBS.contains(rest.getFirst())) {
                verb = rest.getFirst();
                legacyWatch = verb.equals("watch");
                rest = rest.subList(1, rest.size());
                if (rest.isEmpty()) {
                    return info("", List.of(), "", "");
                }
            }
            String namespace = "";
            if (rest.getFirst().equals("namespaces")) {
                if (rest.size() > 1) {
                    namespace = rest.get(1);
                    if (rest.size() > 2 && !NAMESPACE_SUBRESOURCES.contains(rest.get(2))) {
                        rest = rest.subList(2, rest.size());
                    }
                }
            }
            String name = rest.size() > 1 ? rest.get(1) : "";
            String subresource = rest.size() > 2 ? rest.get(2) : "";
            if (name.isEmpty() && verb.equals("get")) {
                verb = query.flag("watch") ? "watch" : "list";
            } else if (name.isEmpty() && verb.equals("delete")) {
                verb = "deletecollection";
            }
            return info(namespace, rest, nameBySelector(name), subresource);
        }

        /// A field selector on the name of one object asks for that object, so that rules for names cover it.
        private String nameBySelector(String name) {
            if (!name.isEmpty() || !NAMED_BY_SELECTOR.contains(verb)) {
                return name;
            }
            String selected = FieldSelectorName.of(query.text("fieldSelector"));
            return RequestPath.isSegment(selected) ? selected : "";
        }

        private RequestInfo info(String namespace, List<String> parts, String name, String subresource) {
            return new RequestInfo(
                    true,
                    path.text(),
                    verb,
                    core ? "api" : "apis",
                    group,
                    version,
                    namespace,
                    parts.isEmpty() ? "" : parts.getFirst(),
                    subresource,
                    name,
                    legacyWatch,
                    List.copyOf(parts));
        }
    }
}
