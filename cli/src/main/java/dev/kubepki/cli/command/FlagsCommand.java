package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.Operands;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.OutputFormat;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.cli.frame.ValueKind;
import dev.kubepki.pki.cluster.ClusterNode;
import dev.kubepki.pki.cluster.ComponentFlags;
import dev.kubepki.pki.cluster.ComponentFlags.Component;
import dev.kubepki.pki.cluster.ComponentFlags.Flag;
import dev.kubepki.pki.cluster.DesiredSet;
import dev.kubepki.pki.cluster.PathMap;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Sequence;
import dev.kubepki.pki.document.YamlWriter;
import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.files.PkiDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// `kubepki flags`: what to start a component with.
public final class FlagsCommand implements Handler {
    private static final List<String> COMPONENTS =
            Arrays.stream(Component.values()).map(Component::label).toList();

    /// The row of the command table.
    public static CommandSpec spec() {
        return CommandSpec.named("flags", "Print the flags with which each component takes its files")
                .describedAs("""
                        Prints the flags that give a component its part of the set, one --name=value a line with absolute
                        paths, and nothing else. Without a component it prints those of every one, under headings.

                        The components are kube-apiserver, kube-controller-manager, kube-scheduler, kubelet, kube-proxy, etcd
                        and etcdctl.

                        Where the hosts keep the files elsewhere, --installed-at names the folder, and --map a YAML file that
                        says where single files are: keys are files such as etcd/ca.crt, or names such as apiserver for both
                        files of a pair, whose path then goes without .crt and .key.

                          ca.crt: /var/lib/kubernetes/kube-ca.pem
                          apiserver: /var/lib/kubernetes/kube-api-server
                        """)
                .operands(Operands.between(0, 1, "[COMPONENT]", ValueKind.TEXT).completedFrom(COMPONENTS))
                .options(SetOptions.forReading())
                .options(
                        OptionSpec.text("node", "NAME", "the host, where several run the component"),
                        OptionSpec.text(
                                "installed-at", "DIR", "where the host keeps what the node's folder holds here"),
                        OptionSpec.file("map", "FILE", "where the host keeps single files, as YAML"),
                        OptionSpec.output(OutputFormat.FLAGS, OutputFormat.MANIFEST, OutputFormat.KUBELET_CONFIG))
                .example("etcdctl $(kubepki flags etcdctl --dir demo) endpoint health", "ask etcd how it is")
                .example(
                        "kubepki flags kube-apiserver --dir out --node cp-1 --installed-at /etc/kubernetes -o manifest",
                        "lines for the command of a static pod")
                .example("kubepki flags kubelet --dir demo -o kubelet-config", "the fields of its configuration file")
                .runs(FlagsCommand::new);
    }

    /// One component on its host.
    private record Place(Component component, ClusterNode host, ComponentFlags table) {
        List<Flag> flags() {
            return table.of(component, host);
        }
    }

    @Override
    public int run(Invocation in) throws Exception {
        SetOptions options = SetOptions.of(in);
        PkiDirectory directory = options.directory();
        DesiredSet desired = DesiredSet.of(options.describe(directory, SetOptions.Absent.INFER));
        Optional<Component> named = component(in);
        List<Place> places = new ArrayList<>();
        for (Component component : named.map(List::of).orElseGet(() -> List.of(Component.values()))) {
            Optional<ClusterNode> host = host(in, desired, component, named.isPresent());
            if (host.isPresent()) {
                places.add(place(in, desired, directory, component, host.get()));
            }
        }
        warn(in, directory, desired, places);
        switch (in.output()) {
            case MANIFEST -> printManifest(in, places, named.isPresent());
            case KUBELET_CONFIG -> in.out().print(YamlWriter.inOrder().write(kubeletConfig(places)));
            default -> printFlags(in, places, named.isPresent());
        }
        return ExitCode.DONE;
    }

    private static Optional<Component> component(Invocation in) {
        boolean kubelet = in.output() == OutputFormat.KUBELET_CONFIG;
        if (in.operands().isEmpty()) {
            return kubelet ? Optional.of(Component.KUBELET) : Optional.empty();
        }
        String name = in.operands().getFirst();
        Component component = Component.parse(name)
                .orElseThrow(() -> new UsageException(
                        "there is no component '" + name + "'", "Choose from " + String.join(", ", COMPONENTS) + "."));
        if (kubelet && component != Component.KUBELET) {
            throw new UsageException("-o kubelet-config is for the kubelet, not for " + name);
        }
        return Optional.of(component);
    }

    /// Empty for a component that a listing of all leaves out.
    private static Optional<ClusterNode> host(Invocation in, DesiredSet desired, Component component, boolean named)
            throws CommandFailure {
        List<ClusterNode> hosts = ComponentFlags.hosts(desired.config(), component);
        Optional<String> wanted = in.string("node");
        List<ClusterNode> fitting = hosts.stream()
                .filter(h -> wanted.isEmpty() || h.name().equals(wanted.get()))
                .toList();
        if (fitting.size() == 1 || (!named && wanted.isPresent())) {
            return fitting.stream().findFirst();
        }
        if (hosts.isEmpty()) {
            if (!named) {
                return Optional.empty();
            }
            throw new CommandFailure(
                    "this cluster's " + component.label() + " is run by somebody else, with files of theirs");
        }
        String names = String.join(
                        ", ", hosts.stream().limit(10).map(ClusterNode::name).toList())
                + (hosts.size() > 10 ? ", ..." : "");
        throw new UsageException(
                wanted.isEmpty()
                        ? component.label() + " runs on " + hosts.size() + " hosts; name one with --node"
                        : component.label() + " does not run on a host '" + wanted.get() + "'",
                "It runs on " + names + ".");
    }

    private static Place place(
            Invocation in, DesiredSet desired, PkiDirectory directory, Component component, ClusterNode host)
            throws CommandFailure {
        String folder = desired.folder(host);
        Optional<String> target = in.string("installed-at");
        if (target.isPresent() && !target.get().startsWith("/")) {
            throw new UsageException("--installed-at: '" + target.get()
                    + "' must begin with a slash, since it is a folder of another host");
        }
        Optional<Path> installed = target.map(in::resolve);
        Optional<Path> file = in.path("map");
        Optional<PathMap> map =
                file.map(f -> PathMap.parse(f.toString(), new DurableFiles(FileOperations.disk()).read(f)));
        Path base = installed.orElseGet(() -> directory.resolve(folder));
        ComponentFlags table = new ComponentFlags(desired, directory, path -> {
            Path usual = installed.map(i -> i.resolve(path)).orElseGet(() -> directory.resolve(folder + path));
            return map.flatMap(m -> m.of(path))
                    .map(base::resolve)
                    .orElse(usual)
                    .normalize()
                    .toString();
        });
        return new Place(component, host, table);
    }

    private static void warn(Invocation in, PkiDirectory directory, DesiredSet desired, List<Place> places) {
        for (Place place : places) {
            place.table()
                    .omissions(place.component(), place.host())
                    .forEach(o -> in.err().println("note: " + o));
            for (String file : place.table().files(place.component(), place.host())) {
                Path here = directory.resolve(desired.folder(place.host()) + file);
                if (Files.notExists(here)) {
                    in.err()
                            .println("warning: " + here + ": there is no such file; 'kubepki init --dir "
                                    + directory.directory() + "' makes what is missing");
                }
            }
        }
    }

    private static void printFlags(Invocation in, List<Place> places, boolean one) {
        for (int i = 0; i < places.size(); i++) {
            if (!one) {
                in.out()
                        .println((i > 0 ? System.lineSeparator() : "") + "# "
                                + places.get(i).component().label());
            }
            places.get(i).flags().forEach(in.out()::println);
        }
    }

    private static void printManifest(Invocation in, List<Place> places, boolean one) {
        Mapping all = Mapping.of();
        for (Place place : places) {
            Sequence lines = Sequence.ofStrings(
                    place.flags().stream().map(Flag::toString).toList());
            if (one) {
                in.out().print(YamlWriter.inOrder().write(lines));
                return;
            }
            all = all.with(place.component().label(), lines);
        }
        in.out().print(YamlWriter.inOrder().write(all));
    }

    /// KubeletConfiguration kubelet.config.k8s.io/v1beta1; the kubeconfig can only be a flag.
    private static Mapping kubeletConfig(List<Place> places) {
        Mapping config =
                Mapping.of("apiVersion", "kubelet.config.k8s.io/v1beta1").with("kind", "KubeletConfiguration");
        for (Flag flag : places.getFirst().flags()) {
            config = switch (flag.name()) {
                case "client-ca-file" ->
                    config.with("authentication", Mapping.of("x509", Mapping.of("clientCAFile", flag.value())));
                case "tls-cert-file" -> config.with("tlsCertFile", flag.value());
                case "tls-private-key-file" -> config.with("tlsPrivateKeyFile", flag.value());
                default -> config;
            };
        }
        return config;
    }
}
