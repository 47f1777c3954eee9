package dev.kubepki.server.controller;

import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.SubjectAltName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What one signer signs: its name, and the rules that a request must keep, in the order in which they are told.
record SignerPolicy(String signerName, List<SignerRule> rules) {
    private static final Set<String> KUBELET_CLIENT = Set.of("client auth", "digital signature", "key encipherment");
    private static final Set<String> KUBELET_SERVING = Set.of("server auth", "digital signature", "key encipherment");
    private static final SignerRule NODES = SignerRule.organization("system:nodes");
    private static final SignerRule NODE_NAME = SignerRule.commonNamePrefix("system:node:");
    private static final SignerRule NO_DNS = SignerRule.without("DNS", SubjectAltName.Dns.class::isInstance);
    private static final SignerRule NO_EMAIL = SignerRule.without("Email", SubjectAltName.Email.class::isInstance);
    private static final SignerRule NO_IP = SignerRule.without("IP", SubjectAltName.Ip.class::isInstance);
    private static final SignerRule NO_URI = SignerRule.without("URI", SubjectAltName.Uri.class::isInstance);

    /// The signers that Kubernetes has built in, but for the one that signs anything.
    static final List<SignerPolicy> BUILT_IN = List.of(
            new SignerPolicy(
                    "kubernetes.io/kube-apiserver-client",
                    List.of(SignerRule.onlyUsages(KUBELET_CLIENT), SignerRule.requiredUsage("client auth"))),
            new SignerPolicy(
                    "kubernetes.io/kube-apiserver-client-kubelet",
                    List.of(NODES, NO_DNS, NO_EMAIL, NO_IP, NO_URI, NODE_NAME, SignerRule.exactUsages(KUBELET_CLIENT))),
            new SignerPolicy(
                    "kubernetes.io/kubelet-serving",
                    List.of(
                            NODES,
                            SignerRule.withHost(),
                            NO_EMAIL,
                            NO_URI,
                            SignerRule.exactUsages(KUBELET_SERVING),
                            NODE_NAME)));

    /// The first rule that is violated; nothing when all are kept.
    Optional<String> violation(CertificateRequest request, Set<String> usages) {
        return rules.stream()
                .map(rule -> rule.violation(request, usages))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
