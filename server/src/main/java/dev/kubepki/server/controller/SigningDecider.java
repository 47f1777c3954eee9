package dev.kubepki.server.controller;

import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.issue.IssuanceRequest;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.Pem;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.X509Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Decides what the signers do about a CertificateSigningRequest. Pure: it has neither a key nor a clock.
final class SigningDecider {
    private static final SigningDecision LEAVE = new SigningDecision.Leave();
    private static final Duration SHORTEST = Duration.ofMinutes(10);
    /// From this length on, the five minutes that a certificate begins early are taken off its end.
    private static final Duration LONG = Duration.ofHours(8);

    /// What of a subject is signed, in the order of Go's encoder. Anything else vanishes: the attribute of a user's UID
    /// above all, which would let a requester be whom he likes.
    private static final List<String> ATTRIBUTES = List.of(
            "2.5.4.6", "2.5.4.10", "2.5.4.11", "2.5.4.7", "2.5.4.8", "2.5.4.9", "2.5.4.17", "2.5.4.3", "2.5.4.5");

    private final Map<String, SignerPolicy> policies;
    private final Duration longest;

    /// @param longest the lifetime of a certificate whose request names none, and the most that one may ask for
    SigningDecider(List<SignerPolicy> policies, Duration longest) {
        this.policies = policies.stream().collect(Collectors.toMap(SignerPolicy::signerName, policy -> policy));
        this.longest = longest;
    }

    /// Whether a request is one that these signers have to act on. Quick: it is asked of every change.
    boolean awaits(ObjectNode csr) {
        return policies.containsKey(csr.path("spec").path("signerName").asString(""))
                && awaitsSigning(csr.path("status"));
    }

    SigningDecision decide(ObjectNode csr) {
        SignerPolicy policy = policies.get(csr.path("spec").path("signerName").asString(""));
        if (policy == null || !awaitsSigning(csr.path("status"))) {
            return LEAVE;
        }
        Set<String> usages = new LinkedHashSet<>();
        csr.path("spec").path("usages").forEach(usage -> usages.add(usage.asString("")));
        for (String usage : usages) {
            if (!RequestedUsages.isKnown(usage)) {
                return fail("unrecognized usage value: \"" + usage + "\"");
            }
        }
        try {
            CertificateRequest request = requestOf(csr);
            Optional<String> violation = policy.violation(request, usages);
            return violation.isPresent() ? fail(violation.get()) : sign(policy, request, usages, csr);
        } catch (X509Failure | KeyFailure | IllegalArgumentException e) {
            return fail("the request can't be read: " + e.getMessage());
        }
    }

    private static SigningDecision fail(String message) {
        return new SigningDecision.Fail("SignerValidationFailure", message);
    }

    private static boolean awaitsSigning(JsonNode status) {
        if (!status.path("certificate").asString("").isEmpty()) {
            return false;
        }
        boolean approved = false;
        for (JsonNode condition : status.path("conditions")) {
            switch (condition.path("type").asString("")) {
                case "Approved" -> approved = true;
                case "Denied", "Failed" -> {
                    return false;
                }
                default -> {
                    // Conditions of others say nothing to a signer.
                }
            }
        }
        return approved;
    }

    private static CertificateRequest requestOf(ObjectNode csr) {
        byte[] pem = Base64.getDecoder().decode(csr.path("spec").path("request").asString(""));
        return Pem.readAll(pem).stream()
                .findFirst()
                .map(block -> CertificateRequest.decode(block.der()))
                .orElseThrow(() -> new X509Failure("there is no PEM block"));
    }

    private SigningDecision sign(SignerPolicy policy, CertificateRequest request, Set<String> usages, ObjectNode csr) {
        CertificateProfile profile = new CertificateProfile(
                policy.signerName(),
                RequestedUsages.bits(usages),
                RequestedUsages.purposes(usages),
                BasicConstraints.END_ENTITY,
                lifetime(csr.path("spec").path("expirationSeconds")));
        return new SigningDecision.Sign(
                profile, new IssuanceRequest(plain(request.subject()), request.subjectAltNames(), request.publicKey()));
    }

    private Duration lifetime(JsonNode seconds) {
        Duration asked = seconds.isNumber() ? Duration.ofSeconds(seconds.asLong()) : longest;
        Duration life = asked.compareTo(longest) > 0 ? longest : asked;
        if (life.compareTo(SHORTEST) < 0) {
            life = SHORTEST;
        }
        return life.compareTo(LONG) < 0 ? life : life.minus(CertificateProfile.BACKDATE);
    }

    private static DistinguishedName plain(DistinguishedName subject) {
        List<List<DistinguishedName.Attribute>> names = new ArrayList<>();
        for (String oid : ATTRIBUTES) {
            for (String value : subject.values(oid)) {
                names.add(List.of(new DistinguishedName.Attribute(oid, value)));
            }
        }
        return DistinguishedName.ofRdns(names);
    }
}
