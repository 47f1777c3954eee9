package dev.kubepki.server;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.server.auth.Attributes;
import dev.kubepki.server.auth.UserInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// This server's own cluster. Controllers run as the service accounts under which Kubernetes runs them.
record LocalWorld(Backend backend) implements ControllerWorld {
    @Override
    public ClusterClient clientFor(String account) {
        return backend.clientFor(account);
    }

    @Override
    public ClusterClient clientForDecisions() {
        return backend.itself();
    }

    @Override
    public Optional<Kind> kind(String resource) {
        return backend.find(resource);
    }

    @Override
    public boolean mayCreate(ObjectNode csr, String subresource) {
        Attributes asked = Attributes.resource(
                requester(csr.path("spec")),
                "create",
                "certificates.k8s.io",
                "certificatesigningrequests",
                subresource,
                "",
                "");
        return backend.authorizer().decide(asked).allowed();
    }

    private static UserInfo requester(JsonNode spec) {
        List<String> groups = new ArrayList<>();
        spec.path("groups").forEach(group -> groups.add(group.asString("")));
        Map<String, List<String>> extra = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : spec.path("extra").properties()) {
            List<String> values = new ArrayList<>();
            entry.getValue().forEach(value -> values.add(value.asString("")));
            extra.put(entry.getKey(), values);
        }
        return new UserInfo(spec.path("username").asString(""), spec.path("uid").asString(""), groups, extra);
    }
}
