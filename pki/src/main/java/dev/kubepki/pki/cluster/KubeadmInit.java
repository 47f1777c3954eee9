package dev.kubepki.pki.cluster;

import dev.kubepki.pki.cluster.KubeadmFields.Flag;
import dev.kubepki.pki.cluster.KubeadmFormat.Version;
import dev.kubepki.pki.document.Fields;
import dev.kubepki.pki.document.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads an InitConfiguration: the first control-plane node.
final class KubeadmInit {
    /// What `kubeadm config print init-defaults` writes where an address belongs.
    private static final String SAMPLE_ADDRESS = "1.2.3.4";

    private final Reading reading;
    private final Fields root;
    private final Optional<String> name;
    private final Optional<IpAddress> address;
    private final Optional<Integer> port;
    private final List<Flag> kubeletFlags = new ArrayList<>();

    KubeadmInit(Reading reading, Fields root, Version version) {
        this.reading = reading;
        this.root = root;
        KubeadmFields kubeadm = new KubeadmFields(reading, version);
        kubeadm.ignore(root, "bootstrapTokens", "certificateKey", "skipPhases", "patches");
        kubeadm.ignoreIn(Version.V1BETA4, root, "dryRun", "timeouts");
        Optional<Fields> endpoint = root.fields("localAPIEndpoint");
        this.address = endpoint.flatMap(this::advertised);
        this.port = endpoint.flatMap(fields -> Reading.port(fields, "bindPort"));
        endpoint.ifPresent(Fields::refuseUnknown);
        Optional<Fields> registration = root.fields("nodeRegistration");
        this.name = registration.flatMap(this::nodeName);
        registration.ifPresent(fields -> {
            kubeadm.ignore(fields, "criSocket", "taints", "ignorePreflightErrors", "imagePullPolicy");
            kubeadm.ignoreIn(Version.V1BETA4, fields, "imagePullSerial");
            kubeletFlags.addAll(kubeadm.flags(fields, "kubeletExtraArgs"));
            fields.refuseUnknown();
        });
        root.refuseUnknown();
    }

    /// An InitConfiguration that isn't there.
    static KubeadmInit none(Reading reading) {
        return new KubeadmInit(reading, Fields.of(Mapping.of(), "", reading.problems()), Version.V1BETA4);
    }

    int port() {
        return port.orElse(ApiEndpoint.DEFAULT_PORT);
    }

    /// The node that is described, this host's name and address where none is written.
    ClusterNode node() {
        if (name.isPresent() && address.isPresent()) {
            return named(name.get(), address.get());
        }
        Host host = reading.thisHost(root.line(), name.isPresent() ? "localAPIEndpoint" : "nodeRegistration");
        return named(name.orElse(host.name()), address.orElse(host.addresses().getFirst()));
    }

    private ClusterNode named(String nodeName, IpAddress advertised) {
        KubeadmFlags.judge(reading, kubeletFlags, Map.of("hostname-override", nodeName));
        return new ClusterNode(nodeName, List.of(advertised));
    }

    private Optional<IpAddress> advertised(Fields endpoint) {
        Optional<IpAddress> written = KubeadmFields.value(endpoint, "advertiseAddress", Texts::address);
        if (written.filter(ip -> ip.text().equals(SAMPLE_ADDRESS)).isPresent()) {
            reading.warn(
                    endpoint,
                    "advertiseAddress",
                    SAMPLE_ADDRESS
                            + " is the sample of kubeadm config print init-defaults; write this node's own address");
        }
        if (written.filter(IpAddress::isLoopback).isPresent()) {
            reading.warn(
                    endpoint,
                    "advertiseAddress",
                    written.get() + " is a loopback address, which no other host reaches");
        }
        // kubeadm takes 0.0.0.0 and :: as "find it out"
        return written.filter(ip -> !ip.isUnspecified());
    }

    /// kubeadm lower-cases a written name (util/util.go, GetHostname), so this does, but not silently.
    private Optional<String> nodeName(Fields registration) {
        Optional<String> written = KubeadmFields.value(registration, "name", text -> {
            Texts.refuseEmptyOrPlaceholder(text, "node-1");
            boolean isUser = text.toLowerCase(Locale.ROOT).startsWith("system:node:");
            return Texts.nodeName(isUser ? text : text.strip().toLowerCase(Locale.ROOT));
        });
        registration
                .string("name")
                .filter(text -> written.isPresent() && !text.equals(written.get()))
                .ifPresent(text -> reading.warn(
                        registration,
                        "name",
                        "'" + Texts.shown(text) + "' is taken as " + written.get() + ", as kubeadm does"));
        return written;
    }
}
