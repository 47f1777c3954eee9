package dev.kubepki.pki.verify;

import dev.kubepki.pki.x509.Certificate;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// The rules about single certificates that a policy may ask for, beyond what makes a path at all.
public enum CertificateRule {
    /// Both places that name the signature's algorithm say the same.
    SIGNATURE_ALGORITHMS_AGREE(Tier.BASIC, "RFC 5280 §4.1.1.2", ProfileChecks::signatureAlgorithmsAgree),
    /// A CA's subject is not empty.
    CA_NAMED(Tier.BASIC, "RFC 5280 §4.1.2.6", ProfileChecks::caNamed),
    /// No negative serial number: Go refuses to read such a certificate.
    SERIAL_NOT_NEGATIVE(Tier.BASIC, "RFC 5280 §4.1.2.2", ProfileChecks::serialNotNegative),

    /// Serial numbers from 1 to 20 bytes. kubeadm before 1.26 gave its CAs 0.
    SERIAL_IN_RANGE(Tier.PROFILE, "RFC 5280 §4.1.2.2", ProfileChecks::serialInRange),
    /// Times in the form that their year asks for.
    TIME_FORM(Tier.PROFILE, "RFC 5280 §4.1.2.5", (c, role) -> c.timeProblem()),
    /// Version 3.
    VERSION_3(Tier.PROFILE, "RFC 5280 §4.1.2.1", ProfileChecks::version3),
    /// A key identifier of the issuer, except in self-signed certificates. openssl's one-liners leave it out.
    AUTHORITY_KEY_ID_PRESENT(Tier.PROFILE, "RFC 5280 §4.2.1.1", ProfileChecks::authorityKeyIdPresent),
    /// A CA has a key identifier.
    SUBJECT_KEY_ID_PRESENT(Tier.PROFILE, "RFC 5280 §4.2.1.2", ProfileChecks::subjectKeyIdPresent),
    /// Key identifiers and access information are not critical.
    HINTS_NOT_CRITICAL(Tier.PROFILE, "RFC 5280 §4.2.1.1, §4.2.1.2, §4.2.2.1", ProfileChecks::hintsNotCritical),
    /// A CA's basic constraints are critical. easy-rsa's are not.
    BASIC_CONSTRAINTS_CRITICAL(Tier.PROFILE, "RFC 5280 §4.2.1.9", ProfileChecks::basicConstraintsCritical),
    /// keyCertSign and a path length stand in CAs only.
    SIGNING_ONLY_BY_CAS(Tier.PROFILE, "RFC 5280 §4.2.1.9", ProfileChecks::signingOnlyByCas),
    /// Name constraints are critical.
    NAME_CONSTRAINTS_CRITICAL(Tier.PROFILE, "RFC 5280 §4.2.1.10", ProfileChecks::nameConstraintsCritical),
    /// Name constraints stand in CAs only.
    NAME_CONSTRAINTS_IN_CAS(Tier.PROFILE, "RFC 5280 §4.2.1.10", ProfileChecks::nameConstraintsInCas),
    /// DNS constraints have no dot in front.
    NAME_CONSTRAINTS_SYNTAX(Tier.PROFILE, "RFC 5280 §4.2.1.10", ProfileChecks::nameConstraintsSyntax),
    /// Policy constraints are critical.
    POLICY_CONSTRAINTS_CRITICAL(Tier.PROFILE, "RFC 5280 §4.2.1.11", ProfileChecks::policyConstraintsCritical),
    /// Subject alternative names are critical where the subject is empty.
    ONLY_NAMES_CRITICAL(Tier.PROFILE, "RFC 5280 §4.2.1.6", ProfileChecks::onlyNamesCritical),
    /// DNS names are host names: no underscores, no IP addresses.
    DNS_NAME_SYNTAX(Tier.PROFILE, "RFC 5280 §4.2.1.6", ProfileChecks::dnsNameSyntax),

    /// An authority key identifier holds a key identifier and nothing else.
    AUTHORITY_KEY_ID_PURE(Tier.WEB, "CA/B BR §7.1.2.11.1", WebChecks::authorityKeyIdPure),
    /// A root's two key identifiers are the same.
    ROOT_KEY_IDS_AGREE(Tier.WEB, "CA/B BR §7.1.2.1.3", WebChecks::rootKeyIdsAgree),
    /// A root has no extended key usages.
    ROOT_WITHOUT_PURPOSE(Tier.WEB, "CA/B BR §7.1.2.1.2", WebChecks::rootWithoutPurpose),
    /// The end entity names its purposes, not critical, and none of them is any.
    PURPOSES_NAMED(Tier.WEB, "CA/B BR §7.1.2.7.10", WebChecks::purposesNamed),
    /// The end entity is no CA.
    END_ENTITY_NO_CA(Tier.WEB, "CA/B BR §7.1.2.7.8", WebChecks::endEntityNoCa),
    /// The end entity has subject alternative names, critical only where the subject is empty.
    ALT_NAMES_PRESENT(Tier.WEB, "CA/B BR §7.1.2.7.12", WebChecks::altNamesPresent),
    /// A common name repeats one of the subject alternative names, letter by letter.
    COMMON_NAME_AMONG_ALT_NAMES(Tier.WEB, "CA/B BR §7.1.4.3", WebChecks::commonNameAmongAltNames),
    /// No wildcard directly below a top-level domain. Longer public suffixes are not known here.
    WILDCARD_BELOW_TWO_LABELS(Tier.WEB, "CA/B BR §3.2.2.6", WebChecks::wildcardBelowTwoLabels),
    /// RSA moduli are whole bytes.
    RSA_WHOLE_BYTES(Tier.WEB, "CA/B BR §6.1.5", WebChecks::rsaWholeBytes);

    private enum Tier {
        BASIC,
        PROFILE,
        WEB
    }

    /// What is wrong with a certificate in its place, as the end of a sentence, or nothing.
    interface Check {
        Optional<String> problem(Certificate certificate, Role role);
    }

    private final Tier tier;
    private final String source;

    @SuppressWarnings("ImmutableEnumChecker") // references to static methods, which have no state
    private final Check check;

    CertificateRule(Tier tier, String source, Check check) {
        this.tier = tier;
        this.source = source;
        this.check = check;
    }

    /// Where the rule is written.
    public String source() {
        return source;
    }

    Optional<String> problem(Certificate certificate, Role role) {
        return check.problem(certificate, role);
    }

    static Set<CertificateRule> basic() {
        return upTo(Tier.BASIC);
    }

    static Set<CertificateRule> profile() {
        return upTo(Tier.PROFILE);
    }

    /// The Forum makes one exception from RFC 5280 (CA/B BR §7.1.2.5.2): name constraints need not be critical. And no
    /// peer looks at common names any more: the rule about them is there for whoever asks for it.
    static Set<CertificateRule> web() {
        Set<CertificateRule> rules = upTo(Tier.WEB);
        rules.remove(NAME_CONSTRAINTS_CRITICAL);
        rules.remove(COMMON_NAME_AMONG_ALT_NAMES);
        return rules;
    }

    private static Set<CertificateRule> upTo(Tier last) {
        Set<CertificateRule> rules = EnumSet.noneOf(CertificateRule.class);
        for (CertificateRule rule : values()) {
            if (rule.tier.compareTo(last) <= 0) {
                rules.add(rule);
            }
        }
        return rules;
    }
}
