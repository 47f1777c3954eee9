package dev.kubepki.pki.cluster;

import static dev.kubepki.pki.cluster.CertificateName.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// The flags by which each component of a cluster takes its part of the set: one table.
///
/// Sources: the page "PKI certificates and requirements", the manifests that kubeadm 1.36 writes, etcd's page
/// "Transport security model".
public final class ComponentFlags {
    /// A process that takes flags.
    public enum Component {
        KUBE_APISERVER("kube-apiserver", Catalogue.Placement.CONTROL_PLANE),
        KUBE_CONTROLLER_MANAGER("kube-controller-manager", Catalogue.Placement.CONTROL_PLANE),
        KUBE_SCHEDULER("kube-scheduler", Catalogue.Placement.CONTROL_PLANE),
        KUBELET("kubelet", Catalogue.Placement.NODE),
        KUBE_PROXY("kube-proxy", Catalogue.Placement.NODE),
        ETCD("etcd", Catalogue.Placement.ETCD),
        ETCDCTL("etcdctl", Catalogue.Placement.ETCD);

        private final String label;
        private final Catalogue.Placement placement;

        Component(String label, Catalogue.Placement placement) {
            this.label = label;
            this.placement = placement;
        }

        /// Its program's name.
        public String label() {
            return label;
        }

        /// Finds a component by its program's name.
        public static Optional<Component> parse(String label) {
            return List.of(values()).stream().filter(c -> c.label.equals(label)).findFirst();
        }
    }

    /// One flag of one component.
    public record Row(Component component, String flag, Value value) {}

    /// Where a flag's value comes from.
    public sealed interface Value {
        /// A file of the set.
        ///
        /// @param needs where the set has no such member the flag is left out
        record InSet(CertificateName name, Part part, CertificateName needs) implements Value {}

        /// A file of a CA's pair, which only a holder of the CA's key may name.
        record Signing(CertificateName name, Part part) implements Value {}

        /// Fixed text, where the set has a certain member.
        record Literal(CertificateName needs, String text) implements Value {}

        /// What the description says; empty leaves the flag out.
        record Described(Function<ClusterConfig, Optional<String>> text) implements Value {}
    }

    /// Which file of a member.
    public enum Part {
        /// The certificate, the public key, or the kubeconfig.
        OPEN,
        /// The private key.
        SECRET
    }

    /// A flag with its value, as the component takes it.
    ///
    /// @param name without dashes
    public record Flag(String name, String value) {
        @Override
        public String toString() {
            return "--" + name + "=" + value;
        }
    }

    /// Every row, in the order in which people read them.
    public static final List<Row> ROWS = ComponentFlagTable.rows();

    private final DesiredSet desired;
    private final FoundSet found;
    private final UnaryOperator<String> places;

    /// @param places where a file of a node's folder, such as `pki/ca.crt`, lies on that node
    public ComponentFlags(DesiredSet desired, FoundSet found, UnaryOperator<String> places) {
        this.desired = desired;
        this.found = found;
        this.places = places;
    }

    /// The hosts on which a component runs. Clients of an etcd that is run by somebody else run on the control plane.
    public static List<ClusterNode> hosts(ClusterConfig config, Component component) {
        return switch (component.placement) {
            case CLUSTER, CONTROL_PLANE -> config.controlPlaneNodes();
            case NODE -> config.nodes();
            case ETCD ->
                component == Component.ETCDCTL && config.etcd() instanceof EtcdTopology.External
                        ? config.controlPlaneNodes()
                        : config.etcdMembers();
        };
    }

    /// A component's flags on one host; none where the description gives it nothing.
    public List<Flag> of(Component component, ClusterNode host) {
        List<Flag> flags = new ArrayList<>();
        for (Row row : ROWS) {
            if (row.component() == component) {
                value(row.value(), host).ifPresent(value -> flags.add(new Flag(row.flag(), value)));
            }
        }
        return flags;
    }

    /// What a component's flags leave out on a host, and why: a sentence each.
    public List<String> omissions(Component component, ClusterNode host) {
        List<String> flags = ROWS.stream()
                .filter(row -> row.component() == component && row.value() instanceof Value.Signing)
                .filter(row -> value(row.value(), host).isEmpty())
                .map(row -> "--" + row.flag())
                .toList();
        return flags.isEmpty()
                ? List.of()
                : List.of(component.label() + ": " + String.join(" and ", flags)
                        + " are left out, since the CA's key is not on " + host.name()
                        + "; it signs no certificates there");
    }

    /// The files of the host's folder that a component reads, relative to that folder.
    public List<String> files(Component component, ClusterNode host) {
        List<String> files = new ArrayList<>();
        for (Row row : ROWS) {
            if (row.component() == component) {
                file(row.value(), host).filter(file -> !files.contains(file)).ifPresent(files::add);
            }
        }
        return files;
    }

    private Optional<String> value(Value value, ClusterNode host) {
        return switch (value) {
            case Value.Literal(CertificateName needs, String text) ->
                Optional.of(text).filter(t -> has(needs));
            case Value.Described(Function<ClusterConfig, Optional<String>> text) -> text.apply(desired.config());
            case Value.InSet inSet -> file(inSet, host).map(places);
            case Value.Signing signing -> file(signing, host).map(places);
        };
    }

    private Optional<String> file(Value value, ClusterNode host) {
        return switch (value) {
            case Value.InSet(CertificateName name, Part part, CertificateName needs) ->
                Optional.of(path(name, part)).filter(p -> has(name) && has(needs));
            case Value.Signing(CertificateName name, Part part) ->
                Optional.of(path(name, part)).filter(p -> has(name) && signs(name, host));
            case Value.Literal literal -> Optional.empty();
            case Value.Described described -> Optional.empty();
        };
    }

    private boolean has(CertificateName name) {
        return desired.wants(name);
    }

    /// The description may leave the key elsewhere; kubeadm's way to say so is a missing file.
    private boolean signs(CertificateName name, ClusterNode host) {
        return !desired.config().authorities().isExternal(name)
                && !found.digest(desired.folder(host) + path(name, Part.SECRET)).isEmpty();
    }

    private static String path(CertificateName name, Part part) {
        return switch (Catalogue.row(name).output()) {
            case Output.Pair(String certificate, String key) -> part == Part.OPEN ? certificate : key;
            case Output.Keys(String privateKey, String publicKey) -> part == Part.OPEN ? publicKey : privateKey;
            case Output.Config(String path) -> path;
        };
    }
}
