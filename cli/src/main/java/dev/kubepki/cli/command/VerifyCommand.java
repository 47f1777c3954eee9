package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.OutputFormat;
import dev.kubepki.cli.frame.Table;
import dev.kubepki.pki.cluster.ClusterConfig;
import dev.kubepki.pki.cluster.DesiredSet;
import dev.kubepki.pki.cluster.Finding;
import dev.kubepki.pki.cluster.FoundSet;
import dev.kubepki.pki.cluster.Judgement;
import dev.kubepki.pki.cluster.SetChecks;
import dev.kubepki.pki.document.JsonWriter;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Sequence;
import dev.kubepki.pki.document.YamlWriter;
import dev.kubepki.pki.files.LiveCheck;
import dev.kubepki.pki.files.PkiDirectory;
import dev.kubepki.pki.key.CryptoProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// `kubepki verify`: judges a set against its description and RFC 5280.
public final class VerifyCommand implements Handler {
    /// The row of the command table.
    public static CommandSpec spec() {
        return CommandSpec.named("verify", "Judge a set of certificates, and say what cures each fault")
                .describedAs("""
                        Judges every certificate, key and kubeconfig in a folder against the cluster's description and RFC 5280.
                        Each finding names the file, what is wrong, and what cures it. Errors stop something from working or let
                        in who should stay out; warnings don't.

                        With --live it also shakes hands with servers and says whether they still serve an old certificate.
                        """)
                .options(SetOptions.forReading())
                .options(
                        OptionSpec.text("live", "HOST:PORT", "a server to compare with the files")
                                .repeated(),
                        OptionSpec.duration("soon", "TIME", "warn of certificates that end within this time")
                                .defaultsTo("30d"),
                        OptionSpec.flag("strict", "let warnings count as errors in the exit code"),
                        OptionSpec.output(OutputFormat.TABLE, OutputFormat.JSON, OutputFormat.YAML))
                .example("kubepki verify --dir demo", "judge the set in ./demo")
                .example("kubepki verify --live 10.0.0.11:6443", "does the API server serve the renewed certificate?")
                .exits(ExitCode.FINDINGS, "there are errors")
                .runs(VerifyCommand::new);
    }

    @Override
    public int run(Invocation in) throws Exception {
        SetOptions options = SetOptions.of(in);
        PkiDirectory directory = options.directory();
        ClusterConfig config = options.describe(directory, SetOptions.Absent.INFER);
        Instant now = in.clock().instant();
        if (directory.isPending()) {
            in.err()
                    .println("note: an interrupted change waits in " + directory.directory()
                            + "; the next kubepki command that writes there finishes it");
        }
        DesiredSet desired = DesiredSet.of(config);
        FoundSet found = desired.isLarge() ? directory : directory.readOnce();
        CryptoProvider provider = CryptoProvider.forWork(0, desired.checks());
        List<Finding> findings = new ArrayList<>();
        int[] count = new int[1];
        Judgement.of(desired, found, provider, now, in.duration("soon").orElse(Judgement.SOON))
                .forEach(judgement -> {
                    count[0]++;
                    findings.addAll(judgement.findings());
                });
        findings.addAll(SetChecks.of(desired, found));
        for (String server : in.list("live")) {
            findings.addAll(LiveCheck.of(server, desired, found, Duration.ofSeconds(10)));
        }
        findings.sort((a, b) -> a.severity().compareTo(b.severity()));
        print(in, findings, directory, count[0]);
        boolean bad = findings.stream().anyMatch(f -> f.isError() || in.flag("strict"));
        return bad ? ExitCode.FINDINGS : ExitCode.DONE;
    }

    private static void print(Invocation in, List<Finding> findings, PkiDirectory directory, int count) {
        switch (in.output()) {
            case JSON -> in.out().print(JsonWriter.indented(4).write(tree(findings, directory)));
            case YAML -> in.out().print(YamlWriter.inOrder().write(tree(findings, directory)));
            default -> table(in, findings, directory, count);
        }
    }

    private static void table(Invocation in, List<Finding> findings, PkiDirectory directory, int count) {
        long errors = findings.stream().filter(Finding::isError).count();
        if (!findings.isEmpty()) {
            Table table = Table.of("SEVERITY", "FILE", "WHAT IS WRONG", "CURE");
            for (Finding finding : findings) {
                String severity =
                        finding.isError() ? in.style().red("error") : in.style().yellow("warning");
                table.row(severity, finding.path(), finding.what(), SetReport.cure(finding, directory));
            }
            table.print(in.out());
        }
        String verdict = directory.directory() + ": " + counted(count, "item") + ", " + counted(errors, "error") + ", "
                + counted(findings.size() - errors, "warning");
        in.out().println(errors == 0 ? in.style().green(verdict) : in.style().red(verdict));
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static Mapping tree(List<Finding> findings, PkiDirectory directory) {
        List<Node> rows = new ArrayList<>();
        for (Finding finding : findings) {
            rows.add(Mapping.of("severity", finding.isError() ? "error" : "warning")
                    .with("check", finding.check())
                    .with("item", finding.item())
                    .with("file", finding.path())
                    .with("message", finding.what())
                    .with("cure", SetReport.cure(finding, directory)));
        }
        return Mapping.of("kind", "VerificationReport").with("findings", Sequence.of(rows));
    }
}
