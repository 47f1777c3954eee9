package dev.kubepki.server.controller.explain;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.server.controller.sign.Asked;
import dev.kubepki.server.controller.sign.SignerPolicy;
import dev.kubepki.server.controller.sign.SigningCause;
import dev.kubepki.server.request.CsrState;
import dev.kubepki.server.request.RequestObject;
import dev.kubepki.server.request.SubmittedRequest;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Explains requests. Pure: what is known comes as values.
public final class Explainer {
    private static final String OURS = "kubernetes.io/";
    private static final String ANEW = "make a new request; a decision on this one can't be taken back";

    private final Known known;
    private final CryptoProvider provider;

    /// @param provider checks that requesters hold their keys
    public Explainer(Known known, CryptoProvider provider) {
        this.known = known;
        this.provider = provider;
    }

    /// Why it is where it is.
    public Explanation explain(ObjectNode csr) {
        RequestObject object = new RequestObject(csr);
        return switch (object.state()) {
            case ISSUED ->
                settled(
                        object,
                        "the signer " + object.signerName() + " issued its certificate",
                        "take the certificate within an hour: the cleaner removes the request then");
            case DENIED -> settled(object, told(object, "Denied", "it was denied"), ANEW);
            case FAILED ->
                settled(
                        object,
                        told(object, "Failed", "the signer refused to sign it"),
                        "mend what the signer names, then make a new request");
            case APPROVED -> approved(object);
            case PENDING -> pending(object);
        };
    }

    private static Explanation settled(RequestObject object, String cause, String remedy) {
        return new Explanation(object.state(), "", "", cause, remedy);
    }

    private static String told(RequestObject object, String type, String words) {
        String reason = text(object, type, "reason");
        String message = text(object, type, "message");
        String detail = Stream.of(reason, message)
                .filter(part -> !part.isEmpty())
                .reduce((first, second) -> first + ": " + second)
                .orElse("no reason was given");
        return words + " (" + detail + ")";
    }

    private static String text(RequestObject object, String type, String field) {
        return object.condition(type)
                .map(condition -> condition.path(field).asString(""))
                .orElse("");
    }

    private Explanation approved(RequestObject object) {
        String name = object.signerName();
        Optional<ObjectNode> event = latestWarning(object);
        Optional<SigningCause> cause =
                event.flatMap(told -> SigningCause.ofReason(told.path("reason").asString("")));
        Actor signer = Actor.signerOf(name, known);
        if (cause.isPresent()) {
            return new Explanation(
                    CsrState.APPROVED,
                    signer.who(),
                    "it runs: it told why it waits",
                    event.orElseThrow().path("message").asString(""),
                    cause.get().remedy() + "; the request needs no other approval and is signed within five seconds");
        }
        String why = event.map(told -> told.path("message").asString("")).orElse(signer.silence());
        return new Explanation(CsrState.APPROVED, signer.who(), signer.activity(), why, signer.remedy());
    }

    private Explanation pending(RequestObject object) {
        Actor approver = Actor.approverOf(object, known);
        String why = latestWarning(object)
                .map(event -> event.path("message").asString(""))
                .orElse(approver.silence());
        Optional<String> violation = violation(object);
        if (violation.isPresent()) {
            return new Explanation(
                    CsrState.PENDING,
                    approver.who(),
                    approver.activity(),
                    why + "; and even when it is approved its signer will refuse it: " + violation.get(),
                    "mend what the signer would refuse and make a new request");
        }
        return new Explanation(CsrState.PENDING, approver.who(), approver.activity(), why, approver.remedy());
    }

    /// What its signer would refuse, where the signer's rules are known.
    public Optional<String> violation(RequestObject object) {
        Optional<SignerPolicy> policy = Stream.concat(
                        known.ownSigners().stream(), SignerPolicy.of(object.signerName()).stream())
                .filter(one -> one.signerName().equals(object.signerName()))
                .findFirst();
        if (policy.isEmpty()) {
            return Optional.empty();
        }
        SubmittedRequest submitted = object.submitted(provider);
        Optional<CertificateRequest> request = submitted.request();
        if (request.isEmpty() || !submitted.fault().isEmpty()) {
            return Optional.of("the request can't be read: " + submitted.fault());
        }
        return policy.get().violation(new Asked(request.get(), object.usages(), object.requester(), object.groups()));
    }

    private Optional<ObjectNode> latestWarning(RequestObject object) {
        return known.events().stream()
                .filter(event -> event.path("type").asString("").equals("Warning"))
                .filter(event -> about(event.path("involvedObject"), object))
                .max(Comparator.comparing(event -> event.path("lastTimestamp").asString("")));
    }

    private static boolean about(JsonNode involved, RequestObject object) {
        return involved.path("uid").asString("").equals(object.uid());
    }

    static boolean isBuiltIn(String signerName) {
        return signerName.startsWith(OURS);
    }
}
