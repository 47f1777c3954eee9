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
import dev.kubepki.pki.cluster.CertificateName;
import dev.kubepki.pki.cluster.ClusterConfig;
import dev.kubepki.pki.cluster.DesiredSet;
import dev.kubepki.pki.cluster.Item;
import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.files.Kubeconfig;
import dev.kubepki.pki.files.KubeconfigFailure;
import dev.kubepki.pki.files.KubeconfigFiles;
import dev.kubepki.pki.files.PkiDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `kubepki kubeconfig`: a kubeconfig of the set, or a new one for anybody; and, with a further word, what
/// `kubectl config` does.
public final class KubeconfigCommand implements Handler {
    private static final String STANDARD_OUTPUT = "-";

    /// The row of the command table.
    public static CommandSpec spec() {
        return CommandSpec.named("kubeconfig", "Make, print, merge and edit kubeconfigs")
                .describedAs("""
                        With --user it makes a key, signs a client certificate for that user and those groups with the set's CA,
                        and gives out a kubeconfig that logs in with it. With --client-certificate and --client-key it takes
                        what is there. With a NAME such as admin.conf it gives out the set's own.

                        It goes to standard output, or with -o to a file of mode 0600, or with --merge-into into a kubeconfig
                        that keeps all of its other entries.

                        A client certificate is valid to its end: Kubernetes can't revoke it. Make it a short one.

                        With one of the words below it shows and edits kubeconfigs with the arguments and answers of
                        'kubectl config', byte for byte.
                        """)
                .operands(Operands.between(0, 1, "[NAME]", ValueKind.TEXT)
                        .completedFrom(List.of("admin.conf", "kubelet.conf", "kube-proxy.conf")))
                .options(SetOptions.forReading())
                .options(KubeconfigUserOptions.options())
                .options(
                        OptionSpec.file("output", "FILE", "write it there; - is standard output")
                                .letter('o')
                                .under("Where it goes"),
                        OptionSpec.file("merge-into", "FILE", "add it to this kubeconfig")
                                .under("Where it goes"),
                        OptionSpec.flag("overwrite", "replace entries of the same names, and an existing file")
                                .under("Where it goes"),
                        KubeconfigEdits.fileOption().under("With a further word"))
                .example(
                        "kubepki kubeconfig --user jane --group dev --validity 8h --dir demo -o jane.conf",
                        "for one day")
                .example("kubepki kubeconfig admin.conf --dir demo --merge-into ~/.kube/config", "the administrator's")
                .example(
                        "kubepki kubeconfig use-context finance --kubeconfig F", "as with 'kubectl config use-context'")
                .runsOrGroups(KubeconfigCommand::new, KubeconfigEdits.specs());
    }

    @Override
    public int run(Invocation in) throws Exception {
        in.atMostOneOf("output", "merge-into");
        boolean made = in.given("user") || in.given("client-certificate");
        if (made == !in.operands().isEmpty()) {
            throw new UsageException(
                    made
                            ? "name a kubeconfig of the set or a --user, not both"
                            : "name a kubeconfig of the set, such as admin.conf, or a --user",
                    "For 'kubectl config' it is: "
                            + String.join(
                                    ", ",
                                    KubeconfigEdits.specs().stream()
                                            .map(CommandSpec::name)
                                            .toList()));
        }
        SetOptions options = SetOptions.of(in);
        PkiDirectory directory = options.directory();
        ClusterConfig config = options.describe(directory, SetOptions.Absent.INFER);
        Target target = target(in);
        target.refuseTerminal(in);
        if (made) {
            KubeconfigUserOptions user = new KubeconfigUserOptions(in, options, config);
            target.refuseClash(user.withoutCredentials(target.path()));
            target.write(in, user.make(directory, target.path()));
        } else {
            target.write(in, ofSet(in, DesiredSet.of(config), directory, target.path()));
        }
        return ExitCode.DONE;
    }

    private static Kubeconfig ofSet(Invocation in, DesiredSet desired, PkiDirectory directory, Path path)
            throws CommandFailure {
        String name = in.operands().getFirst();
        List<Item> items = desired.items()
                .filter(item -> item.name().sort() == CertificateName.Sort.KUBECONFIG)
                .filter(item -> item.id().equals(name) || item.name().label().equals(name))
                .limit(2)
                .toList();
        if (items.isEmpty()) {
            throw new UsageException(
                    "there is no kubeconfig '" + name + "' in this set, and no such word after 'kubeconfig'");
        }
        if (items.size() > 1) {
            throw new UsageException(
                    "several nodes have a " + name,
                    "Name one, such as " + items.getFirst().id() + ".");
        }
        String file = items.getFirst().mainPath();
        return Kubeconfig.empty(path).overwritten(Kubeconfig.parse(directory.resolve(file), directory.bytes(file)));
    }

    private static Target target(Invocation in) throws CommandFailure {
        Optional<Path> merge = in.path("merge-into");
        Optional<Path> file =
                in.string("output").filter(o -> !o.equals(STANDARD_OUTPUT)).map(in::resolve);
        Path path = merge.or(() -> file).orElse(in.workingDirectory().resolve("kubeconfig"));
        KubeconfigFiles files = KubeconfigFiles.of(
                Optional.of(path.toString()), in.environment(), in::resolve, new DurableFiles(FileOperations.disk()));
        if (file.isPresent() && java.nio.file.Files.exists(path) && !in.flag("overwrite")) {
            throw new CommandFailure(
                    path + ": there is such a file already", "Give --overwrite, or --merge-into to keep its entries.");
        }
        return new Target(path, files, merge.isPresent(), file.isEmpty() && merge.isEmpty(), in.flag("overwrite"));
    }

    /// Where the kubeconfig goes.
    private record Target(Path path, KubeconfigFiles files, boolean merges, boolean prints, boolean overwrites) {
        /// A key on a screen stays in its scrollback.
        void refuseTerminal(Invocation in) throws CommandFailure {
            if (prints && in.outIsTerminal() && !in.given("output")) {
                throw new CommandFailure(
                        "a kubeconfig holds a private key and is not shown on a terminal", "Write it with -o FILE.");
            }
        }

        /// Before anything is signed for nothing.
        void refuseClash(Kubeconfig wanted) throws CommandFailure {
            if (merges && !overwrites) {
                Kubeconfig there = files.read(path);
                merged(there, wanted);
                String user = wanted.users().getFirst().name();
                if (there.user(user).isPresent()) {
                    throw clash(path + ": has the user " + user + " already");
                }
            }
        }

        private Kubeconfig merged(Kubeconfig there, Kubeconfig more) throws CommandFailure {
            try {
                return overwrites ? there.overwritten(more) : there.merged(more);
            } catch (KubeconfigFailure e) {
                throw clash(String.valueOf(e.getMessage()));
            }
        }

        private static CommandFailure clash(String message) {
            return new CommandFailure(
                    message, "Give --overwrite, or other names with --cluster, --context and --user.");
        }

        void write(Invocation in, Kubeconfig config) throws IOException, CommandFailure {
            if (prints) {
                in.out().print(new String(config.encoded(), StandardCharsets.UTF_8));
                return;
            }
            byte[] bytes = (merges ? merged(files.read(path), config) : config).encoded();
            files.write(path, bytes);
            in.err().println("wrote " + path);
        }
    }
}
