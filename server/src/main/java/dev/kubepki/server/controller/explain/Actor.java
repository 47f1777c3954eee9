package dev.kubepki.server.controller.explain;

import dev.kubepki.server.controller.sign.SignerPolicy;
import dev.kubepki.server.request.RequestObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Who has to act on a request.
///
/// @param silence why nothing happened, when nothing was told
record Actor(String who, String activity, String silence, String remedy) {
    /// The leases of those who run Kubernetes' own controllers.
    private static final Set<String> LEASES = Set.of("kube-controller-manager", "kubepki-controller");

    private static final Duration STALE = Duration.ofSeconds(60);

    private static final String PERSON = "a person, by kubepki csr approve or kubectl certificate approve";

    /// Of pending requests, by their signer: why nobody approved it.
    private static final Map<String, String> UNAPPROVED = Map.of(
            SignerPolicy.CLIENT, "no machine approves requests for clients: who gets one can be whom the request names",
            SignerPolicy.KUBELET_SERVING,
                    "requests of kubelets to serve are approved by a person, unless an approver of them is switched"
                            + " on and finds each name among the addresses of the node",
            SignerPolicy.LEGACY_UNKNOWN, "no machine approves requests of a signer that signs everything");

    static Actor approverOf(RequestObject object, Known known) {
        String approve = "look at it with kubepki csr show " + object.name() + ", then approve or deny it";
        if (object.signerName().equals(SignerPolicy.KUBELET_CLIENT)) {
            return new Actor(
                    "the approver of kubelets' clients",
                    activity(known),
                    "it is approved when its form is a kubelet's and the requester " + object.requester()
                            + " may create certificatesigningrequests/selfnodeclient or /nodeclient",
                    "grant the requester that permission (bootstrap tokens have it by a binding of the cluster role"
                            + " system:certificates.k8s.io:certificatesigningrequests:nodeclient), or approve it by hand");
        }
        return new Actor(
                PERSON,
                "people are not watched here",
                UNAPPROVED.getOrDefault(
                        object.signerName(), "nobody who may approve for the signer " + object.signerName() + " did"),
                approve);
    }

    static Actor signerOf(String name, Known known) {
        boolean own = known.ownSigners().stream()
                .anyMatch(policy -> policy.signerName().equals(name));
        if (name.equals(SignerPolicy.LEGACY_UNKNOWN)) {
            return builtIn(name, known, "the signer runs only where it is switched on, as it signs everything");
        }
        if (own || SignerPolicy.of(name).isPresent()) {
            return builtIn(name, known, "the signer did not act: it does not run, or has no CA of its own");
        }
        if (Explainer.isBuiltIn(name)) {
            return new Actor(
                    "nobody: Kubernetes has no signer " + name,
                    "there is nothing that could run",
                    "the domain kubernetes.io belongs to Kubernetes, and none of its signers has this name",
                    "make a new request for one of " + String.join(", ", names()));
        }
        return new Actor(
                "the signer " + name + ", which is no part of Kubernetes or kubepki",
                "who runs it is not known here",
                "its signer did not act",
                "ask who runs the signers of " + name.substring(0, Math.max(name.indexOf('/'), 0))
                        + ", or give kubepki's signer a row of this name");
    }

    private static Actor builtIn(String name, Known known, String silence) {
        return new Actor(
                "the signer " + name + " of kube-controller-manager or kubepki",
                activity(known),
                silence,
                "start it: kube-controller-manager with --cluster-signing-cert-file and --cluster-signing-key-file, or"
                        + " kubepki controller");
    }

    private static List<String> names() {
        return SignerPolicy.builtIn().stream().map(SignerPolicy::signerName).toList();
    }

    private static String activity(Known known) {
        return known.leases().stream()
                .filter(lease ->
                        LEASES.contains(lease.path("metadata").path("name").asString("")))
                .map(lease -> of(lease, known.now()))
                .reduce((first, second) -> first + "; " + second)
                .orElse("not known: no controller holds a lease in kube-system (kubepki serve needs none for its own)");
    }

    private static String of(ObjectNode lease, Instant now) {
        String name = lease.path("metadata").path("name").asString("");
        JsonNode spec = lease.path("spec");
        Optional<Instant> renewed = instant(spec.path("renewTime").asString(""));
        if (renewed.isEmpty()) {
            return name + " holds no lease";
        }
        Duration age = Duration.between(renewed.get(), now);
        return age.compareTo(STALE) <= 0
                ? name + " runs (" + spec.path("holderIdentity").asString("") + ")"
                : name + " does not run: its lease was last renewed " + age.toSeconds() + " seconds ago";
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
