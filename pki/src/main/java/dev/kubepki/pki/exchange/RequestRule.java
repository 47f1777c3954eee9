package dev.kubepki.pki.exchange;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.SubjectAltName;
import java.util.List;
import java.util.Optional;

/// One rule that a request keeps before it is signed. Weak keys, malformed names and a CA that may not sign are refused
/// by the issuer itself, whoever asks.
///
/// @param name how the rule is called in tests and documents
record RequestRule(String name, Rule rule) {
    /// The group that passes every authorization of a cluster, without a binding that could be taken away.
    static final String MASTERS = "system:masters";

    private static final String NODES = "system:nodes";
    private static final String NODE = "system:node:";

    static final List<RequestRule> ALL = List.of(
            new RequestRule("ownSignature", RequestRule::ownSignature),
            new RequestRule("noHiddenAuthority", RequestRule::noHiddenAuthority),
            new RequestRule("notPrivileged", RequestRule::notPrivileged),
            new RequestRule("serverNamed", RequestRule::serverNamed),
            new RequestRule("nodeSubject", RequestRule::nodeSubject),
            new RequestRule("nodeNames", RequestRule::nodeNames));

    /// What is wrong, or empty.
    interface Rule {
        Optional<String> reason(Asked asked);
    }

    /// What a rule looks at.
    ///
    /// @param names those of the request and those that the signer adds
    record Asked(CertificateRequest request, List<SubjectAltName> names, SigningTerms terms, CryptoProvider provider) {}

    /// RFC 2986 §3: without it anybody could have a foreign key certified.
    private static Optional<String> ownSignature(Asked asked) {
        try {
            boolean good = asked.request().isSelfSigned(asked.provider());
            return good
                    ? Optional.empty()
                    : Optional.of("its signature is not its own key's: it was changed or damaged");
        } catch (KeyFailure e) {
            return Optional.of("its key or signature can't be used: " + e.getMessage());
        }
    }

    private static Optional<String> noHiddenAuthority(Asked asked) {
        boolean ca =
                asked.request().basicConstraints().map(BasicConstraints::ca).orElse(false);
        return refuseIf(
                ca && !asked.terms().profile().isAuthority(),
                "it asks to be a CA; --profile authority makes it one, if that is meant");
    }

    private static Optional<String> notPrivileged(Asked asked) {
        boolean masters = asked.request().subject().organizations().contains(MASTERS);
        return refuseIf(
                masters
                        && !asked.terms().allowPrivileged()
                        && !asked.terms().profile().isAuthority(),
                "its O is " + MASTERS + ", which may do everything in the cluster until the certificate ends, and no "
                        + "RBAC rule can take it back; --allow-privileged signs it");
    }

    /// Clients look for a server's name among the subject alternative names alone (RFC 6125 §6.4.4, Go since 1.17).
    private static Optional<String> serverNamed(Asked asked) {
        return refuseIf(
                asked.terms().profile().isServer() && !SigningProfile.hasHost(asked.names()),
                "it names no host, and clients accept no server without one; add them with --san");
    }

    private static Optional<String> nodeSubject(Asked asked) {
        if (!asked.terms().profile().isForNode()) {
            return Optional.empty();
        }
        boolean named = asked.request()
                .subject()
                .commonName()
                .filter(cn -> cn.startsWith(NODE) && cn.length() > NODE.length())
                .isPresent();
        boolean grouped = asked.request().subject().organizations().equals(List.of(NODES));
        return refuseIf(
                !named || !grouped,
                "its subject is '" + asked.request().subject() + "', and a kubelet's is 'O = " + NODES + ", CN = "
                        + NODE + "<name>'");
    }

    private static Optional<String> nodeNames(Asked asked) {
        SigningProfile profile = asked.terms().profile();
        if (profile == SigningProfile.KUBELET_CLIENT) {
            return refuseIf(
                    !asked.names().isEmpty(), "it has subject alternative names, and a kubelet's client has none");
        }
        boolean foreign = asked.names().stream()
                .anyMatch(n -> !(n instanceof SubjectAltName.Dns) && !(n instanceof SubjectAltName.Ip));
        return refuseIf(
                profile == SigningProfile.KUBELET_SERVER && foreign,
                "a kubelet's server is named by DNS names and IP addresses alone");
    }

    private static Optional<String> refuseIf(boolean wrong, String reason) {
        return wrong ? Optional.of(reason) : Optional.empty();
    }
}
