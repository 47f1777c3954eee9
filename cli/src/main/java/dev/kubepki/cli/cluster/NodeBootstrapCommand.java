package dev.kubepki.cli.cluster;

import dev.kubepki.api.client.ListQuery;
import dev.kubepki.cli.command.ClusterOptions;
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
import dev.kubepki.pki.files.KubeconfigUser;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// `kubepki node bootstrap`.
final class NodeBootstrapCommand implements Handler {
    static final String USUAL_GROUP = "system:bootstrappers:kubeadm:default-node-token";

    private static final String USER = "tls-bootstrap-token-user";
    private static final String USUAL_FILE = "bootstrap-kubelet.conf";
    private static final String SECRETS = "secrets";
    private static final Pattern NODE =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern GROUP = Pattern.compile("system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]");

    static CommandSpec spec() {
        return CommandSpec.named("bootstrap", "Make a token and the kubeconfig with which a kubelet joins")
                .describedAs("""
                        Makes a bootstrap token (a Secret in kube-system), bootstrap-kubelet.conf with it (mode 0600), and
                        the bindings that let its holder ask for a node's certificate and have that approved, and nodes
                        renew theirs, where the cluster has none.

                        Whoever holds the token may join as any node until it ends, whatever NAME says: give it to one
                        machine and let it end soon.
                        """)
                .operands(Operands.between(1, 1, "NAME", ValueKind.TEXT))
                .options(
                        OptionSpec.duration("ttl", "TIME", "how long the token is good")
                                .defaultsTo("24h"),
                        OptionSpec.text("group", "GROUP", "of the token's holder; it begins with system:bootstrappers:")
                                .defaultsTo(USUAL_GROUP),
                        OptionSpec.choice(
                                        "dry-run",
                                        "HOW",
                                        List.of("none", "client"),
                                        "client: print the bindings that" + " are missing, and send nothing")
                                .impliedValue("client")
                                .defaultsTo("none"))
                .options(LoginFile.options(USUAL_FILE))
                .options(ClusterOptions.options())
                .example("kubepki node bootstrap worker-1 --ttl 1h", "then copy bootstrap-kubelet.conf to worker-1")
                .runs(NodeBootstrapCommand::new);
    }

    @Override
    public int run(Invocation in) throws Exception {
        String node = in.operands().getFirst();
        String group = in.required("group");
        if (node.length() > 253 || !NODE.matcher(node).matches()) {
            throw new UsageException("'" + node + "' can't be a node's name: lower-case letters, digits, - and . can");
        }
        if (!GROUP.matcher(group).matches()) {
            throw new UsageException(
                    "--group: '" + group + "' is no group of bootstrap tokens",
                    "They begin with system:bootstrappers: and have lower-case letters, digits, : and - behind it.");
        }
        LoginFile file = LoginFile.of(in, USUAL_FILE, "");
        file.require(USER, in);
        Cluster cluster = new Cluster(ClusterOptions.connect(in));
        List<NodeRights> missing = missing(cluster, group);
        if (ObjectOutput.isDryRun(in)) {
            in.err().println("would make a token of the group " + group + " and write " + file.path());
            List<ObjectNode> objects = missing.stream().map(NodeRights::object).toList();
            in.out().print(Trees.printAll(objects, OutputFormat.YAML));
            return ExitCode.DONE;
        }
        bind(in, cluster, missing);
        make(in, cluster, node, group, file);
        return ExitCode.DONE;
    }

    private static List<NodeRights> missing(Cluster cluster, String group) {
        List<ObjectNode> there = cluster.all(Grant.CLUSTER_BINDINGS, ListQuery.ALL);
        List<NodeRights> missing = new ArrayList<>(NodeRights.of(group));
        missing.removeIf(right -> there.stream().anyMatch(right::isGivenBy));
        return missing;
    }

    private static void bind(Invocation in, Cluster cluster, List<NodeRights> missing) {
        for (NodeRights right : missing) {
            ObjectNode object = right.object();
            cluster.create(Grant.CLUSTER_BINDINGS, object);
            in.out().println(ObjectOutput.name(cluster.kind(Grant.CLUSTER_BINDINGS), object) + " created");
            in.err().println("  so that members of " + right.group() + " " + right.purpose());
        }
    }

    private static void make(Invocation in, Cluster cluster, String node, String group, LoginFile file)
            throws IOException, CommandFailure {
        Instant end = in.clock().instant().plus(in.duration("ttl").orElseThrow());
        BootstrapToken token = BootstrapToken.generate(new SecureRandom());
        ObjectNode secret = token.object("for the node " + node + ", made by kubepki node bootstrap", group, end);
        cluster.create(SECRETS, secret);
        in.out().println(ObjectOutput.name(cluster.kind(SECRETS), secret) + " created");
        file.write(file.of(KubeconfigUser.named(USER).withToken(token.bearer())), in);
        if (!in.quiet()) {
            next(in, node, file, token);
        }
    }

    private static void next(Invocation in, String node, LoginFile file, BootstrapToken token) {
        in.err().println();
        in.err().println("On " + node + ":");
        in.err()
                .println("  1. copy " + file.path().getFileName() + " to /etc/kubernetes/bootstrap-kubelet.conf, mode"
                        + " 0600");
        in.err()
                .println("  2. start its kubelet with --bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf"
                        + " --kubeconfig=/etc/kubernetes/kubelet.conf --hostname-override=" + node
                        + ", and rotateCertificates: true in its configuration");
        in.err()
                .println("Then its request is approved and signed: kubepki csr list. With serverTLSBootstrap: true it"
                        + " asks for a serving certificate too, which a person approves: kubepki csr approve NAME");
        in.err()
                .println("Once it has joined, take the token back: kubectl -n kube-system delete secret "
                        + token.secretName());
    }
}
