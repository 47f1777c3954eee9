package dev.kubepki.server.controller.approve;

import dev.kubepki.pki.x509.IpText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The nodes and their addresses, as they are now.
final class Nodes {
    private static final Set<String> DNS = Set.of("Hostname", "InternalDNS", "ExternalDNS");
    private static final Set<String> IP = Set.of("InternalIP", "ExternalIP");

    private final Map<String, Set<String>> addresses = new HashMap<>();
    private final Map<String, Set<String>> owners = new HashMap<>();

    /// Takes a node as it is; whether its addresses changed.
    synchronized boolean put(ObjectNode node) {
        String name = node.path("metadata").path("name").asString("");
        Set<String> now = new HashSet<>();
        for (JsonNode address : node.path("status").path("addresses")) {
            String type = address.path("type").asString("");
            String text = address.path("address").asString("");
            if (DNS.contains(type)) {
                now.add(text.toLowerCase(Locale.ROOT));
            } else if (IP.contains(type)) {
                IpText.parse(text).map(IpText::format).ifPresent(now::add);
            }
        }
        Set<String> before = addresses.put(name, now);
        if (now.equals(before)) {
            return false;
        }
        disown(name, before == null ? Set.of() : before);
        now.forEach(address ->
                owners.computeIfAbsent(address, key -> new HashSet<>()).add(name));
        return true;
    }

    synchronized void remove(ObjectNode node) {
        String name = node.path("metadata").path("name").asString("");
        Set<String> before = addresses.remove(name);
        disown(name, before == null ? Set.of() : before);
    }

    private void disown(String node, Set<String> before) {
        for (String address : before) {
            owners.computeIfPresent(address, (key, nodes) -> {
                nodes.remove(node);
                return nodes.isEmpty() ? null : nodes;
            });
        }
    }

    synchronized boolean has(String node) {
        return addresses.containsKey(node);
    }

    /// The nodes that say that an address is theirs: a DNS name in small letters, or an IP address in canonical text.
    synchronized Set<String> owners(String address) {
        return Set.copyOf(owners.getOrDefault(address, Set.of()));
    }
}
