package dev.kubepki.pki.inspect;

import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.SubjectAltName;
import dev.kubepki.pki.x509.X509Failure;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the API server and the built-in signers ask of a CertificateSigningRequest (`k8s.io/api/certificates/v1`).
final class SignerRules {
    private static final long LEAST_SECONDS = 600;
    private static final String CLIENT = "client auth";
    private static final String SERVER = "server auth";
    private static final String SIGNATURE = "digital signature";
    private static final String ENCIPHERMENT = "key encipherment";

    private record Rule(Set<String> needed, Set<String> allowed, boolean node, boolean names) {}

    private static final Map<String, Rule> RULES = Map.of(
            "kubernetes.io/kube-apiserver-client",
            new Rule(Set.of(CLIENT), Set.of(CLIENT, SIGNATURE, ENCIPHERMENT), false, false),
            "kubernetes.io/kube-apiserver-client-kubelet",
            new Rule(Set.of(CLIENT, SIGNATURE), Set.of(CLIENT, SIGNATURE, ENCIPHERMENT), true, false),
            "kubernetes.io/kubelet-serving",
            new Rule(Set.of(SERVER, SIGNATURE), Set.of(SERVER, SIGNATURE, ENCIPHERMENT), true, true));

    private SignerRules() {}

    static void check(FactsBuilder facts, Mapping object, CertificateRequest request) {
        Mapping spec = object.mapping("spec").orElse(Mapping.of());
        String name = object.mapping("metadata").flatMap(m -> m.string("name")).orElse("");
        String user = request.subject().commonName().orElse("");
        if (!name.isEmpty() && !user.isEmpty() && !user.equals(name) && !name.startsWith("csr-")) {
            facts.warn("the request is for '" + user + "' though the object is called '" + name + "'");
        }
        if (object.string("apiVersion").filter(v -> v.endsWith("/v1beta1")).isPresent()) {
            facts.warn(
                    "apiVersion certificates.k8s.io/v1beta1 is gone since Kubernetes 1.22; use certificates.k8s.io/v1"
                            + " with a signerName");
        }
        duration(facts, spec);
        usages(facts, spec);
        Optional<String> signer = spec.string("signerName");
        signer.ifPresent(each -> signer(facts, each, spec, request));
        if (signer.isEmpty()) {
            facts.warn("spec.signerName is missing; the API server refuses the object");
        }
    }

    private static void duration(FactsBuilder facts, Mapping spec) {
        SigningRequestFacts.scalar(spec, "expirationSeconds").ifPresent(text -> {
            boolean enough = text.matches("\\d{1,9}") && Long.parseLong(text) >= LEAST_SECONDS;
            if (!enough) {
                facts.warn(
                        "spec.expirationSeconds is '" + text + "'; the API server refuses less than 600 (ten minutes)");
            }
        });
    }

    private static void usages(FactsBuilder facts, Mapping spec) {
        List<String> usages = SigningRequestFacts.strings(spec, "usages");
        if (usages.isEmpty()) {
            facts.warn("spec.usages is missing; the API server refuses the object");
        }
        if (new HashSet<>(usages).size() < usages.size()) {
            facts.warn("spec.usages names a usage twice; the API server refuses the object");
        }
    }

    private static void signer(FactsBuilder facts, String signer, Mapping spec, CertificateRequest request) {
        Rule rule = RULES.get(signer);
        if (rule == null) {
            facts.info(
                    signer.startsWith("kubernetes.io/")
                            ? "signer " + signer + " takes no new requests"
                            : "signer " + signer + " is not one of Kubernetes': somebody else must sign it");
            return;
        }
        Set<String> usages = new HashSet<>(SigningRequestFacts.strings(spec, "usages"));
        for (String needed : rule.needed()) {
            if (!usages.contains(needed)) {
                facts.warn("signer " + signer + " needs the usage '" + needed + "'");
            }
        }
        for (String usage : usages.stream().sorted().toList()) {
            if (!rule.allowed().contains(usage)) {
                facts.warn("signer " + signer + " refuses the usage '" + usage + "'");
            }
        }
        if (rule.node()) {
            node(facts, signer, rule, request);
        } else if (request.subject().organizations().contains("system:masters")) {
            facts.warn("the API server refuses group system:masters for signer " + signer);
        }
    }

    private static void node(FactsBuilder facts, String signer, Rule rule, CertificateRequest request) {
        boolean subject = request.subject().organizations().equals(List.of("system:nodes"))
                && request.subject().commonName().orElse("").startsWith("system:node:");
        if (!subject) {
            facts.warn("signer " + signer + " signs only for O = system:nodes and CN = system:node:<node name>");
        }
        facts.attempt(() -> names(facts, signer, rule, request.subjectAltNames()));
    }

    /// @throws X509Failure where the names can't be read
    private static void names(FactsBuilder facts, String signer, Rule rule, List<SubjectAltName> names) {
        boolean hosts = names.stream()
                .allMatch(name -> name instanceof SubjectAltName.Dns || name instanceof SubjectAltName.Ip);
        if (!rule.names() && !names.isEmpty()) {
            facts.warn("signer " + signer + " refuses subject alternative names");
        } else if (rule.names() && (names.isEmpty() || !hosts)) {
            facts.warn("signer " + signer + " needs a DNS name or an IP address, and nothing else, as names");
        }
    }
}
