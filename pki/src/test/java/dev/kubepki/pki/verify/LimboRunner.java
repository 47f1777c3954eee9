package dev.kubepki.pki.verify;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import dev.kubepki.pki.x509.X509Failure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks the validator about a case of x509-limbo.
final class LimboRunner {
    /// Features that are not judged, with the reason.
    static final Map<String, String> SKIPPED = Map.of("has-crl", "revocation is not checked yet");

    private final CryptoProvider provider = CryptoProvider.fastest();

    /// What came out of one case.
    record Outcome(LimboCase limbo, boolean accepted, String why) {
        boolean isAsExpected() {
            return accepted == limbo.accepted();
        }
    }

    static Optional<String> skipped(LimboCase limbo) {
        return limbo.features().stream().filter(SKIPPED::containsKey).findFirst();
    }

    /// Which policy judges which family of cases: the profile that the family is about, and the default where it is
    /// about no profile. The first prefix that fits counts.
    private static final List<Family> FAMILIES = List.of(
            new Family("webpki::cn::", VerificationPolicy.WEB_PKI.with(CertificateRule.COMMON_NAME_AMONG_ALT_NAMES)),
            new Family("webpki::", VerificationPolicy.WEB_PKI),
            new Family("rfc5280::", VerificationPolicy.RFC_5280),
            new Family("pathlen::", VerificationPolicy.RFC_5280),
            new Family("", VerificationPolicy.KUBERNETES));

    private record Family(String prefix, VerificationPolicy policy) {}

    static VerificationPolicy policyFor(LimboCase limbo) {
        return FAMILIES.stream()
                .filter(family -> limbo.id().startsWith(family.prefix()))
                .findFirst()
                .orElseThrow()
                .policy();
    }

    Outcome run(LimboCase limbo, VerificationPolicy policy) {
        VerificationPolicy limited = limbo.maxIntermediates().isPresent()
                ? policy.withMaxIntermediates(limbo.maxIntermediates().getAsInt())
                : policy;
        List<TrustAnchor> anchors =
                readable(limbo.anchors()).stream().map(TrustAnchor::new).toList();
        Certificate endEntity;
        try {
            endEntity = read(limbo.endEntity());
        } catch (X509Failure | KeyFailure e) {
            return new Outcome(limbo, false, String.valueOf(e.getMessage()));
        }
        Verdict verdict = new PathValidator(anchors, limited, provider)
                .verify(endEntity, readable(limbo.untrusted()), limbo.purpose(), limbo.peers(), limbo.at());
        return switch (verdict) {
            case VerifiedPath path ->
                new Outcome(limbo, true, "a path of " + path.certificates().size());
            case Verdict.Rejected(Rejection reason) ->
                new Outcome(limbo, false, reason.getClass().getSimpleName() + ": " + reason.sentence());
        };
    }

    /// What the JDK makes of the case, with purpose and names looked up as here: it leaves both to its callers.
    Outcome runJdk(LimboCase limbo) {
        try {
            Certificate endEntity = read(limbo.endEntity());
            List<ExtendedKeyUsage> purposes =
                    endEntity.extendedKeyUsages().orElse(List.of(limbo.purpose().usage()));
            boolean accepted = limbo.peers().stream().allMatch(peer -> peer.isIn(endEntity))
                    && limbo.purpose().isAllowedBy(purposes)
                    && JdkPkix.accepts(
                            readable(limbo.anchors()),
                            endEntity,
                            readable(limbo.untrusted()),
                            limbo.at(),
                            limbo.maxIntermediates().orElse(8));
            return new Outcome(limbo, accepted, "");
        } catch (X509Failure e) {
            return new Outcome(limbo, false, String.valueOf(e.getMessage()));
        }
    }

    /// As a program reads a bundle of foreign certificates: what can't be read can't be used.
    private static List<Certificate> readable(List<String> pems) {
        return pems.stream().flatMap(pem -> tryRead(pem).stream()).toList();
    }

    private static Optional<Certificate> tryRead(String pem) {
        try {
            return Optional.of(read(pem));
        } catch (X509Failure e) {
            return Optional.empty();
        }
    }

    private static Certificate read(String pem) {
        return Certificate.readAll(pem.getBytes(StandardCharsets.US_ASCII)).getFirst();
    }
}
