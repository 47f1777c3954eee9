package dev.kubepki.server.controller.approve;

import dev.kubepki.pki.cluster.IpAddress;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.IpText;
import dev.kubepki.pki.x509.SubjectAltName;
import dev.kubepki.server.controller.sign.PlainText;
import dev.kubepki.server.controller.sign.SignerPolicy;
import dev.kubepki.server.request.RequestObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Judges requests of kubelets for the certificate that they show. Pure: what the nodes are comes as a value.
///
/// Approved is what a node asks for itself, as names and addresses that are its own and no other node's. No name of a
/// service is ever approved, whatever a node writes into its addresses.
final class ServingApprover {
    private static final String MESSAGE =
            "Approved the kubelet's serving certificate: the node asked for itself, and each name is its own.";

    private static final Set<String> RESERVED = Set.of("localhost", "kubernetes", "kubernetes.default");
    private static final List<String> RESERVED_SUFFIXES = List.of(".localhost", ".svc", ".cluster.local", ".arpa");
    private static final Pattern HOST = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

    private final CryptoProvider provider;
    private final ServingOptions options;

    ServingApprover(CryptoProvider provider, ServingOptions options) {
        this.provider = provider;
        this.options = options;
    }

    static boolean isFor(RequestObject object) {
        return object.signerName().equals(SignerPolicy.KUBELET_SERVING);
    }

    /// Of a request that awaits a decision.
    Verdict judge(RequestObject object, Nodes nodes) {
        Recognition found = Recognition.of(object, provider);
        if (found.request().isEmpty()) {
            return new Verdict.LeftAlone(found.fault());
        }
        CertificateRequest request = found.request().get();
        String subject = request.subject().commonName().orElse("");
        if (!Recognition.isNode(object) || !subject.equals(object.requester())) {
            return new Verdict.LeftAlone(object.requester() + " asks for a serving certificate of " + subject
                    + ", and only a node itself may");
        }
        String node = Recognition.nodeOf(subject);
        if (!nodes.has(node)) {
            return new Verdict.LeftAlone("there is no node " + node);
        }
        for (SubjectAltName name : request.subjectAltNames()) {
            Optional<String> problem = problem(name, node, nodes);
            if (problem.isPresent()) {
                return new Verdict.LeftAlone(problem.get());
            }
        }
        return new Verdict.Approved(MESSAGE);
    }

    private Optional<String> problem(SubjectAltName name, String node, Nodes nodes) {
        return switch (name) {
            case SubjectAltName.Dns(String dns) -> dnsProblem(dns, node, nodes);
            case SubjectAltName.Ip(String ip) -> ipProblem(ip, node, nodes);
            default -> Optional.of("a kubelet does not serve as " + name);
        };
    }

    private Optional<String> dnsProblem(String dns, String node, Nodes nodes) {
        String name = dns.toLowerCase(Locale.ROOT);
        if (isReserved(name)) {
            return Optional.of(
                    "the DNS name " + dns + " is no node's: it is a service's, every host's, or no host's name");
        }
        Optional<String> foreign = foreign("DNS name", name, node, nodes);
        if (foreign.isPresent()) {
            return foreign;
        }
        boolean allowed = options.dnsSuffixes().isEmpty()
                || name.equals(node)
                || options.dnsSuffixes().stream().anyMatch(name::endsWith);
        if (!allowed) {
            return Optional.of("the DNS name " + dns + " ends in none of the allowed suffixes "
                    + String.join(", ", options.dnsSuffixes()));
        }
        return options.resolver().flatMap(resolver -> unresolved(dns, resolver.addresses(dns), node, nodes));
    }

    /// Each address to which a name leads must be the node's.
    private static Optional<String> unresolved(String dns, List<String> addresses, String node, Nodes nodes) {
        if (addresses.isEmpty()) {
            return Optional.of("the DNS name " + dns + " leads to no address");
        }
        return addresses.stream()
                .filter(address -> !nodes.owners(canonical(address)).contains(node))
                .findFirst()
                .map(address -> "the DNS name " + dns + " leads to " + address + ", which is not the node's");
    }

    private static String canonical(String address) {
        return IpText.parse(address).map(IpText::format).orElse(address);
    }

    private static boolean isReserved(String name) {
        return RESERVED.contains(name)
                || !HOST.matcher(name).matches()
                || IpText.parse(name).isPresent()
                || name.contains(".svc.")
                || RESERVED_SUFFIXES.stream().anyMatch(name::endsWith);
    }

    private Optional<String> ipProblem(String ip, String node, Nodes nodes) {
        byte[] address = IpText.parse(ip).orElse(new byte[0]);
        if (!PlainText.isOfOneHost(address)) {
            return Optional.of("the IP address " + ip + " is not one of a single host");
        }
        Optional<String> foreign = foreign("IP address", ip, node, nodes);
        if (foreign.isPresent() || options.ranges().isEmpty()) {
            return foreign;
        }
        IpAddress plain = IpAddress.of(address);
        return options.ranges().stream().anyMatch(range -> range.contains(plain))
                ? Optional.empty()
                : Optional.of("the IP address " + ip + " is in none of the allowed ranges");
    }

    private static Optional<String> foreign(String kind, String name, String node, Nodes nodes) {
        Set<String> owners = nodes.owners(name);
        if (!owners.contains(node)) {
            return Optional.of("the " + kind + " " + name + " is not among the addresses of the node " + node);
        }
        return owners.stream()
                .filter(owner -> !owner.equals(node))
                .sorted()
                .findFirst()
                .map(other -> "the " + kind + " " + name + " is also among the addresses of the node " + other);
    }
}
