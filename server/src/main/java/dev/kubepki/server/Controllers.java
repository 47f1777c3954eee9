package dev.kubepki.server;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.server.auth.Attributes;
import dev.kubepki.server.auth.Authorizer;
import dev.kubepki.server.auth.UserInfo;
import dev.kubepki.server.controller.EventRecorder;
import dev.kubepki.server.controller.Keeper;
import dev.kubepki.server.controller.approve.ApprovingController;
import dev.kubepki.server.controller.clean.CleaningController;
import dev.kubepki.server.controller.publish.RootCaPublisher;
import dev.kubepki.server.controller.publish.TrustBundlePublisher;
import dev.kubepki.server.controller.sign.Processors;
import dev.kubepki.server.controller.sign.Signatures;
import dev.kubepki.server.controller.sign.Signers;
import dev.kubepki.server.controller.sign.SigningController;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The controllers that run inside the server, as the service accounts under which Kubernetes runs them.
final class Controllers implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final String CERTIFICATES = "certificates.k8s.io";

    private final List<Keeper> running = new ArrayList<>();

    private Controllers() {}

    /// Starts them.
    ///
    /// @param authority whose key signs
    /// @param processors on which certificates are signed
    /// @param bundle the CA certificates that verify this server, in PEM
    static Controllers start(
            Backend backend,
            Supplier<CertificateAuthority> authority,
            Supplier<String> bundle,
            Signatures record,
            CryptoProvider provider,
            Processors processors,
            Clock clock) {
        Controllers controllers = new Controllers();
        Kind requests = backend.kind("certificatesigningrequests." + CERTIFICATES);
        ClusterClient certificates = backend.clientFor("certificate-controller");
        EventRecorder events = new EventRecorder(certificates, backend.kind("events"), "kubepki-controller", clock);
        controllers.running.add(ApprovingController.ofClients(
                certificates,
                requests,
                (csr, sub) -> mayCreate(backend.authorizer(), csr, sub),
                events,
                provider,
                clock));
        Signers signers = Signers.builtIn(authority, LONGEST);
        controllers.running.add(
                new SigningController(certificates, requests, events, signers, record, provider, processors, clock));
        controllers.running.add(CleaningController.ofRequests(certificates, requests, clock));
        backend.find("podcertificaterequests." + CERTIFICATES)
                .ifPresent(kind -> controllers.running.add(CleaningController.ofPodRequests(
                        backend.clientFor("podcertificaterequestcleaner"), kind, clock)));
        controllers.running.add(new RootCaPublisher(
                backend.clientFor("root-ca-cert-publisher"),
                backend.kind("namespaces"),
                backend.kind("configmaps"),
                bundle));
        backend.find("clustertrustbundles." + CERTIFICATES)
                .ifPresent(kind -> controllers.running.add(new TrustBundlePublisher(
                        backend.clientFor("kube-apiserver-serving-clustertrustbundle-publisher"),
                        kind,
                        TrustBundlePublisher.API_SERVER,
                        bundle)));
        controllers.running.forEach(Keeper::start);
        return controllers;
    }

    private static boolean mayCreate(Authorizer authorizer, ObjectNode csr, String subresource) {
        Attributes asked = Attributes.resource(
                requester(csr.path("spec")), "create", CERTIFICATES, "certificatesigningrequests", subresource, "", "");
        return authorizer.decide(asked).allowed();
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

    @Override
    public void close() {
        running.reversed().forEach(Keeper::close);
    }
}
