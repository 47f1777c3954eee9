package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.Operands;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.OutputFormat;
import dev.kubepki.cli.frame.ValueKind;
import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.files.Kubeconfig;
import dev.kubepki.pki.files.KubeconfigContext;
import dev.kubepki.pki.files.KubeconfigFiles;
import dev.kubepki.pki.files.KubeconfigView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/// The words after `kubepki kubeconfig` that show and change kubeconfigs as `kubectl config` does: its arguments, its
/// files, its answers.
final class KubeconfigEdits {
    private KubeconfigEdits() {}

    static List<CommandSpec> specs() {
        return List.of(
                view(),
                currentContext(),
                useContext(),
                KubeconfigEntryEdits.setCluster(),
                KubeconfigEntryEdits.setCredentials(),
                KubeconfigEntryEdits.setContext(),
                renameContext(),
                delete("cluster", c -> name -> c.cluster(name).isPresent(), Kubeconfig::withoutCluster),
                delete("context", c -> name -> c.context(name).isPresent(), Kubeconfig::withoutContext),
                delete("user", c -> name -> c.user(name).isPresent(), Kubeconfig::withoutUser));
    }

    static OptionSpec fileOption() {
        return OptionSpec.file(
                "kubeconfig", "FILE", "the kubeconfig, instead of those of KUBECONFIG or ~/.kube/config");
    }

    static KubeconfigFiles files(Invocation in) {
        return KubeconfigFiles.of(
                in.string("kubeconfig"), in.environment(), in::resolve, new DurableFiles(FileOperations.disk()));
    }

    private static CommandSpec view() {
        return CommandSpec.named("view", "Show the kubeconfigs as one, without secrets")
                .options(
                        fileOption(),
                        OptionSpec.flag("raw", "show secrets and long data too"),
                        OptionSpec.flag("flatten", "put the content of files in place of their paths"),
                        OptionSpec.flag("minify", "show only what the current context leads to"),
                        OptionSpec.output(OutputFormat.YAML, OutputFormat.JSON))
                .example("kubepki kubeconfig view --kubeconfig demo/admin.conf", "what stands in it")
                .runs(() -> KubeconfigEdits::runView);
    }

    private static int runView(Invocation in) throws CommandFailure {
        Kubeconfig config = files(in).stacked();
        config = in.flag("minify") ? config.minified() : config;
        if (in.flag("flatten")) {
            config = KubeconfigView.flattened(config, new DurableFiles(FileOperations.disk()));
        }
        boolean secret = in.flag("raw") || in.flag("flatten");
        if (secret && in.outIsTerminal()) {
            throw new CommandFailure(
                    "private keys are not shown on a terminal", "Send the output to a file or another program.");
        }
        config = secret ? config : KubeconfigView.redacted(config);
        in.out()
                .print(
                        in.output() == OutputFormat.JSON
                                ? config.json()
                                : new String(config.encoded(), StandardCharsets.UTF_8));
        return ExitCode.DONE;
    }

    private static CommandSpec currentContext() {
        return CommandSpec.named("current-context", "Show the current context's name")
                .options(fileOption())
                .runs(() -> in -> {
                    in.out()
                            .println(files(in)
                                    .stacked()
                                    .currentContext()
                                    .orElseThrow(() -> new CommandFailure("current-context is not set")));
                    return ExitCode.DONE;
                });
    }

    private static CommandSpec useContext() {
        return CommandSpec.named("use-context", "Choose the context that holds where none is named")
                .operands(Operands.between(1, 1, "NAME", ValueKind.TEXT))
                .options(fileOption())
                .runs(() -> in -> {
                    String name = in.operands().getFirst();
                    KubeconfigFiles files = files(in);
                    if (files.stacked().context(name).isEmpty()) {
                        throw new CommandFailure("no context exists with the name: \"" + name + "\"");
                    }
                    select(files, name);
                    in.out().println("Switched to context \"" + name + "\".");
                    return ExitCode.DONE;
                });
    }

    private static void select(KubeconfigFiles files, String name) throws IOException {
        if (!files.stacked().currentContext().orElse("").equals(name)) {
            files.change(files.main(), config -> config.selecting(name));
        }
    }

    private static CommandSpec renameContext() {
        return CommandSpec.named("rename-context", "Give a context another name")
                .operands(Operands.between(2, 2, "OLD NEW", ValueKind.TEXT))
                .options(fileOption())
                .runs(() -> KubeconfigEdits::runRename);
    }

    private static int runRename(Invocation in) throws Exception {
        String from = in.operands().getFirst();
        String to = in.operands().getLast();
        KubeconfigFiles files = files(in);
        Kubeconfig all = files.stacked();
        if (all.context(from).isEmpty()) {
            throw new CommandFailure("cannot rename the context \"" + from + "\", it's not in " + files.mainName());
        }
        if (all.context(to).isPresent()) {
            throw new CommandFailure("cannot rename the context \"" + from + "\", the context \"" + to
                    + "\" already exists in " + files.mainName());
        }
        boolean current = all.currentContext().filter(from::equals).isPresent();
        Path holder = files.holder(config -> config.context(from).isPresent());
        files.change(holder, config -> renamed(config, from, to));
        if (current) {
            select(files, to);
        }
        in.out().println("Context \"" + from + "\" renamed to \"" + to + "\".");
        return ExitCode.DONE;
    }

    private static Kubeconfig renamed(Kubeconfig config, String from, String to) {
        KubeconfigContext context = config.context(from).orElseThrow();
        return config.withoutContext(from).with(context.renamed(to));
    }

    /// Whether a kubeconfig has an entry of a name.
    private interface Has {
        Predicate<String> in(Kubeconfig config);
    }

    private static CommandSpec delete(String kind, Has has, BiFunction<Kubeconfig, String, Kubeconfig> without) {
        Handler handler = in -> {
            String name = in.operands().getFirst();
            KubeconfigFiles files = files(in);
            Kubeconfig all = files.stacked();
            if (!has.in(all).test(name)) {
                throw new CommandFailure("cannot delete " + kind + " " + name + ", not in " + files.mainName());
            }
            if (kind.equals("context")
                    && all.currentContext().filter(name::equals).isPresent()) {
                in.err()
                        .println("warning: this removed your active context, use \"kubectl config use-context\" to"
                                + " select a different one");
            }
            Path holder = files.holder(config -> has.in(config).test(name));
            files.change(holder, config -> without.apply(config, name));
            in.out().println("deleted " + kind + " " + name + " from " + files.mainName());
            return ExitCode.DONE;
        };
        return CommandSpec.named("delete-" + kind, "Take a " + kind + " out of the kubeconfig")
                .operands(Operands.between(1, 1, "NAME", ValueKind.TEXT))
                .options(fileOption())
                .runs(() -> handler);
    }
}
