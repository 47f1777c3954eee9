package dev.kubepki.pki.exchange;

import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.issue.IssuanceRequest;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import dev.kubepki.pki.x509.Extension;
import dev.kubepki.pki.x509.KeyUsage;
import dev.kubepki.pki.x509.SubjectAltName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// What becomes of a request under a signer's terms, before anything is signed.
///
/// @param profile what the certificate will carry
/// @param names the certificate's subject alternative names
/// @param refusals why it must not be signed; empty where it may
/// @param notes what the request asks for and does not get, or gets without asking
public record RequestReview(
        CertificateRequest request,
        CertificateProfile profile,
        List<SubjectAltName> names,
        List<String> refusals,
        List<String> notes) {
    private static final Set<String> TAKEN = Set.of(
            Extension.SUBJECT_ALT_NAME,
            Extension.KEY_USAGE,
            Extension.EXTENDED_KEY_USAGE,
            Extension.BASIC_CONSTRAINTS,
            Extension.SUBJECT_KEY_IDENTIFIER);

    /// Defensive copies.
    public RequestReview {
        names = List.copyOf(names);
        refusals = List.copyOf(refusals);
        notes = List.copyOf(notes);
    }

    /// Judges a request.
    public static RequestReview of(CertificateRequest request, SigningTerms terms, CryptoProvider provider) {
        Set<SubjectAltName> merged = new LinkedHashSet<>(terms.furtherNames());
        List<SubjectAltName> names = new ArrayList<>(request.subjectAltNames());
        merged.removeAll(names);
        names.addAll(merged);
        RequestRule.Asked asked = new RequestRule.Asked(request, names, terms, provider);
        List<String> refusals = RequestRule.ALL.stream()
                .flatMap(rule -> rule.rule().reason(asked).stream())
                .toList();
        CertificateProfile profile = constrained(terms.profile(), request);
        profile = profile.withLifetime(terms.lifetime().orElse(profile.lifetime()));
        return new RequestReview(
                request, profile, names, refusals, refusals.isEmpty() ? notes(request, terms.profile()) : List.of());
    }

    /// Whether it may be signed.
    public boolean isAccepted() {
        return refusals.isEmpty();
    }

    /// For the issuer.
    public IssuanceRequest issuance() {
        return new IssuanceRequest(request.subject(), names, request.publicKey());
    }

    /// A CA that asks for a limit on the CAs below it gets it: less than the profile gives.
    private static CertificateProfile constrained(SigningProfile profile, CertificateRequest request) {
        CertificateProfile usages = profile.usages();
        OptionalInt limit =
                request.basicConstraints().map(BasicConstraints::pathLength).orElse(OptionalInt.empty());
        return profile.isAuthority() && limit.isPresent()
                ? CertificateProfile.authority(new BasicConstraints(true, limit), usages.lifetime())
                : usages;
    }

    private static List<String> notes(CertificateRequest request, SigningProfile profile) {
        List<String> notes = new ArrayList<>();
        List<ExtendedKeyUsage> purposes = profile.usages().extendedKeyUsages();
        request.extendedKeyUsages().ifPresent(wanted -> {
            wanted.stream().filter(u -> !purposes.contains(u)).forEach(u -> notes.add(beyond(u.field(), profile)));
            purposes.stream()
                    .filter(u -> !wanted.contains(u))
                    .forEach(u -> notes.add("the profile '" + profile.label() + "' gives " + u.field()
                            + ", which it does not ask for"));
        });
        Set<KeyUsage> given = profile.usages().keyUsages();
        request.keyUsage()
                .ifPresent(wanted -> wanted.stream()
                        .filter(u -> !given.contains(u))
                        .forEach(u -> notes.add(beyond(u.field(), profile))));
        request.extensions().stream()
                .filter(e -> !TAKEN.contains(e.oid()))
                .forEach(e -> notes.add("it asks for the extension " + e.oid() + ", which is not given"));
        return notes;
    }

    private static String beyond(String usage, SigningProfile profile) {
        return "it asks for " + usage + ", which the profile '" + profile.label() + "' does not give";
    }
}
