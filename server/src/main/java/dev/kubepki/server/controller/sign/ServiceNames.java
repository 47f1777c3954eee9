package dev.kubepki.server.controller.sign;

import dev.kubepki.pki.x509.IpText;
import dev.kubepki.pki.x509.SubjectAltName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names by which services and pods of a cluster are known inside of it: `SERVICE.NAMESPACE.svc`, the same in the
/// cluster's domain, with a host before it, and `POD.NAMESPACE.pod` in the domain.
///
/// The API server's own names are never among them: who had a certificate for these could be the API server.
final class ServiceNames {
    private static final String LABEL = "[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?";
    private static final String ACCOUNT = "system:serviceaccount:";
    private static final Set<String> API_SERVER = Set.of("kubernetes");

    private final Pattern services;
    private final Pattern pods;
    private final String domain;

    /// @param domain such as `cluster.local`
    ServiceNames(String domain) {
        String end = Pattern.quote("." + domain);
        this.services = Pattern.compile("(?:" + LABEL + "\\.)?(" + LABEL + ")\\.(" + LABEL + ")\\.svc(?:" + end + ")?");
        this.pods = Pattern.compile("(" + LABEL + ")\\.(" + LABEL + ")\\.pod" + end);
        this.domain = domain;
    }

    /// The namespace of a name; nothing when it is no service's and no pod's.
    Optional<String> namespaceOf(String dns) {
        String name = dns.toLowerCase(Locale.ROOT);
        Matcher service = services.matcher(name);
        if (service.matches()) {
            boolean api =
                    API_SERVER.contains(service.group(1)) && service.group(2).equals("default");
            return api ? Optional.empty() : Optional.of(service.group(2));
        }
        Matcher pod = pods.matcher(name);
        return pod.matches() ? Optional.of(pod.group(2)) : Optional.empty();
    }

    /// What is wrong with a DNS name that is asked for.
    Optional<String> problem(String dns, Asked asked) {
        Optional<String> namespace = namespaceOf(dns);
        if (namespace.isEmpty()) {
            return Optional.of("the DNS name " + dns + " is not one of a service or a pod, such as NAME.NAMESPACE.svc."
                    + domain + ", or is the API server's");
        }
        Optional<String> own = namespaceOfAccount(asked);
        return own.isPresent() && !own.equals(namespace)
                ? Optional.of("the DNS name " + dns + " is of the namespace " + namespace.get() + ", and "
                        + asked.requester() + " may ask for names of its own")
                : Optional.empty();
    }

    /// Where a service account lives that asks.
    static Optional<String> namespaceOfAccount(Asked asked) {
        String name = asked.requester();
        if (!name.startsWith(ACCOUNT)) {
            return Optional.empty();
        }
        List<String> parts = List.of(name.substring(ACCOUNT.length()).split(":", -1));
        return Optional.of(parts.getFirst());
    }

    /// Nothing ties an address to a namespace: a person may ask for one, a service account may not.
    static Optional<String> ipProblem(SubjectAltName.Ip ip, Asked asked) {
        if (!IpText.parse(ip.address()).map(PlainText::isOfOneHost).orElse(false)) {
            return Optional.of("the IP address " + ip.address() + " is not one of a single host");
        }
        return namespaceOfAccount(asked).isPresent()
                ? Optional.of("service accounts get certificates for names and not for IP addresses")
                : Optional.empty();
    }
}
