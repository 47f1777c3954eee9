package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.Operands;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.cli.frame.ValueKind;
import dev.kubepki.pki.cluster.ClusterNode;
import dev.kubepki.pki.cluster.ComponentFlags;
import dev.kubepki.pki.cluster.ComponentFlags.Component;
import dev.kubepki.pki.cluster.DesiredSet;
import dev.kubepki.pki.cluster.Handout;
import dev.kubepki.pki.cluster.Item;
import dev.kubepki.pki.files.FileMode;
import dev.kubepki.pki.files.KeyStorePassword;
import dev.kubepki.pki.files.PkiDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `kubepki export`: what one component, node or person needs, and no more.
public final class ExportCommand implements Handler {
    private static final String AS_IS = "as-is";
    private static final String KEYS = "with-ca-keys";

    /// The row of the command table.
    public static CommandSpec spec() {
        return CommandSpec.named("export", "Copy what one component, node or person needs, without CA keys")
                .describedAs("""
                        Copies files of the set into a folder, laid out as in /etc/kubernetes and with their modes: a member by
                        its name with its CA's certificate (apiserver, cp-1/etcd-peer, admin.conf), all that a component reads
                        (kube-apiserver, etcd), or all of a node (node cp-1).

                        With --names one certificate goes out under other names: server stands for ca.crt, server.crt and
                        server.key, client likewise; or list three names of your own: CA, certificate, key.

                        With --format p12 or jks it becomes one file with key and chain, for Java programs and browsers.

                        Keys of CAs are never copied unless --with-ca-keys asks for them. A different file that is there already
                        is not replaced unless --overwrite asks for it.
                        """)
                .operands(Operands.atLeast(1, "COMPONENT|NAME...|node NAME", ValueKind.TEXT))
                .options(SetOptions.forReading())
                .options(
                        OptionSpec.file(
                                        "to",
                                        "DIR|FILE",
                                        "where it goes: a folder, or the file of --format p12 and jks")
                                .mandatory(),
                        OptionSpec.text("node", "NAME", "the host, where several have it"),
                        OptionSpec.choice("format", "FORM", List.of("pem", "p12", "jks"), "the form of the files")
                                .defaultsTo("pem"),
                        OptionSpec.text("names", "NAMES", "as-is, server, client, or CA,CERTIFICATE,KEY")
                                .defaultsTo(AS_IS),
                        OptionSpec.flag("chain", "put the CA's certificates behind the certificate"),
                        OptionSpec.flag(KEYS, "copy private keys of CAs too"),
                        OptionSpec.flag("overwrite", "replace files that differ"))
                .options(ExportKeyStore.options())
                .example(
                        "kubepki export apiserver --names server --dir demo --to yourdirectory",
                        "ca.crt, server.crt, server.key")
                .example("kubepki export node cp-1 --dir out --to usb/cp-1", "all that goes to one node")
                .example(
                        "kubepki export admin.conf --format p12 --generate-password --dir demo --to admin.p12",
                        "for a browser")
                .runs(ExportCommand::new);
    }

    @Override
    public int run(Invocation in) throws Exception {
        SetOptions options = SetOptions.of(in);
        PkiDirectory directory = options.directory();
        DesiredSet desired = DesiredSet.of(options.describe(directory, SetOptions.Absent.INFER));
        ExportFiles files = new ExportFiles(in.flag("overwrite"));
        if (!in.required("format").equals("pem")) {
            KeyStorePassword password = ExportKeyStore.add(in, directory, desired, one(in, desired), files);
            files.write(in);
            if (in.flag(ExportKeyStore.GENERATE)) {
                in.out().println(new String(password.reveal()));
            }
            return ExitCode.DONE;
        }
        if (in.required("names").equals(AS_IS) && !in.flag("chain")) {
            copy(in, directory, handout(in, directory, desired), files);
        } else {
            ExportNames.of(in.required("names")).add(in, directory, desired, one(in, desired), files);
        }
        files.write(in);
        return ExitCode.DONE;
    }

    private static void copy(Invocation in, PkiDirectory directory, Handout handout, ExportFiles files) {
        Path to = in.requiredPath("to");
        for (Handout.Copy copy : handout.copies()) {
            FileMode mode = copy.isSecret() ? FileMode.OWNER_ONLY : FileMode.WORLD_READABLE;
            files.add(to.resolve(copy.to()), directory.bytes(copy.from()), mode);
        }
        handout.withheld()
                .forEach(path ->
                        in.err().println("note: " + directory.resolve(path) + " is the key of a CA and stays here"));
    }

    private static Handout handout(Invocation in, PkiDirectory directory, DesiredSet desired) throws CommandFailure {
        List<String> words = in.operands();
        boolean keys = in.flag(KEYS);
        if (words.getFirst().equals("node")) {
            if (words.size() != 2) {
                throw new UsageException("'export node' takes the name of one node");
            }
            return Handout.ofNode(desired, node(allHosts(desired), words.get(1)), keys);
        }
        Handout all = new Handout(List.of(), List.of());
        for (String word : words) {
            Optional<Component> component = Component.parse(word);
            all = all.and(
                    component.isPresent()
                            ? Handout.ofComponent(
                                    desired, directory, component.get(), host(in, desired, component.get()), keys)
                            : Handout.ofItem(desired, item(in, desired, word), keys));
        }
        return all;
    }

    private static List<ClusterNode> allHosts(DesiredSet desired) {
        return Stream.concat(desired.config().nodes().stream(), desired.config().etcdMembers().stream())
                .distinct()
                .toList();
    }

    private static ClusterNode node(List<ClusterNode> hosts, String name) {
        return hosts.stream()
                .filter(host -> host.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException(
                        "there is no host '" + name + "' for this",
                        "Hosts: "
                                + String.join(
                                        ", ",
                                        hosts.stream()
                                                .limit(10)
                                                .map(ClusterNode::name)
                                                .toList()) + "."));
    }

    private static ClusterNode host(Invocation in, DesiredSet desired, Component component) throws CommandFailure {
        List<ClusterNode> hosts = ComponentFlags.hosts(desired.config(), component);
        if (hosts.isEmpty()) {
            throw new CommandFailure(
                    "this cluster's " + component.label() + " is run by somebody else, with files of theirs");
        }
        Optional<String> wanted = in.string("node");
        if (wanted.isEmpty() && hosts.size() > 1) {
            throw new UsageException(component.label() + " runs on " + hosts.size() + " hosts; name one with --node");
        }
        return wanted.isPresent() ? node(hosts, wanted.get()) : hosts.getFirst();
    }

    private static Item one(Invocation in, DesiredSet desired) {
        if (in.operands().size() != 1) {
            throw new UsageException("--names, --chain and --format are for one certificate at a time");
        }
        return item(in, desired, in.operands().getFirst());
    }

    private static Item item(Invocation in, DesiredSet desired, String name) {
        Optional<String> node = in.string("node");
        List<Item> items = desired.items()
                .filter(item -> item.id().equals(name) || item.name().label().equals(name))
                .filter(item -> node.isEmpty()
                        || item.node().map(ClusterNode::name).equals(node)
                        || item.node().isEmpty())
                .limit(2)
                .toList();
        if (items.isEmpty()) {
            throw new UsageException("there is no '" + name + "' in this set", "'kubepki list' shows the names.");
        }
        if (items.size() > 1) {
            throw new UsageException("several hosts have '" + name + "'; name one with --node");
        }
        return items.getFirst();
    }
}
