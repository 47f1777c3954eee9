package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.Operands;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.Progress;
import dev.kubepki.cli.frame.Table;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.cli.frame.ValueKind;
import dev.kubepki.pki.cluster.CertificateName;
import dev.kubepki.pki.cluster.ClusterConfig;
import dev.kubepki.pki.cluster.Consumers;
import dev.kubepki.pki.cluster.DesiredSet;
import dev.kubepki.pki.cluster.Finding;
import dev.kubepki.pki.cluster.Made;
import dev.kubepki.pki.cluster.Renewal;
import dev.kubepki.pki.files.DirectoryLock;
import dev.kubepki.pki.files.FileTransaction;
import dev.kubepki.pki.files.PkiDirectory;
import dev.kubepki.pki.files.SetChange;
import dev.kubepki.pki.issue.IssuanceRefused;
import dev.kubepki.pki.key.CryptoProvider;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// `kubepki renew`: new certificates from the description and the CA's key, with or without a running cluster.
public final class RenewCommand implements Handler {
    private static final Duration DUE = Duration.ofDays(90);

    /// The row of the command table.
    public static CommandSpec spec() {
        return CommandSpec.named("renew", "Issue certificates and kubeconfigs anew")
                .describedAs("""
                        Issues certificates anew from the cluster's description, with new keys. It needs the files and the CA's key
                        alone: no API server, and no old certificate that is still valid. What is replaced goes to a dated folder
                        in .kubepki/backups.

                        A CA is renewed only by its name, and keeps its key, so that everything it signed stays valid.

                        Unknown fields and other entries of a kubeconfig stay as they are.
                        """)
                .operands(Operands.between(0, 100_000, "[NAME...]", ValueKind.TEXT))
                .options(SetOptions.forReading())
                .options(
                        OptionSpec.flag("all", "every certificate and kubeconfig, but no CA"),
                        OptionSpec.duration("due", "TIME", "those that end within this time")
                                .impliedValue("90d"),
                        OptionSpec.flag("keep-key", "keep the private keys"),
                        OptionSpec.flag("dry-run", "print what would be renewed and change nothing"))
                .example("kubepki renew --due --dir demo", "what ends within 90 days; does nothing on other days")
                .example("kubepki renew apiserver admin.conf", "these two")
                .example("kubepki renew ca", "the CA's certificate, with the same key")
                .runs(RenewCommand::new);
    }

    @Override
    public int run(Invocation in) throws Exception {
        SetOptions options = SetOptions.of(in);
        ClusterConfig config = options.describe(options.directory(), SetOptions.Absent.INFER);
        DesiredSet desired = DesiredSet.of(config);
        Instant now = in.clock().instant();
        if (in.flag("dry-run")) {
            Renewal renewal = renewal(in, desired, options.directory(), now);
            Table table = Table.of("RENEW", "FILE");
            renewal.items().forEach(item -> table.row(item.id(), item.mainPath()));
            table.print(in.out());
            return ExitCode.DONE;
        }
        try (DirectoryLock lock = DirectoryLock.acquire(options.directory().roots())) {
            if (FileTransaction.recover(lock) == FileTransaction.Recovery.FINISHED) {
                in.err().println("finished the change that an earlier command left behind");
            }
            PkiDirectory directory = options.directory();
            return renew(in, lock, directory, desired, renewal(in, desired, directory, now), now);
        }
    }

    private static Renewal renewal(Invocation in, DesiredSet desired, PkiDirectory directory, Instant now)
            throws CommandFailure {
        Set<String> names = new LinkedHashSet<>(in.operands());
        int ways = (names.isEmpty() ? 0 : 1) + (in.flag("all") ? 1 : 0) + (in.given("due") ? 1 : 0);
        if (ways != 1) {
            throw new UsageException("name what to renew, or choose one of --all and --due");
        }
        Renewal renewal = in.flag("all")
                ? Renewal.all(desired, directory)
                : in.given("due")
                        ? Renewal.due(
                                desired, directory, now, in.duration("due").orElse(DUE))
                        : Renewal.named(desired, directory, names);
        List<String> unknown = renewal.unknown(names);
        if (!unknown.isEmpty()) {
            throw new UsageException(
                    "there is no '" + unknown.getFirst() + "' in this set", "'kubepki list' shows the names.");
        }
        if (names.contains(CertificateName.SA.label())) {
            throw new UsageException("sa is a key pair without an end; replacing it would void every token");
        }
        List<Finding> obstacles = renewal.obstacles();
        if (!obstacles.isEmpty()) {
            throw new CommandFailure(
                    directory.directory() + ": nothing was renewed",
                    obstacles.stream()
                            .map(o -> o.path() + ": " + o.what() + " (cure: " + o.cure() + ")")
                            .toArray(String[]::new));
        }
        return in.flag("keep-key") ? renewal.keepingKeys() : renewal;
    }

    private static int renew(
            Invocation in, DirectoryLock lock, PkiDirectory directory, DesiredSet desired, Renewal renewal, Instant now)
            throws CommandFailure {
        long count = renewal.items().count();
        if (count == 0) {
            in.out().println("nothing is due");
            return ExitCode.DONE;
        }
        SetChange.Work work = SetChange.Work.of(renewal.steps());
        CryptoProvider provider = CryptoProvider.forWork(work.rsaKeys(), work.operations());
        Set<CertificateName> renewed = EnumSet.noneOf(CertificateName.class);
        Table table = Table.of("RENEWED", "EXPIRES", "FILE");
        try (Progress progress = Progress.of(in, "renewing", count)) {
            new SetChange(directory, provider, new SecureRandom(), now, "renew")
                    .keepingBackups()
                    .apply(lock, desired, renewal::steps, writer -> {}, made -> {
                        if (made instanceof Made.Issued issued) {
                            progress.step();
                            renewed.add(made.item().name());
                            table.row(
                                    made.item().id(),
                                    issued.certificate().validity().notAfter().toString(),
                                    made.item().mainPath());
                        }
                    });
        } catch (IssuanceRefused e) {
            throw new CommandFailure("nothing was renewed: " + e.getMessage());
        }
        table.print(in.out());
        in.out().println();
        Consumers.advice(renewed).forEach(in.out()::println);
        return ExitCode.DONE;
    }
}
