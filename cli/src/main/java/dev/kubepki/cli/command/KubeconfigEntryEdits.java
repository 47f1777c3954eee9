package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.Operands;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.cli.frame.ValueKind;
import dev.kubepki.pki.files.CredentialPlugin;
import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.files.Kubeconfig;
import dev.kubepki.pki.files.KubeconfigCluster;
import dev.kubepki.pki.files.KubeconfigContext;
import dev.kubepki.pki.files.KubeconfigFiles;
import dev.kubepki.pki.files.KubeconfigUser;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `set-cluster`, `set-credentials` and `set-context`: an entry changed where it is, or added.
final class KubeconfigEntryEdits {
    private static final String EMBED = "embed-certs";
    private static final String INSECURE = "insecure-skip-tls-verify";

    private KubeconfigEntryEdits() {}

    static CommandSpec setCluster() {
        return CommandSpec.named("set-cluster", "Change or add a cluster")
                .operands(Operands.between(1, 1, "NAME", ValueKind.TEXT))
                .options(
                        KubeconfigEdits.fileOption(),
                        OptionSpec.text("server", "URL", "the API server"),
                        OptionSpec.file("certificate-authority", "FILE", "what the server's certificate must lead to"),
                        bool(EMBED, "put the file's content into the kubeconfig, not its path"),
                        OptionSpec.text("tls-server-name", "NAME", "the name in the server's certificate"),
                        OptionSpec.text("proxy-url", "URL", "the proxy to the server"),
                        bool(INSECURE, "don't check the server's certificate"))
                .example(
                        "kubepki kubeconfig set-cluster demo --server=https://192.0.2.11:6443"
                                + " --certificate-authority=demo/pki/ca.crt --embed-certs",
                        "as with 'kubectl config set-cluster'")
                .runs(() -> KubeconfigEntryEdits::runCluster);
    }

    static CommandSpec setCredentials() {
        return CommandSpec.named("set-credentials", "Change or add a user")
                .operands(Operands.between(1, 1, "NAME", ValueKind.TEXT))
                .options(
                        KubeconfigEdits.fileOption(),
                        OptionSpec.file("client-certificate", "FILE", "the user's certificate"),
                        OptionSpec.file("client-key", "FILE", "the certificate's private key"),
                        bool(EMBED, "put the files' content into the kubeconfig, not their paths"),
                        OptionSpec.text("token", "TOKEN", "a token instead"),
                        OptionSpec.text("username", "NAME", "a name for basic authentication instead"),
                        OptionSpec.text("password", "TEXT", "the password of --username"),
                        OptionSpec.text("exec-command", "PROGRAM", "a credential plugin instead"),
                        OptionSpec.text("exec-api-version", "VERSION", "the plugin's API version"),
                        OptionSpec.text("exec-arg", "TEXT", "an argument of the plugin; replaces those there are")
                                .repeated(),
                        OptionSpec.text("exec-env", "NAME=VALUE", "a variable of the plugin; NAME- takes one away")
                                .repeated())
                .example(
                        "kubepki kubeconfig set-credentials jane --client-certificate=jane.crt --client-key=jane.key"
                                + " --embed-certs",
                        "as with 'kubectl config set-credentials'")
                .runs(() -> KubeconfigEntryEdits::runUser);
    }

    static CommandSpec setContext() {
        return CommandSpec.named("set-context", "Change or add a context")
                .operands(Operands.between(0, 1, "[NAME]", ValueKind.TEXT))
                .options(
                        KubeconfigEdits.fileOption(),
                        OptionSpec.text("cluster", "NAME", "its cluster"),
                        OptionSpec.text("user", "NAME", "its user"),
                        OptionSpec.text("namespace", "NAME", "its namespace").letter('n'),
                        OptionSpec.flag("current", "change the current context"))
                .example(
                        "kubepki kubeconfig set-context jane@demo --cluster=demo --user=jane",
                        "as with 'kubectl config set-context'")
                .runs(() -> KubeconfigEntryEdits::runContext);
    }

    private static OptionSpec bool(String name, String description) {
        return OptionSpec.choice(name, "BOOL", List.of("true", "false"), description)
                .impliedValue("true");
    }

    private static boolean isTrue(Invocation in, String option) {
        return in.string(option).filter("true"::equals).isPresent();
    }

    private static byte[] read(Path file) {
        return new DurableFiles(FileOperations.disk()).read(file);
    }

    private static int runCluster(Invocation in) throws Exception {
        String name = in.operands().getFirst();
        if (isTrue(in, INSECURE) && in.given("certificate-authority")) {
            throw new UsageException("options --certificate-authority and --" + INSECURE + " exclude each other");
        }
        KubeconfigFiles files = KubeconfigEdits.files(in);
        Path holder = files.holder(config -> config.cluster(name).isPresent());
        files.change(
                holder,
                config ->
                        config.with(cluster(in, config.cluster(name).orElseGet(() -> KubeconfigCluster.named(name)))));
        in.out().println("Cluster \"" + name + "\" set.");
        return ExitCode.DONE;
    }

    private static KubeconfigCluster cluster(Invocation in, KubeconfigCluster old) {
        KubeconfigCluster cluster = old;
        cluster = in.string("server").map(cluster::withServer).orElse(cluster);
        cluster = in.string("tls-server-name").map(cluster::withTlsServerName).orElse(cluster);
        cluster = in.string("proxy-url").map(cluster::withProxyUrl).orElse(cluster);
        if (in.given(INSECURE)) {
            cluster = isTrue(in, INSECURE) ? cluster.withoutVerification() : cluster.withVerification();
        }
        Optional<Path> authority = in.path("certificate-authority");
        if (authority.isPresent()) {
            cluster = isTrue(in, EMBED)
                    ? cluster.withEmbeddedAuthority(read(authority.get()))
                    : cluster.withAuthorityFile(authority.get());
        }
        return cluster;
    }

    private static int runUser(Invocation in) throws Exception {
        String name = in.operands().getFirst();
        if (isTrue(in, EMBED) && !in.given("client-certificate") && !in.given("client-key")) {
            throw new UsageException("--embed-certs needs a --client-certificate or --client-key to embed");
        }
        if (in.given("token") && (in.given("username") || in.given("password"))) {
            throw new UsageException("--token and --username or --password exclude each other");
        }
        KubeconfigFiles files = KubeconfigEdits.files(in);
        Path holder = files.holder(config -> config.user(name).isPresent());
        files.change(
                holder, config -> config.with(user(in, config.user(name).orElseGet(() -> KubeconfigUser.named(name)))));
        in.out().println("User \"" + name + "\" set.");
        return ExitCode.DONE;
    }

    private static KubeconfigUser user(Invocation in, KubeconfigUser old) {
        KubeconfigUser user = old;
        Optional<Path> certificate = in.path("client-certificate");
        if (certificate.isPresent()) {
            user = isTrue(in, EMBED)
                    ? user.withEmbeddedCertificate(read(certificate.get()))
                    : user.withCertificateFile(certificate.get());
        }
        Optional<Path> key = in.path("client-key");
        if (key.isPresent()) {
            user = isTrue(in, EMBED) ? user.withEmbeddedKey(read(key.get())) : user.withKeyFile(key.get());
        }
        user = in.string("username").map(user::withUsername).orElse(user);
        user = in.string("password").map(user::withPassword).orElse(user);
        user = in.string("token").map(user::withToken).orElse(user);
        return user.with(plugin(in));
    }

    private static CredentialPlugin plugin(Invocation in) {
        try {
            return new CredentialPlugin(
                    in.string("exec-command"), in.string("exec-api-version"), in.list("exec-arg"), in.list("exec-env"));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--exec-env: " + e.getMessage());
        }
    }

    private static int runContext(Invocation in) throws Exception {
        if (in.flag("current") == !in.operands().isEmpty()) {
            throw new UsageException("name a context, or choose --current");
        }
        KubeconfigFiles files = KubeconfigEdits.files(in);
        Kubeconfig all = files.stacked();
        String name = in.flag("current")
                ? all.currentContext().orElseThrow(() -> new CommandFailure("no current context is set"))
                : in.operands().getFirst();
        boolean there = all.context(name).isPresent();
        Path holder = files.holder(config -> config.context(name).isPresent());
        files.change(
                holder,
                config -> config.with(
                        context(in, config.context(name).orElseGet(() -> KubeconfigContext.of(name, "", "")))));
        in.out().println("Context \"" + name + "\" " + (there ? "modified." : "created."));
        return ExitCode.DONE;
    }

    private static KubeconfigContext context(Invocation in, KubeconfigContext old) {
        KubeconfigContext context = old;
        context = in.string("cluster").map(context::withCluster).orElse(context);
        context = in.string("user").map(context::withUser).orElse(context);
        return in.string("namespace").map(context::withNamespace).orElse(context);
    }
}
