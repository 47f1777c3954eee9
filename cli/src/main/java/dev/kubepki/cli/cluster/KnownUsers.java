package dev.kubepki.cli.cluster;

import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.server.request.CsrState;
import dev.kubepki.server.request.RequestObject;
import dev.kubepki.server.request.SubmittedRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Users, gathered from requests for their certificates and from bindings that name them. Pure.
final class KnownUsers {
    private final Map<String, Seen> users = new TreeMap<>();
    private final Map<String, TreeSet<String>> rolesOfGroups = new TreeMap<>();

    /// What is known of a user.
    ///
    /// @param certificate how far its newest one is, or until when it is valid
    /// @param roles its own and those of its groups, `view`, `developer in default`
    record Row(String user, String groups, String certificate, String roles) {}

    private static final class Seen {
        private final TreeSet<String> groups = new TreeSet<>();
        private final TreeSet<String> roles = new TreeSet<>();
        private Instant until = Instant.MIN;
        private String state = "";

        private String certificate() {
            return until.equals(Instant.MIN) ? state : "until " + until;
        }
    }

    private Seen user(String name) {
        return users.computeIfAbsent(name, key -> new Seen());
    }

    /// A CertificateSigningRequest; one that is not for a client is passed over.
    void addRequest(ObjectNode object) {
        RequestObject request = new RequestObject(object);
        Optional<CertificateRequest> pkcs10 = SubmittedRequest.read(
                        object.path("spec").path("request").asString(""))
                .request();
        String name = pkcs10.flatMap(each -> each.subject().commonName()).orElse("");
        if (!request.usages().contains("client auth") || name.isEmpty()) {
            return;
        }
        Seen seen = user(name);
        seen.state = request.state().label().toLowerCase(Locale.ROOT);
        Optional<Certificate> leaf = Published.of(object).leaf();
        if (request.state() == CsrState.ISSUED && leaf.isPresent()) {
            seen.groups.addAll(leaf.get().subject().organizations());
            Instant end = leaf.get().validity().notAfter();
            seen.until = end.isAfter(seen.until) ? end : seen.until;
        }
    }

    /// A RoleBinding or ClusterRoleBinding.
    void addBinding(ObjectNode binding) {
        String namespace = binding.path("metadata").path("namespace").asString("");
        String role =
                binding.path("roleRef").path("name").asString("") + (namespace.isEmpty() ? "" : " in " + namespace);
        for (JsonNode subject : binding.path("subjects")) {
            String name = subject.path("name").asString("");
            switch (subject.path("kind").asString("")) {
                case "User" -> user(name).roles.add(role);
                case "Group" ->
                    rolesOfGroups.computeIfAbsent(name, key -> new TreeSet<>()).add(role);
                default -> {
                    // Service accounts are no users that log in by a certificate.
                }
            }
        }
    }

    /// By their names.
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        users.forEach((name, seen) -> {
            TreeSet<String> roles = new TreeSet<>(seen.roles);
            seen.groups.forEach(group -> roles.addAll(rolesOfGroups.getOrDefault(group, new TreeSet<>())));
            rows.add(new Row(name, String.join(",", seen.groups), seen.certificate(), String.join(", ", roles)));
        });
        return rows;
    }
}
