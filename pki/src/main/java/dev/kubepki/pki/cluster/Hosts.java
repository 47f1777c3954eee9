package dev.kubepki.pki.cluster;

import dev.kubepki.pki.x509.SubjectAltName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The names under which each kind of server is reached: DNS names sorted, then addresses, each once.
final class Hosts {
    private Hosts() {}

    /// The names of a row's server on one node.
    interface Rule {
        List<String> hosts(ClusterConfig config, ClusterNode node);
    }

    static List<String> none(ClusterConfig config, ClusterNode node) {
        return List.of();
    }

    /// The documentation's list; kubeadm leaves out the half-qualified `kubernetes.default.svc.cluster`.
    static List<String> apiServer(ClusterConfig config, ClusterNode node) {
        List<String> hosts = ofNode(node);
        hosts.addAll(List.of("kubernetes", "kubernetes.default", "kubernetes.default.svc"));
        if (config.style() == NamingStyle.DOCUMENTED) {
            hosts.add("kubernetes.default.svc.cluster");
        }
        hosts.add("kubernetes.default.svc." + config.network().dnsDomain());
        for (Cidr subnet : config.network().serviceSubnets()) {
            hosts.add(subnet.first().text());
        }
        config.api().controlPlaneEndpoint().ifPresent(endpoint -> hosts.add(endpoint.host()));
        hosts.addAll(config.api().loadBalancerNames());
        return hosts;
    }

    /// Both styles: etcd checks a peer's addresses against the certificate, so every one of them must be there.
    static List<String> etcd(ClusterConfig config, ClusterNode node) {
        List<String> hosts = ofNode(node);
        hosts.addAll(List.of("localhost", "127.0.0.1", "::1"));
        return hosts;
    }

    static List<String> kubelet(ClusterConfig config, ClusterNode node) {
        return ofNode(node);
    }

    private static List<String> ofNode(ClusterNode node) {
        List<String> hosts = new ArrayList<>();
        hosts.add(node.name());
        hosts.addAll(node.dnsNames());
        node.addresses().forEach(address -> hosts.add(address.text()));
        return hosts;
    }

    static List<SubjectAltName> names(List<String> hosts) {
        Set<SubjectAltName> addresses = new LinkedHashSet<>();
        Set<String> names = new java.util.TreeSet<>();
        for (String host : hosts) {
            SubjectAltName san = SubjectAltName.of(host);
            if (san instanceof SubjectAltName.Dns(String name)) {
                names.add(name);
            } else {
                addresses.add(san);
            }
        }
        List<SubjectAltName> sorted = new ArrayList<>();
        names.forEach(name -> sorted.add(new SubjectAltName.Dns(name)));
        sorted.addAll(addresses);
        return sorted;
    }
}
