package dev.kubepki.server;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.Kinds;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Another cluster, to which all controllers go as one user. Who may what is asked of it by access reviews.
final class ForeignWorld implements ControllerWorld {
    private static final String GROUP = "certificates.k8s.io";
    private static final String REVIEWS = "subjectaccessreviews.authorization.k8s.io";

    private final ClusterClient client;
    private final List<Kind> kinds = Kinds.load();

    ForeignWorld(ClusterClient client) {
        this.client = client;
    }

    @Override
    public ClusterClient clientFor(String account) {
        return client;
    }

    @Override
    public ClusterClient clientForDecisions() {
        return client;
    }

    @Override
    public Optional<Kind> kind(String resource) {
        return known(kinds, resource).filter(client::serves);
    }

    /// A kind of the table.
    static Optional<Kind> known(List<Kind> kinds, String resource) {
        return kinds.stream().filter(kind -> kind.resource().equals(resource)).findFirst();
    }

    @Override
    public boolean mayCreate(ObjectNode csr, String subresource) {
        Kind reviews = known(kinds, REVIEWS).orElseThrow();
        ObjectNode answer = client.create(reviews, review(csr.path("spec"), subresource));
        return answer.path("status").path("allowed").asBoolean(false);
    }

    /// As kube-controller-manager asks.
    static ObjectNode review(JsonNode requested, String subresource) {
        ObjectNode review = JsonNodeFactory.instance.objectNode();
        review.put("kind", "SubjectAccessReview").put("apiVersion", "authorization.k8s.io/v1");
        ObjectNode spec = review.putObject("spec");
        spec.put("user", requested.path("username").asString(""));
        spec.put("uid", requested.path("uid").asString(""));
        if (requested.path("groups").isArray()) {
            spec.set("groups", requested.path("groups").deepCopy());
        }
        if (requested.path("extra").isObject()) {
            spec.set("extra", requested.path("extra").deepCopy());
        }
        spec.putObject("resourceAttributes")
                .put("group", GROUP)
                .put("version", "*")
                .put("resource", "certificatesigningrequests")
                .put("subresource", subresource)
                .put("verb", "create");
        return review;
    }
}
