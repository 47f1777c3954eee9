package dev.kubepki.server.controller.sign;

import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.issue.IssuanceRequest;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.SubjectAltName;
import dev.kubepki.pki.x509.X509Failure;
import dev.kubepki.server.request.CsrState;
import dev.kubepki.server.request.RequestObject;
import dev.kubepki.server.request.RequestedUsages;
import dev.kubepki.server.request.SubmittedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Decides what the signers do about a CertificateSigningRequest. Pure: it has neither a CA's key nor a clock.
final class SigningDecider {
    private static final SigningDecision LEAVE = new SigningDecision.Leave();
    private static final Duration SHORTEST = Duration.ofMinutes(10);
    /// From this length on, the five minutes that a certificate begins early are taken off its end.
    private static final Duration LONG = Duration.ofHours(8);

    /// What of a subject is signed, in the order of Go's encoder. Anything else vanishes: the attribute of a user's UID
    /// above all, which would let a requester be whom he likes.
    private static final List<String> ATTRIBUTES = List.of(
            "2.5.4.6", "2.5.4.10", "2.5.4.11", "2.5.4.7", "2.5.4.8", "2.5.4.9", "2.5.4.17", "2.5.4.3", "2.5.4.5");

    /// Of these one is signed, the last, as Go keeps no other.
    private static final Set<String> SINGLE = Set.of("2.5.4.3", "2.5.4.5");

    private final Signers signers;
    private final CryptoProvider provider;

    /// @param provider checks that requesters hold their keys
    SigningDecider(Signers signers, CryptoProvider provider) {
        this.signers = signers;
        this.provider = provider;
    }

    /// Whether there is anything to do, found out without reading the request.
    boolean isOurs(RequestObject object) {
        return object.state() == CsrState.APPROVED
                && signers.named(object.signerName()).isPresent();
    }

    SigningDecision decide(RequestObject object) {
        Optional<Signer> signer = signers.named(object.signerName());
        if (signer.isEmpty() || !isOurs(object)) {
            return LEAVE;
        }
        SubmittedRequest submitted = object.submitted(provider);
        if (submitted.request().isEmpty() || !submitted.fault().isEmpty()) {
            return fail("the request can't be read: " + submitted.fault());
        }
        try {
            CertificateRequest request = submitted.request().get();
            Optional<String> violation = signer.get().policy().violation(Asked.of(object, request));
            return violation.isPresent() ? fail(violation.get()) : sign(signer.get(), object, request);
        } catch (X509Failure | KeyFailure | IllegalArgumentException e) {
            return fail("the request can't be read: " + e.getMessage());
        }
    }

    private static SigningDecision fail(String message) {
        return new SigningDecision.Fail("SignerValidationFailure", message);
    }

    private static SigningDecision sign(Signer signer, RequestObject object, CertificateRequest request) {
        Set<String> usages = object.usages();
        CertificateProfile profile = new CertificateProfile(
                signer.policy().signerName(),
                RequestedUsages.bits(usages),
                RequestedUsages.purposes(usages),
                BasicConstraints.END_ENTITY,
                lifetime(signer, object.expirationSeconds()));
        IssuanceRequest wanted =
                new IssuanceRequest(plain(request.subject()), ordered(request.subjectAltNames()), request.publicKey());
        return new SigningDecision.Sign(signer, profile, wanted);
    }

    private static Duration lifetime(Signer signer, OptionalLong seconds) {
        Duration life = signer.usual();
        if (seconds.isPresent()) {
            Duration asked = Duration.ofSeconds(seconds.getAsLong());
            life = asked.compareTo(SHORTEST) < 0 ? SHORTEST : asked;
        }
        if (life.compareTo(signer.longest()) > 0) {
            life = signer.longest();
        }
        return life.compareTo(LONG) < 0 ? life : life.minus(CertificateProfile.BACKDATE);
    }

    /// All values of one type in one RDN, as Go writes a name that it read.
    private static DistinguishedName plain(DistinguishedName subject) {
        List<List<DistinguishedName.Attribute>> names = new ArrayList<>();
        for (String oid : ATTRIBUTES) {
            List<String> values = subject.values(oid);
            List<String> kept = SINGLE.contains(oid) && !values.isEmpty() ? List.of(values.getLast()) : values;
            if (!kept.isEmpty()) {
                names.add(kept.stream()
                        .map(value -> new DistinguishedName.Attribute(oid, value))
                        .toList());
            }
        }
        return DistinguishedName.ofRdns(names);
    }

    /// Each name once, by kind, in the order in which Go writes them.
    private static List<SubjectAltName> ordered(List<SubjectAltName> names) {
        return names.stream()
                .distinct()
                .sorted(Comparator.comparingInt(SigningDecider::place))
                .toList();
    }

    private static int place(SubjectAltName name) {
        return switch (name) {
            case SubjectAltName.Dns dns -> 0;
            case SubjectAltName.Email email -> 1;
            case SubjectAltName.Ip ip -> 2;
            case SubjectAltName.Uri uri -> 3;
            case SubjectAltName.Other other -> 4;
        };
    }
}
