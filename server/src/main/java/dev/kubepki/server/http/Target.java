package dev.kubepki.server.http;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.kind.GroupVersionKind;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.ServedKinds;
import dev.kubepki.server.registry.Call;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The resource that a request is for, as the table of kinds knows it.
///
/// @param subresource null for the main resource
/// @param name in the path, and not in a selector; empty for collections
record Target(Kind kind, String version, Kind.@Nullable Subresource subresource, String namespace, String name) {
    /// The deepest path: plural, name, subresource.
    private static final int DEPTH = 3;

    /// Bodies of subresources that something answers, besides the object itself.
    private static final Set<String> ANSWERED = Set.of("TokenRequest", "Scale");

    /// Subresources that say they are the object, and are something else.
    private static final Set<String> NOT_HERE = Set.of("log");

    /// Empty when no such resource is served.
    ///
    /// @throws dev.kubepki.api.failure.ApiFailure 404 and 405 when it is, and not in this way
    static Optional<Target> of(RequestInfo info, ServedKinds kinds) {
        Optional<Kind> kind = kinds.resource(new GroupVersion(info.group(), info.version()), info.resource());
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(of(info, kind.get()));
    }

    private static Target of(RequestInfo info, Kind kind) {
        List<String> parts = info.parts();
        boolean inNamespace = !info.namespace().isEmpty() && !isNamespaces(kind);
        boolean known = parts.size() <= DEPTH && (kind.namespaced() || !inNamespace);
        String name = parts.size() > 1 ? parts.get(1) : "";
        Kind.Subresource subresource = info.subresource().isEmpty() ? null : subresource(kind, info.subresource());
        boolean found = info.subresource().isEmpty() || subresource != null;
        if (!known || !found || (kind.namespaced() && !name.isEmpty() && !inNamespace)) {
            throw Failures.pathNotFound();
        }
        List<String> verbs = subresource == null ? kind.verbs() : subresource.verbs();
        boolean createsNowhere = info.verb().equals("create") && kind.namespaced() && !inNamespace;
        if (!verbs.contains(info.verb()) || createsNowhere || !fits(info, name, subresource != null)) {
            throw Failures.methodNotAllowed();
        }
        return new Target(kind, info.version(), subresource, kind.namespaced() ? info.namespace() : "", name);
    }

    /// Whether the verb goes with a name, or with none.
    private static boolean fits(RequestInfo info, String name, boolean subresource) {
        return switch (info.verb()) {
            case "create" -> name.isEmpty() || subresource;
            case "update", "patch", "get", "delete" -> !name.isEmpty();
            default -> true;
        };
    }

    private static boolean isNamespaces(Kind kind) {
        return kind.group().isEmpty() && kind.plural().equals("namespaces");
    }

    /// Null for one that nothing is done with here: logs, proxies.
    private static Kind.@Nullable Subresource subresource(Kind kind, String name) {
        for (Kind.Subresource each : kind.subresources()) {
            String body = each.kind().kind();
            if (each.name().equals(name)
                    && !NOT_HERE.contains(name)
                    && (body.equals(kind.name()) || ANSWERED.contains(body))) {
                return each;
            }
        }
        return null;
    }

    /// What the body of a write is expected to be.
    GroupVersionKind bodyKind() {
        Kind.Subresource sub = subresource;
        if (sub == null) {
            return kind.in(version);
        }
        GroupVersionKind body = sub.kind();
        return body.version().isEmpty() ? new GroupVersionKind(kind.group(), version, body.kind()) : body;
    }

    /// The API version of its objects.
    String apiVersion() {
        return new GroupVersion(kind.group(), version).toString();
    }

    Call call(Exchange exchange) {
        Kind.Subresource sub = subresource;
        return new Call(
                kind,
                version,
                sub == null ? "" : sub.name(),
                namespace,
                name,
                exchange.user(),
                exchange.request().value("User-Agent"),
                exchange::warn);
    }
}
