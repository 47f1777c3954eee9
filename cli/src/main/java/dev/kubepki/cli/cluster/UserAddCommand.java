package dev.kubepki.cli.cluster;

import dev.kubepki.api.client.remote.RemoteCluster;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.cli.command.ClusterOptions;
import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.Operands;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.ValueKind;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.server.controller.sign.SignerPolicy;
import dev.kubepki.server.request.CsrState;
import dev.kubepki.server.request.RequestObject;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/// `kubepki user add`.
final class UserAddCommand implements Handler {
    /// Of the names that API servers make up: nothing that could be read as a word.
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private static final int SUFFIX = 5;

    static CommandSpec spec() {
        return CommandSpec.named("add", "Make a user: key, certificate, kubeconfig and role in one go")
                .describedAs("""
                        Makes a private key, asks the cluster for a certificate, approves that where you may, waits for it,
                        writes a kubeconfig (mode 0600) that logs in with it, and binds a role. The key never leaves this
                        machine. Where you may not approve or bind, it says what somebody else has to do.
                        """)
                .operands(Operands.between(1, 1, "NAME", ValueKind.TEXT))
                .options(
                        OptionSpec.text("group", "GROUP", "a group of the user").repeated(),
                        OptionSpec.duration("ttl", "TIME", "how long the certificate shall be valid")
                                .defaultsTo("8h"),
                        OptionSpec.file("key", "FILE", "the private key that is there, instead of a new one"),
                        KeyFile.algorithm(),
                        OptionSpec.flag("yes", "also where the request is conspicuous, without being asked"),
                        CsrWaitCommand.timeout(),
                        OptionSpec.choice(
                                        "dry-run",
                                        "HOW",
                                        List.of("none", "client"),
                                        "client: tell what would be"
                                                + " done, print the role and its binding, and send nothing")
                                .impliedValue("client")
                                .defaultsTo("none"))
                .options(GrantOptions.options())
                .options(LoginFile.options("NAME.conf"))
                .options(ClusterOptions.options())
                .exits(ExitCode.FINDINGS, "the request is made, and somebody else has to approve it, or the role")
                .example("kubepki user add anna --group devs --cluster-role view -n default", "for a day's work")
                .example(
                        "kubepki user add bob --role developer --verb get,list,create --resource pods",
                        "with a role of his own")
                .runs(UserAddCommand::new);
    }

    static String fileName(String user) {
        return user.replace('/', '-').replace(':', '-');
    }

    @Override
    public int run(Invocation in) throws Exception {
        String user = in.operands().getFirst();
        try (RemoteCluster remote = ClusterOptions.connect(in)) {
            Cluster cluster = new Cluster(remote);
            Optional<Grant> grant = GrantOptions.of(in, user, remote.namespace());
            LoginFile file = LoginFile.of(
                    in, fileName(user) + ".conf", in.string("namespace").orElse(""));
            file.require(user, in);
            if (grant.isPresent()) {
                GrantOptions.require(in, cluster, grant.get());
            }
            if (ObjectOutput.isDryRun(in)) {
                return tell(in, user, file, grant);
            }
            return add(in, cluster, user, file, grant);
        }
    }

    private static int tell(Invocation in, String user, LoginFile file, Optional<Grant> grant) {
        in.err()
                .println("would make a key, request, approve and take a certificate for '"
                        + SubjectOptions.subject(user, in.list("group")) + "', valid for " + in.required("ttl"));
        in.err().println("would write " + file.path());
        grant.ifPresent(each -> GrantOptions.print(in, each));
        return ExitCode.DONE;
    }

    private static int add(Invocation in, Cluster cluster, String user, LoginFile file, Optional<Grant> grant)
            throws Exception {
        KeyFile key = in.given("key")
                ? KeyFile.read(in.requiredPath("key"))
                : KeyFile.generate(in, file.path().resolveSibling(fileName(user) + ".key"), false);
        ObjectNode draft = draft(in, cluster, user, key);
        if (!in.flag("yes") && !CsrDecision.Approval.isAccepted(in, Flagged.of(draft))) {
            throw new CommandFailure("nothing was requested");
        }
        ObjectNode request = request(in, cluster, draft, key);
        if (!approve(in, cluster, request)) {
            return unfinished(in, user, key, request);
        }
        Login login = Login.of(user, key, issued(in, cluster, user, key, request));
        login.write(file, in);
        key.discard();
        boolean granted = grant.isEmpty() || GrantOptions.make(in, cluster, grant.get());
        return granted ? ExitCode.DONE : ExitCode.FINDINGS;
    }

    private static ObjectNode draft(Invocation in, Cluster cluster, String user, KeyFile key) {
        CertificateRequest pkcs10 =
                CsrCreateCommand.sign(SubjectOptions.subject(user, in.list("group")), List.of(), key);
        RequestForm form = new RequestForm(
                freeName(cluster, user, new SecureRandom()),
                SignerPolicy.CLIENT,
                SignerNames.usages(SignerPolicy.CLIENT, false, false),
                OptionalLong.of(in.duration("ttl").orElseThrow().toSeconds()));
        form.require(pkcs10, CryptoProvider.jdk());
        return form.object(pkcs10);
    }

    /// The user's, or one that begins so where a request of that name is still there.
    private static String freeName(Cluster cluster, String user, RandomGenerator random) {
        String name = user.replace('/', '-').replace('%', '-');
        if (!cluster.isKnown(Cluster.REQUESTS, "", name)) {
            return name;
        }
        StringBuilder suffixed = new StringBuilder(name).append('-');
        for (int i = 0; i < SUFFIX; i++) {
            suffixed.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return suffixed.toString();
    }

    private static ObjectNode request(Invocation in, Cluster cluster, ObjectNode draft, KeyFile key)
            throws IOException {
        key.save();
        try {
            ObjectNode request = cluster.create(Cluster.REQUESTS, draft);
            in.out().println(ObjectOutput.name(cluster.kind(Cluster.REQUESTS), request) + " created");
            return request;
        } catch (ApiFailure refused) {
            key.discard();
            throw refused;
        }
    }

    /// Whether it was allowed.
    private static boolean approve(Invocation in, Cluster cluster, ObjectNode request) throws CommandFailure {
        try {
            new Decision("Approved", "KubepkiApprove", "This CSR was approved by kubepki user add.")
                    .write(cluster, request, in.clock());
        } catch (ApiFailure e) {
            if (e.code() != Cluster.FORBIDDEN) {
                throw e;
            }
            in.err().println("note: " + e.message());
            return false;
        }
        in.out().println(ObjectOutput.name(cluster.kind(Cluster.REQUESTS), request) + " approved");
        return true;
    }

    private static int unfinished(Invocation in, String user, KeyFile key, ObjectNode request) {
        String name = new RequestObject(request).name();
        in.err().println("The request waits for somebody who may approve it: kubepki csr approve " + name);
        in.err().println("Then, within an hour: " + resumed(user, key, name));
        return ExitCode.FINDINGS;
    }

    private static String resumed(String user, KeyFile key, String request) {
        return "kubepki user kubeconfig " + user + " --key " + key.path()
                + (request.equals(user) ? "" : " --request " + request);
    }

    private static ObjectNode issued(Invocation in, Cluster cluster, String user, KeyFile key, ObjectNode request)
            throws CommandFailure, InterruptedException {
        Duration timeout = in.duration("timeout").orElseThrow();
        String name = new RequestObject(request).name();
        ObjectNode settled = new Waiting(cluster, in.clock(), timeout).settled(name);
        if (!Waiting.isSettled(settled)) {
            in.err().println("Once there is a certificate: " + resumed(user, key, name));
            throw CsrWaitCommand.timedOut(settled, timeout);
        }
        CsrState state = new RequestObject(settled).state();
        if (state != CsrState.ISSUED) {
            throw new CommandFailure(
                    "the request \"" + name + "\" was not signed" + CsrWaitCommand.told(settled, state));
        }
        return settled;
    }
}
