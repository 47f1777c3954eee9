package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.Progress;
import dev.kubepki.cli.frame.Table;
import dev.kubepki.pki.cluster.ClusterConfig;
import dev.kubepki.pki.cluster.ClusterPlan;
import dev.kubepki.pki.cluster.DesiredSet;
import dev.kubepki.pki.cluster.ExampleDescription;
import dev.kubepki.pki.cluster.Finding;
import dev.kubepki.pki.cluster.FoundSet;
import dev.kubepki.pki.cluster.Made;
import dev.kubepki.pki.cluster.NamingStyle;
import dev.kubepki.pki.cluster.Step;
import dev.kubepki.pki.files.DirectoryLock;
import dev.kubepki.pki.files.FileTransaction;
import dev.kubepki.pki.files.PkiDirectory;
import dev.kubepki.pki.files.SetChange;
import dev.kubepki.pki.issue.IssuanceRefused;
import dev.kubepki.pki.key.CryptoProvider;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// `kubepki init`: makes the whole set, or what is missing of it.
public final class InitCommand implements Handler {
    /// The row of the command table.
    public static CommandSpec spec() {
        return CommandSpec.named("init", "Make a cluster's CAs, certificates, keys and kubeconfigs")
                .describedAs("""
                        Makes everything that the description of a cluster asks for, in the layout of /etc/kubernetes. Without a
                        description the cluster is this host as its only control-plane node.

                        Run again, it keeps what is right and makes what is missing. Where a file contradicts the description
                        nothing is changed, and each such file is named with what cures it.

                        The description is kept in the folder as kubepki.yaml: list, verify and renew work from it.
                        """)
                .options(SetOptions.forMaking())
                .options(
                        OptionSpec.flag("dry-run", "print the plan and change nothing"),
                        OptionSpec.flag("example", "print a commented description and end"))
                .example("kubepki init --dir demo", "a set for this host, in ./demo")
                .example("kubepki init --example > cluster.yaml", "a description to begin with")
                .example("kubepki init -f cluster.yaml --dir out --dry-run", "what would be made")
                .exits(ExitCode.FAILED, "a file contradicts the description; nothing was changed")
                .runs(InitCommand::new);
    }

    @Override
    public int run(Invocation in) throws Exception {
        if (in.flag("example")) {
            in.out().print(ExampleDescription.text());
            return ExitCode.DONE;
        }
        CryptoProvider.prepare();
        SetOptions options = SetOptions.of(in);
        PkiDirectory directory = options.directory();
        ClusterConfig config = options.describeForMaking(directory);
        DesiredSet desired = DesiredSet.of(config);
        Instant now = in.clock().instant();
        if (in.flag("dry-run")) {
            ClusterPlan plan = plan(desired, directory, now);
            printPlan(in, plan);
            return ExitCode.DONE;
        }
        try (DirectoryLock lock = DirectoryLock.acquire(directory.roots())) {
            if (FileTransaction.recover(lock) == FileTransaction.Recovery.FINISHED) {
                in.err().println("finished the change that an earlier command left behind");
            }
            make(in, lock, desired, options.directory(), now, options);
        }
        notes(in, config).forEach(note -> in.err().println("note: " + note));
        PkiDirectory written = options.directory();
        return SetReport.afterMaking(in, desired, written, now);
    }

    /// What a set of this description needs outside of its files.
    private static List<String> notes(Invocation in, ClusterConfig config) {
        List<String> notes = new ArrayList<>();
        if (config.style() == NamingStyle.KUBEADM) {
            notes.add("admin.conf needs its group bound, with super-admin.conf: kubectl create clusterrolebinding"
                    + " kubeadm:cluster-admins --clusterrole=cluster-admin --group=kubeadm:cluster-admins");
            notes.add("kube-apiserver needs rights at the kubelets: kubectl create clusterrolebinding"
                    + " kubeadm:apiserver-kubelet-client --clusterrole=system:kubelet-api-admin"
                    + " --user=kube-apiserver-kubelet-client");
        }
        if (config.certificatesDir().isPresent() && in.path("cert-dir").isEmpty()) {
            notes.add("the description's certificatesDir "
                    + config.certificatesDir().get()
                    + " is where the files belong in the end; --cert-dir writes there");
        }
        return notes;
    }

    private static void make(
            Invocation in,
            DirectoryLock lock,
            DesiredSet desired,
            PkiDirectory directory,
            Instant now,
            SetOptions options)
            throws CommandFailure {
        ClusterPlan plan = plan(desired, directory, now);
        SetChange.Work work = SetChange.Work.of(plan.steps());
        CryptoProvider provider = CryptoProvider.forWork(work.rsaKeys(), work.operations());
        SetChange change = new SetChange(directory, provider, new SecureRandom(), now, "init");
        List<String> capped = new ArrayList<>();
        try (Progress progress = Progress.of(in, "making", desired.size())) {
            change.apply(lock, desired, plan::steps, options::keepDescription, made -> {
                progress.step();
                if (made instanceof Made.Issued issued && issued.capped()) {
                    capped.add(made.item().id());
                }
            });
        } catch (IssuanceRefused e) {
            throw new CommandFailure("a certificate of this description must not be signed: " + e.getMessage());
        }
        capped.stream()
                .limit(20)
                .forEach(id -> in.err().println("note: " + id + " ends with its CA, earlier than described"));
    }

    private static ClusterPlan plan(DesiredSet desired, PkiDirectory directory, Instant now) throws CommandFailure {
        FoundSet found = desired.isLarge() ? directory : directory.readOnce();
        ClusterPlan plan = ClusterPlan.of(desired, found, CryptoProvider.forWork(0, desired.checks()), now);
        List<Finding> refusals = plan.refusals();
        if (refusals.isEmpty()) {
            return plan;
        }
        List<String> hints = new ArrayList<>();
        for (Finding finding : refusals) {
            hints.add(finding.path() + ": " + finding.what() + " (cure: " + SetReport.cure(finding, directory) + ")");
        }
        throw new CommandFailure(
                directory.directory() + ": what is there contradicts the description; nothing was changed",
                hints.toArray(String[]::new));
    }

    private static void printPlan(Invocation in, ClusterPlan plan) {
        Table table = Table.of("STEP", "NAME", "FILE", "SUBJECT");
        plan.steps().forEach(step -> {
            switch (step) {
                case Step.Keep(var item) ->
                    table.row("keep", item.id(), item.mainPath(), item.subject().toString());
                case Step.Issue(var item, var key, String why) ->
                    table.row(
                            "make (" + why + ")",
                            item.id(),
                            item.mainPath(),
                            item.subject().toString());
                case Step.PublishKey(var item, var key) ->
                    table.row(
                            "write public key", item.id(), item.output().paths().getLast(), "");
                case Step.Reissue reissue ->
                    table.row("renew", reissue.item().id(), reissue.item().mainPath(), "");
                case Step.Refresh refresh ->
                    table.row("refresh", refresh.item().id(), refresh.item().mainPath(), "");
                case Step.Copy(var copy) -> table.row("copy", copy.from(), copy.to(), "");
                case Step.Refuse(var item, var findings) -> table.row("refuse", item.id(), item.mainPath(), "");
            }
        });
        table.print(in.out());
    }
}
