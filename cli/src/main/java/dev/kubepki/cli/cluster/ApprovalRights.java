package dev.kubepki.cli.cluster;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Whether a role lets its holders approve requests for certificates: a right that is worth as much as all identities
/// that the signer gives out.
final class ApprovalRights {
    private static final String ANY = "*";

    private ApprovalRights() {}

    /// The signers for which a Role or ClusterRole allows to approve; `*` for all of them.
    static Set<String> signers(ObjectNode role) {
        Set<String> signers = new LinkedHashSet<>();
        for (JsonNode rule : role.path("rules")) {
            if (has(rule, "apiGroups", "certificates.k8s.io")
                    && has(rule, "resources", "signers")
                    && has(rule, "verbs", "approve")) {
                JsonNode names = rule.path("resourceNames");
                names.forEach(name -> signers.add(name.asString("")));
                if (names.isEmpty()) {
                    signers.add(ANY);
                }
            }
        }
        return signers;
    }

    private static boolean has(JsonNode rule, String field, String wanted) {
        for (JsonNode each : rule.path(field)) {
            String text = each.asString("");
            if (text.equals(wanted) || text.equals(ANY)) {
                return true;
            }
        }
        return false;
    }

    /// What who grants the role must know; nothing where it allows no approval.
    static Optional<List<String>> warning(String user, ObjectNode role) {
        Set<String> signers = signers(role);
        if (signers.isEmpty()) {
            return Optional.empty();
        }
        String which = signers.contains(ANY) ? "every signer" : String.join(", ", signers);
        return Optional.of(List.of(
                "warning: with this role " + user + " may approve requests for certificates, of " + which + ".",
                "  An approver decides whom the cluster trusts, the API server included: one approval makes anybody",
                "  any user and a member of any group that the signer signs for. Grant it to few, for single signers,",
                "  and to those alone who check that a requester holds the key and may be whom the request names."));
    }
}
