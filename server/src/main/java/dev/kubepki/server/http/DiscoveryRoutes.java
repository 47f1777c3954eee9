package dev.kubepki.server.http;

import dev.kubepki.api.discovery.Discovery;
import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.kind.ServedKinds;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// `/api`, `/apis` and what is below them: by which clients find the kinds.
final class DiscoveryRoutes {
    private static final List<String> AGGREGATED_VERSIONS = List.of("v2", "v2beta1");

    private DiscoveryRoutes() {}

    /// @param address host and port under which the server is reached
    static Paths addTo(Paths paths, ServedKinds kinds, String address) {
        Discovery discovery = new Discovery(kinds);
        paths.at("/api", either(discovery.coreVersions(address), discovery::aggregatedCore));
        paths.at("/apis", either(discovery.groups(), discovery::aggregatedGroups));
        for (String group : kinds.groups()) {
            discovery.group(group).ifPresent(document -> paths.at("/apis/" + group, plain(document)));
        }
        for (GroupVersion version : kinds.groupVersions()) {
            String path = (version.group().isEmpty() ? "/api/" : "/apis/") + version;
            discovery.resources(version).ifPresent(document -> paths.at(path, plain(document)));
        }
        return paths;
    }

    /// The form with everything in one document, for clients that ask for it; else the old one.
    private static Route either(ObjectNode legacy, Function<String, ObjectNode> aggregated) {
        Document old = plain(legacy);
        List<Document> whole = AGGREGATED_VERSIONS.stream()
                .map(version -> Document.tagged(
                        aggregatedType(version),
                        bytes(aggregated.apply(version)),
                        new Reply.Header("Cache-Control", "public")))
                .toList();
        return exchange -> {
            int index = preferred(exchange.request().value("Accept"));
            return (index < 0 ? old : whole.get(index)).serve(exchange);
        };
    }

    /// The first clause that can be met; -1 for the old form. Some clients compare the answer's type as a text, so it
    /// is
    /// written exactly in this way.
    private static int preferred(String accept) {
        for (AcceptClause clause : AcceptClause.parse(accept)) {
            if (!clause.takes(Reply.JSON)) {
                continue;
            }
            if (clause.parameter("as").isEmpty()) {
                return -1;
            }
            int index = AGGREGATED_VERSIONS.indexOf(clause.parameter("v"));
            boolean known = clause.parameter("as").equals("APIGroupDiscoveryList")
                    && clause.parameter("g").equals("apidiscovery.k8s.io");
            if (known && index >= 0) {
                return index;
            }
        }
        return -1;
    }

    private static String aggregatedType(String version) {
        return "application/json;g=apidiscovery.k8s.io;v=" + version + ";as=APIGroupDiscoveryList";
    }

    private static Document plain(ObjectNode document) {
        return Document.plain(Reply.JSON, bytes(document));
    }

    private static byte[] bytes(ObjectNode document) {
        return Json.line(document);
    }
}
