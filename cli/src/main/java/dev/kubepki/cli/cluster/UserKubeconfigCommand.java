package dev.kubepki.cli.cluster;

import dev.kubepki.cli.command.ClusterOptions;
import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.Operands;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.ValueKind;
import dev.kubepki.pki.x509.Certificate;
import tools.jackson.databind.node.ObjectNode;

/// `kubepki user kubeconfig`.
final class UserKubeconfigCommand implements Handler {
    static CommandSpec spec() {
        return CommandSpec.named("kubeconfig", "Make a kubeconfig of an issued request and its key")
                .describedAs("For a user whose request somebody else approved, within the hour in which it is kept.")
                .operands(Operands.between(1, 1, "NAME", ValueKind.TEXT))
                .options(
                        OptionSpec.text("request", "NAME", "the request's name; NAME without it"),
                        OptionSpec.file("key", "FILE", "the private key; NAME.key without it"),
                        OptionSpec.text("namespace", "NAME", "the context's namespace")
                                .letter('n'))
                .options(LoginFile.options("NAME.conf"))
                .options(ClusterOptions.options())
                .example("kubepki user kubeconfig anna", "from anna.key and the certificate in the request anna")
                .runs(UserKubeconfigCommand::new);
    }

    @Override
    public int run(Invocation in) throws Exception {
        String name = in.operands().getFirst();
        LoginFile file = LoginFile.of(
                in,
                UserAddCommand.fileName(name) + ".conf",
                in.string("namespace").orElse(""));
        KeyFile key = KeyFile.read(in.path("key").orElseGet(() -> in.resolve(UserAddCommand.fileName(name) + ".key")));
        Cluster cluster = new Cluster(ClusterOptions.connect(in));
        ObjectNode issued = cluster.request(in.string("request").orElse(name));
        Certificate leaf = CsrDownloadCommand.certificates(issued).getFirst();
        String user = leaf.subject().commonName().orElse(name);
        file.require(user, in);
        Login.of(user, key, issued).write(file, in);
        return ExitCode.DONE;
    }
}
