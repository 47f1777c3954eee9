package dev.kubepki.pki.verify;

import java.util.EnumSet;
import java.util.Set;

/// How strict a verification is beyond RFC 5280 §6, which always holds.
///
/// @param name how messages call the policy
/// @param rules what each certificate of a path must keep
/// @param nameComparison how an issuer's name is held against a subject
/// @param signatureInTls whether TLS peers with key usages need digitalSignature: TLS 1.3, and TLS 1.2 with forward
///     secrecy, sign (RFC 8446 §4.4.2.2); the JDK insists, Go does not
/// @param minimumRsaBits the shortest RSA modulus
/// @param maxIntermediates how many CAs may stand between the end entity and the anchor, self-issued ones not counted
/// @param budget how much work one verification may cost
public record VerificationPolicy(
        String name,
        Set<CertificateRule> rules,
        NameComparison nameComparison,
        boolean signatureInTls,
        int minimumRsaBits,
        int maxIntermediates,
        Budget budget) {
    /// How an issuer's name is held against a subject.
    public enum NameComparison {
        /// Byte by byte, as Go and so every part of Kubernetes does.
        BYTES,
        /// By RFC 5280 §7.1: case, spaces and the kind of string do not count.
        RFC_5280
    }

    /// What every peer in a cluster accepts: Go, OpenSSL and the JDK. The default.
    public static final VerificationPolicy KUBERNETES = new VerificationPolicy(
            "Kubernetes", CertificateRule.basic(), NameComparison.BYTES, true, 2048, 8, Budget.DEFAULT);

    /// The profile of RFC 5280 §4 to the letter.
    public static final VerificationPolicy RFC_5280 = new VerificationPolicy(
            "RFC 5280", CertificateRule.profile(), NameComparison.RFC_5280, false, 2048, 8, Budget.DEFAULT);

    /// The CA/Browser Forum's requirements for servers on the public web.
    public static final VerificationPolicy WEB_PKI = new VerificationPolicy(
            "Web PKI", CertificateRule.web(), NameComparison.RFC_5280, true, 2048, 8, Budget.DEFAULT);

    /// Defensive copy.
    public VerificationPolicy {
        rules = Set.copyOf(rules);
    }

    /// The same with another limit on intermediates.
    public VerificationPolicy withMaxIntermediates(int limit) {
        return new VerificationPolicy(name, rules, nameComparison, signatureInTls, minimumRsaBits, limit, budget);
    }

    /// The same with another budget.
    public VerificationPolicy withBudget(Budget other) {
        return new VerificationPolicy(
                name, rules, nameComparison, signatureInTls, minimumRsaBits, maxIntermediates, other);
    }

    /// The same with one rule more.
    public VerificationPolicy with(CertificateRule rule) {
        Set<CertificateRule> more = EnumSet.of(rule);
        more.addAll(rules);
        return withRules(more);
    }

    /// The same with one rule less.
    public VerificationPolicy without(CertificateRule rule) {
        Set<CertificateRule> rest = EnumSet.of(rule);
        rest.addAll(rules);
        rest.remove(rule);
        return withRules(rest);
    }

    private VerificationPolicy withRules(Set<CertificateRule> others) {
        return new VerificationPolicy(
                name, others, nameComparison, signatureInTls, minimumRsaBits, maxIntermediates, budget);
    }
}
