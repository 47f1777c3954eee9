package dev.kubepki.api.table;

import static dev.kubepki.api.table.Cells.NONE;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Of services and what stands before and behind them.
final class NetworkColumns {
    private static final int SHOWN_ENDPOINTS = 3;
    private static final int SHOWN_HOSTS = 3;

    static final Map<String, List<Column>> ALL = Map.of(
            "services",
            List.of(
                    Column.named(),
                    Column.of("Type", "How it is reached.", Cells.text("spec.type")),
                    Column.of("Cluster-IP", "Its address inside the cluster.", Cells.text("spec.clusterIP", NONE)),
                    Column.of(
                            "External-IP", "Its addresses for the world.", Cells.from(NetworkColumns::externalAddress)),
                    Column.of("Port(s)", "Its ports.", Cells.from(NetworkColumns::ports)),
                    Column.aged(),
                    Column.wide("Selector", "Labels of its pods.", Cells.labels("spec.selector"))),
            "endpoints",
            List.of(
                    Column.named(),
                    Column.of(
                            "Endpoints",
                            "Addresses and ports behind the service.",
                            Cells.from(NetworkColumns::endpoints)),
                    Column.aged()),
            "endpointslices.discovery.k8s.io",
            List.of(
                    Column.named(),
                    Column.of("AddressType", "The family of the addresses.", Cells.text("addressType")),
                    Column.of(
                            "Ports",
                            "The ports behind the service.",
                            Cells.from(slice -> few(Cells.each(slice, "ports", "port"), "<unset>"))),
                    Column.of("Endpoints", "The addresses behind the service.", Cells.from(NetworkColumns::addresses)),
                    Column.aged()),
            "ingresses.networking.k8s.io",
            List.of(
                    Column.named(),
                    Column.of("Class", "Which controller serves it.", Cells.text("spec.ingressClassName", NONE)),
                    Column.of("Hosts", "Host names that it takes.", Cells.from(NetworkColumns::hosts)),
                    Column.of("Address", "Where it is reached.", Cells.from(NetworkColumns::balancers)),
                    Column.of(
                            "Ports",
                            "Its ports.",
                            Cells.from(ingress -> Cells.at(ingress, "spec.tls").isEmpty() ? "80" : "80, 443")),
                    Column.aged()),
            "ingressclasses.networking.k8s.io",
            List.of(
                    Column.named(),
                    Column.of("Controller", "Who serves the class.", Cells.text("spec.controller")),
                    Column.of("Parameters", "What configures it.", Cells.from(NetworkColumns::parameters)),
                    Column.aged()),
            "networkpolicies.networking.k8s.io",
            List.of(
                    Column.named(),
                    Column.of("Pod-Selector", "Labels of the pods that it is for.", Cells.selector("spec.podSelector")),
                    Column.aged()),
            "servicecidrs.networking.k8s.io",
            List.of(
                    Column.named(),
                    Column.of(
                            "CIDRs",
                            "Addresses for services.",
                            Cells.from(range -> String.join(",", Cells.strings(range, "spec.cidrs")))),
                    Column.aged()),
            "ipaddresses.networking.k8s.io",
            List.of(
                    Column.named(),
                    Column.of("ParentRef", "Who has the address.", Cells.from(NetworkColumns::parent)),
                    Column.aged()));

    private NetworkColumns() {}

    private static String externalAddress(JsonNode service) {
        List<String> addresses = new ArrayList<>(Cells.strings(service, "spec.externalIPs"));
        return switch (Cells.string(service, "spec.type")) {
            case "ExternalName" -> Cells.orElse(Cells.string(service, "spec.externalName"), NONE);
            case "LoadBalancer" -> {
                String balancers = balancers(service);
                if (!balancers.isEmpty()) {
                    addresses.addFirst(balancers);
                }
                yield Cells.joined(addresses, "<pending>");
            }
            default -> Cells.joined(addresses, NONE);
        };
    }

    private static String balancers(JsonNode object) {
        Set<String> addresses = new LinkedHashSet<>();
        for (JsonNode ingress : Cells.at(object, "status.loadBalancer.ingress")) {
            String address = Cells.orElse(Cells.string(ingress, "ip"), Cells.string(ingress, "hostname"));
            if (!address.isEmpty()) {
                addresses.add(address);
            }
        }
        return String.join(",", addresses);
    }

    private static String ports(JsonNode service) {
        List<String> ports = new ArrayList<>();
        for (JsonNode port : Cells.at(service, "spec.ports")) {
            long nodePort = Cells.integer(port, "nodePort");
            String number = Long.toString(Cells.integer(port, "port"));
            String protocol = Cells.orElse(Cells.string(port, "protocol"), "TCP");
            ports.add((nodePort > 0 ? number + ":" + nodePort : number) + "/" + protocol);
        }
        return Cells.joined(ports, NONE);
    }

    private static String endpoints(JsonNode endpoints) {
        List<String> all = new ArrayList<>();
        for (JsonNode subset : Cells.at(endpoints, "subsets")) {
            JsonNode ports = Cells.at(subset, "ports");
            for (String address : Cells.each(subset, "addresses", "ip")) {
                String host = address.indexOf(':') < 0 ? address : "[" + address + "]";
                if (ports.isEmpty()) {
                    all.add(address);
                }
                ports.forEach(port -> all.add(host + ":" + Cells.integer(port, "port")));
            }
        }
        return few(all, NONE);
    }

    private static String addresses(JsonNode slice) {
        List<String> all = new ArrayList<>();
        Cells.at(slice, "endpoints").forEach(endpoint -> all.addAll(Cells.strings(endpoint, "addresses")));
        return few(all, "<unset>");
    }

    private static String few(List<String> all, String otherwise) {
        if (all.size() <= SHOWN_ENDPOINTS) {
            return Cells.joined(all, otherwise);
        }
        return String.join(",", all.subList(0, SHOWN_ENDPOINTS)) + " + " + (all.size() - SHOWN_ENDPOINTS) + " more...";
    }

    private static String hosts(JsonNode ingress) {
        List<String> hosts = new ArrayList<>();
        for (String host : Cells.each(ingress, "spec.rules", "host")) {
            if (hosts.size() == SHOWN_HOSTS) {
                int more = Cells.at(ingress, "spec.rules").size() - SHOWN_HOSTS;
                return String.join(",", hosts) + " + " + more + " more...";
            }
            hosts.add(Cells.orElse(host, "*"));
        }
        return Cells.joined(hosts, "*");
    }

    private static String parameters(JsonNode ingressClass) {
        JsonNode parameters = Cells.at(ingressClass, "spec.parameters");
        if (!parameters.isObject()) {
            return NONE;
        }
        String group = Cells.string(parameters, "apiGroup");
        String kind = Cells.string(parameters, "kind");
        return (group.isEmpty() ? kind : kind + "." + group) + "/" + Cells.string(parameters, "name");
    }

    private static String parent(JsonNode address) {
        List<String> parts = new ArrayList<>();
        for (String field : List.of("group", "resource", "namespace", "name")) {
            String part = Cells.string(address, "spec.parentRef." + field);
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }
}
