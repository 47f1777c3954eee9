package dev.kubepki.server;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.server.ControllerRow.Right;
import dev.kubepki.server.controller.EventRecorder;
import dev.kubepki.server.controller.Keeper;
import dev.kubepki.server.controller.Together;
import dev.kubepki.server.controller.approve.ApprovingController;
import dev.kubepki.server.controller.clean.CleaningController;
import dev.kubepki.server.controller.publish.RootCaPublisher;
import dev.kubepki.server.controller.publish.TrustBundlePublisher;
import dev.kubepki.server.controller.sign.Signer;
import dev.kubepki.server.controller.sign.SigningController;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The table of controllers, and those of them that run inside the server.
final class Controllers implements AutoCloseable {
    private static final String CERTIFICATES = "certificates.k8s.io";
    private static final String REQUESTS = "certificatesigningrequests";
    private static final String POD_REQUESTS = "podcertificaterequests";
    private static final String BUNDLES = "clustertrustbundles";
    private static final String ACCOUNT = "certificate-controller";
    private static final Right EVENTS = Right.of("", "events", "create", "update");

    /// Every controller there is.
    static final List<ControllerRow> TABLE = List.of(
            new ControllerRow(
                    "certificatesigningrequest-signing-controller",
                    List.of("csrsigning", "signer"),
                    List.of(
                            Right.of(CERTIFICATES, REQUESTS, "get", "list", "watch"),
                            Right.of(CERTIFICATES, REQUESTS + "/status", "update"),
                            new Right(CERTIFICATES, List.of("signers"), List.of("sign"), SignerNames.BUILT_IN),
                            EVENTS),
                    Controllers::signer),
            new ControllerRow(
                    "certificatesigningrequest-approving-controller",
                    List.of("csrapproving", "approver"),
                    List.of(
                            Right.of(CERTIFICATES, REQUESTS, "get", "list", "watch"),
                            Right.of(CERTIFICATES, REQUESTS + "/approval", "update"),
                            new Right(CERTIFICATES, List.of("signers"), List.of("approve"), SignerNames.OF_KUBELETS),
                            Right.of("authorization.k8s.io", "subjectaccessreviews", "create"),
                            Right.of("", "nodes", "list", "watch"),
                            EVENTS),
                    Controllers::approver),
            new ControllerRow(
                    "certificatesigningrequest-cleaner-controller",
                    List.of("csrcleaner", "cleaner"),
                    List.of(Right.of(CERTIFICATES, REQUESTS, "list", "watch", "delete")),
                    Controllers::cleaner),
            new ControllerRow(
                    "podcertificaterequest-cleaner-controller",
                    List.of("pod-cleaner"),
                    List.of(Right.of(CERTIFICATES, POD_REQUESTS, "list", "watch", "delete")),
                    Controllers::podCleaner),
            new ControllerRow(
                    "root-ca-certificate-publisher-controller",
                    List.of("root-ca-cert-publisher", "publisher"),
                    List.of(
                            Right.of("", "namespaces", "list", "watch"),
                            Right.of("", "configmaps", "get", "list", "watch", "create", "update")),
                    Controllers::publisher),
            new ControllerRow(
                    "kube-apiserver-serving-clustertrustbundle-publisher-controller",
                    List.of("bundle-publisher"),
                    false,
                    List.of(
                            Right.of(CERTIFICATES, BUNDLES, "get", "list", "watch", "create", "update", "delete"),
                            new Right(
                                    CERTIFICATES,
                                    List.of("signers"),
                                    List.of("attest"),
                                    List.of(TrustBundlePublisher.API_SERVER))),
                    Controllers::bundlePublisher));

    private final List<Keeper> running;

    private Controllers(List<Keeper> running) {
        this.running = running;
    }

    /// Starts rows of the table.
    static Controllers start(List<ControllerRow> rows, ControllerParts parts) {
        Controllers controllers = new Controllers(make(rows, parts));
        controllers.running.forEach(Keeper::start);
        return controllers;
    }

    /// Makes rows of the table, for somebody else to start.
    static List<Keeper> make(List<ControllerRow> rows, ControllerParts parts) {
        List<Keeper> made = new ArrayList<>();
        for (ControllerRow row : rows) {
            row.maker().apply(parts).ifPresent(made::add);
        }
        return made;
    }

    private static Optional<Keeper> signer(ControllerParts parts) {
        ClusterClient client = parts.world().clientForDecisions();
        return Optional.of(new SigningController(
                client,
                parts.requests(),
                parts.events(client),
                parts.signers(),
                parts.record(),
                parts.provider(),
                parts.processors(),
                parts.clock()));
    }

    private static Optional<Keeper> approver(ControllerParts parts) {
        ClusterClient client = parts.world().clientForDecisions();
        EventRecorder events = parts.events(client);
        if (parts.serving().isEmpty()) {
            return Optional.of(ApprovingController.ofClients(
                    client, parts.requests(), parts.world()::mayCreate, events, parts.provider(), parts.clock()));
        }
        return Optional.of(ApprovingController.ofClientsAndServing(
                client,
                parts.requests(),
                parts.world()::mayCreate,
                parts.kind("nodes"),
                parts.serving().get(),
                events,
                parts.provider(),
                parts.clock()));
    }

    private static Optional<Keeper> cleaner(ControllerParts parts) {
        return Optional.of(CleaningController.ofRequests(
                parts.world().clientFor(ACCOUNT), parts.requests(), parts.cleanings(), parts.clock()));
    }

    private static Optional<Keeper> podCleaner(ControllerParts parts) {
        return optional(parts, POD_REQUESTS)
                .map(kind -> CleaningController.ofPodRequests(
                        parts.world().clientFor("podcertificaterequestcleaner"),
                        kind,
                        parts.cleanings(),
                        parts.clock()));
    }

    private static Optional<Keeper> publisher(ControllerParts parts) {
        return Optional.of(new RootCaPublisher(
                parts.world().clientFor("root-ca-cert-publisher"),
                parts.kind("namespaces"),
                parts.kind("configmaps"),
                parts.bundle()));
    }

    /// One bundle for API servers, and one for each signer that is not Kubernetes' own.
    private static Optional<Keeper> bundlePublisher(ControllerParts parts) {
        return optional(parts, BUNDLES).map(kind -> {
            List<Keeper> publishers = new ArrayList<>();
            publishers.add(new TrustBundlePublisher(
                    parts.world().clientFor("kube-apiserver-serving-clustertrustbundle-publisher"),
                    kind,
                    TrustBundlePublisher.API_SERVER,
                    parts.bundle()));
            for (Signer signer : parts.signers().others()) {
                publishers.add(new TrustBundlePublisher(
                        parts.world().clientForDecisions(),
                        kind,
                        signer.policy().signerName(),
                        () -> signer.authority().get().certificate().pem().encode()));
            }
            return new Together(publishers);
        });
    }

    private static Optional<Kind> optional(ControllerParts parts, String plural) {
        return parts.world().kind(plural + "." + CERTIFICATES);
    }

    @Override
    public void close() {
        running.reversed().forEach(Keeper::close);
    }
}
