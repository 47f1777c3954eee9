package dev.kubepki.cli.cluster;

import dev.kubepki.cli.command.ClusterOptions;
import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.files.Kubeconfig;
import dev.kubepki.pki.files.KubeconfigCluster;
import dev.kubepki.pki.files.KubeconfigContext;
import dev.kubepki.pki.files.KubeconfigFailure;
import dev.kubepki.pki.files.KubeconfigFiles;
import dev.kubepki.pki.files.KubeconfigUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The kubeconfig by which somebody will log in to the cluster that this command works on, and the file that it goes
/// to.
///
/// @param cluster that cluster, with its CA inside
/// @param namespace of the context; empty for none
/// @param merges whether the file keeps its other entries
record LoginFile(Path path, KubeconfigCluster cluster, String namespace, boolean merges, boolean overwrites) {
    private static final String UNDER = "Where the kubeconfig goes";

    static List<OptionSpec> options(String usual) {
        return List.of(
                OptionSpec.file("output", "FILE", "write it there; " + usual + " without it")
                        .letter('o')
                        .under(UNDER),
                OptionSpec.file("merge-into", "FILE", "add it to this kubeconfig")
                        .under(UNDER),
                OptionSpec.flag("overwrite", "replace an existing file, and entries of the same names")
                        .under(UNDER));
    }

    /// Refuses a file that is there.
    ///
    /// @param usual the file's name when none is given
    static LoginFile of(Invocation in, String usual, String namespace) throws CommandFailure {
        in.atMostOneOf("output", "merge-into");
        Optional<Path> merge = in.path("merge-into");
        Path path = merge.or(() -> in.path("output")).orElseGet(() -> in.resolve(usual));
        boolean overwrites = in.flag("overwrite");
        if (merge.isEmpty() && Files.exists(path) && !overwrites) {
            throw new CommandFailure(
                    path + ": there is such a file already", "Give --overwrite, or another one with -o.");
        }
        return new LoginFile(path, cluster(in), namespace, merge.isPresent(), overwrites);
    }

    private static KubeconfigCluster cluster(Invocation in) throws CommandFailure {
        Kubeconfig config = ClusterOptions.kubeconfig(in);
        String context = in.string("context").or(config::currentContext).orElse("");
        KubeconfigCluster cluster = config.context(context)
                .flatMap(KubeconfigContext::cluster)
                .flatMap(config::cluster)
                .orElseThrow(() ->
                        new CommandFailure(config.file() + ": leads to no cluster", "Name a context with --context."));
        DurableFiles files = new DurableFiles(FileOperations.disk());
        return cluster.certificateAuthority()
                .map(pem -> cluster.withEmbeddedAuthority(pem.read(files)))
                .orElse(cluster);
    }

    /// For a user of that cluster.
    Kubeconfig of(KubeconfigUser user) {
        String name = cluster.name();
        KubeconfigContext context = KubeconfigContext.of(user.name() + "@" + name, name, user.name());
        return Kubeconfig.of(path, cluster, user, namespace.isEmpty() ? context : context.withNamespace(namespace));
    }

    /// Refuses a clash before anything is made for nothing.
    void require(String user, Invocation in) throws CommandFailure {
        if (!merges || overwrites) {
            return;
        }
        Kubeconfig there = files(in).read(path);
        if (there.user(user).isPresent()) {
            throw new CommandFailure(
                    path + ": has the user " + user + " already", "Give --overwrite, or another file.");
        }
        merged(there, of(KubeconfigUser.named(user)));
    }

    private KubeconfigFiles files(Invocation in) {
        return KubeconfigFiles.of(
                Optional.of(path.toString()), in.environment(), in::resolve, new DurableFiles(FileOperations.disk()));
    }

    private Kubeconfig merged(Kubeconfig there, Kubeconfig more) throws CommandFailure {
        try {
            return overwrites ? there.overwritten(more) : there.merged(more);
        } catch (KubeconfigFailure e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e, "Give --overwrite, or another file.");
        }
    }

    /// Writes it with mode 0600.
    void write(Kubeconfig config, Invocation in) throws IOException, CommandFailure {
        KubeconfigFiles files = files(in);
        files.write(path, (merges ? merged(files.read(path), config) : config).encoded());
        in.err().println("wrote " + path);
    }
}
