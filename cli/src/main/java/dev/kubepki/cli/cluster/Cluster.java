package dev.kubepki.cli.cluster;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.client.ListQuery;
import dev.kubepki.api.client.ObjectPage;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.cli.frame.CommandFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A cluster as these commands speak of it: by the names of its resources.
final class Cluster {
    static final String REQUESTS = "certificatesigningrequests.certificates.k8s.io";
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;

    private static final int PAGE = 500;

    private final ClusterClient client;
    private final KindRows kinds;

    Cluster(ClusterClient client) {
        this.client = client;
        this.kinds = KindRows.load();
    }

    ClusterClient client() {
        return client;
    }

    /// The row of a resource, such as `secrets` or `roles.rbac.authorization.k8s.io`.
    Kind kind(String resource) {
        return kinds.of(resource);
    }

    Optional<ObjectNode> find(String resource, String namespace, String name) {
        return client.get(kind(resource), namespace, name);
    }

    /// Whether there is such an object, as far as may be seen.
    boolean isKnown(String resource, String namespace, String name) {
        return ifAllowed(() -> find(resource, namespace, name))
                .flatMap(Function.identity())
                .isPresent();
    }

    /// A request by its name.
    ObjectNode request(String name) throws CommandFailure {
        return find(REQUESTS, "", name)
                .orElseThrow(() -> new CommandFailure(
                        REQUESTS + " \"" + name + "\" not found",
                        "Requests are removed an hour after they were decided, a day after they were made."));
    }

    /// All objects, page by page.
    List<ObjectNode> all(String resource, ListQuery first) {
        Kind kind = kind(resource);
        ListQuery query = new ListQuery(first.namespace(), first.labelSelector(), first.fieldSelector(), PAGE, "");
        List<ObjectNode> all = new ArrayList<>();
        while (true) {
            ObjectPage page = client.list(kind, query);
            all.addAll(page.items());
            if (page.continueToken().isEmpty()) {
                return all;
            }
            query = query.from(page.continueToken());
        }
    }

    ObjectNode create(String resource, ObjectNode object) {
        return client.create(kind(resource), object);
    }

    /// What may be asked by those who are allowed to; nothing for those who are not, and where there is no such kind.
    static <T> Optional<T> ifAllowed(Asking<T> asking) {
        try {
            return Optional.of(asking.ask());
        } catch (ApiFailure e) {
            if (e.code() == FORBIDDEN || e.code() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// A question to a cluster.
    interface Asking<T> {
        T ask();
    }

    /// The names and addresses of the node that asks to serve, where the request is a kubelet's and they may be read.
    Optional<Set<String>> nodeAddresses(ObjectNode request) {
        JsonNode spec = request.path("spec");
        String user = spec.path("username").asString("");
        if (!spec.path("signerName").asString("").equals(SignerNames.KUBELET_SERVING)
                || !user.startsWith(SignerNames.NODE_PREFIX)) {
            return Optional.empty();
        }
        String node = user.substring(SignerNames.NODE_PREFIX.length());
        return ifAllowed(() -> find("nodes", "", node))
                .flatMap(Function.identity())
                .map(Cluster::addresses);
    }

    private static Set<String> addresses(ObjectNode node) {
        Set<String> addresses = new HashSet<>();
        for (JsonNode address : node.path("status").path("addresses")) {
            addresses.add(address.path("address").asString(""));
        }
        return addresses;
    }
}
