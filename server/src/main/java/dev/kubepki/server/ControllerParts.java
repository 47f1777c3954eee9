package dev.kubepki.server;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.server.controller.EventRecorder;
import dev.kubepki.server.controller.approve.ServingOptions;
import dev.kubepki.server.controller.clean.Staleness;
import dev.kubepki.server.controller.sign.Processors;
import dev.kubepki.server.controller.sign.Signatures;
import dev.kubepki.server.controller.sign.Signers;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What controllers are made of.
///
/// @param signers that run here
/// @param record notes every signature
/// @param bundle the CA certificates that verify the cluster's API server, in PEM
/// @param serving as what kubelets may serve, when their requests are to be approved
/// @param provider of signatures
/// @param processors on which certificates are signed
/// @param cleanings is told of each request that was removed
record ControllerParts(
        ControllerWorld world,
        Signers signers,
        Signatures record,
        Supplier<String> bundle,
        Optional<ServingOptions> serving,
        CryptoProvider provider,
        Processors processors,
        Consumer<Staleness> cleanings,
        Clock clock) {
    private static final String REQUESTS = "certificatesigningrequests.certificates.k8s.io";

    Kind requests() {
        return kind(REQUESTS);
    }

    Kind kind(String resource) {
        return world.kind(resource)
                .orElseThrow(() -> new IllegalStateException("the cluster does not serve " + resource));
    }

    /// Tells people about objects.
    EventRecorder events(ClusterClient client) {
        return new EventRecorder(client, kind("events"), "kubepki-controller", clock);
    }
}
