package dev.kubepki.server.controller.sign;

import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.SubjectAltName;
import dev.kubepki.pki.x509.X509Failure;
import dev.kubepki.server.request.RequestedUsages;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What one signer signs: its name, and the rules that a request must keep, in the order in which they are told.
///
/// Beside its own rules every policy has those of [SoundRequest].
public record SignerPolicy(String signerName, List<SignerRule> rules) {
    /// The signer of everything that comes: what it signs may be anybody's, `system:masters` included.
    public static final String LEGACY_UNKNOWN = "kubernetes.io/legacy-unknown";
    /// The signer of certificates that users and controllers log in with.
    public static final String CLIENT = "kubernetes.io/kube-apiserver-client";
    /// The signer of certificates that kubelets log in with.
    public static final String KUBELET_CLIENT = "kubernetes.io/kube-apiserver-client-kubelet";
    /// The signer of certificates that kubelets show to those who call them.
    public static final String KUBELET_SERVING = "kubernetes.io/kubelet-serving";

    private static final String CLIENTS = "client certificate";
    private static final Set<String> CLIENT_USAGES = Set.of("client auth", "digital signature", "key encipherment");
    private static final Set<String> SERVING_USAGES = Set.of("server auth", "digital signature", "key encipherment");
    private static final SignerRule NO_MASTERS = SignerRule.notOrganization(
            "system:masters",
            "use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed");
    private static final SignerRule NODES = SignerRule.organization("system:nodes");
    private static final SignerRule NODE_NAME = SignerRule.commonNamePrefix("system:node:");
    private static final SignerRule NO_DNS = SignerRule.without("DNS", SubjectAltName.Dns.class::isInstance);
    private static final SignerRule NO_EMAIL = SignerRule.without("Email", SubjectAltName.Email.class::isInstance);
    private static final SignerRule NO_IP = SignerRule.without("IP", SubjectAltName.Ip.class::isInstance);
    private static final SignerRule NO_URI = SignerRule.without("URI", SubjectAltName.Uri.class::isInstance);

    private static final List<SignerPolicy> BUILT_IN = List.of(
            new SignerPolicy(
                    CLIENT,
                    List.of(
                            SignerRule.onlyUsages(CLIENTS, CLIENT_USAGES),
                            SignerRule.requiredUsage(CLIENTS, "client auth"),
                            NO_MASTERS)),
            new SignerPolicy(
                    KUBELET_CLIENT,
                    List.of(
                            NODES,
                            NO_DNS,
                            NO_EMAIL,
                            NO_IP,
                            NO_URI,
                            NODE_NAME,
                            SignerRule.exactUsages(CLIENT_USAGES),
                            SoundRequest.NODE)),
            new SignerPolicy(
                    KUBELET_SERVING,
                    List.of(
                            NODES,
                            SignerRule.withHost(),
                            NO_EMAIL,
                            NO_URI,
                            SignerRule.exactUsages(SERVING_USAGES),
                            NODE_NAME,
                            SoundRequest.NODE)));

    /// Defensive copy.
    public SignerPolicy {
        rules = List.copyOf(rules);
    }

    /// The signers that Kubernetes has built in, but for the one that signs anything.
    public static List<SignerPolicy> builtIn() {
        return BUILT_IN;
    }

    /// The signer that asks nothing of a request but to be sound.
    public static SignerPolicy legacyUnknown() {
        return new SignerPolicy(LEGACY_UNKNOWN, List.of());
    }

    /// The first rule that is violated; nothing when all are kept.
    public Optional<String> violation(Asked asked) {
        Optional<String> unknown = asked.usages().stream()
                .filter(usage -> !RequestedUsages.isKnown(usage))
                .sorted()
                .findFirst();
        if (unknown.isPresent()) {
            return unknown.map(usage -> "unrecognized usage value: \"" + usage + "\"");
        }
        try {
            return Stream.concat(rules.stream(), SoundRequest.RULES.stream())
                    .map(rule -> rule.violation(asked))
                    .flatMap(Optional::stream)
                    .findFirst();
        } catch (X509Failure | KeyFailure e) {
            return Optional.of("the request can't be read: " + e.getMessage());
        }
    }

    /// The policy of a signer that Kubernetes has built in.
    public static Optional<SignerPolicy> of(String signerName) {
        return Stream.concat(BUILT_IN.stream(), Stream.of(legacyUnknown()))
                .filter(policy -> policy.signerName().equals(signerName))
                .findFirst();
    }
}
