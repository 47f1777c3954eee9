package dev.kubepki.cli.command;

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
import dev.kubepki.pki.cluster.DesiredSet;
import dev.kubepki.pki.cluster.Judgement;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.files.PkiDirectory;
import dev.kubepki.pki.inventory.Inventory;
import dev.kubepki.pki.inventory.Look;
import dev.kubepki.pki.inventory.Scan;
import dev.kubepki.pki.inventory.SetInventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// `kubepki list`: every certificate with its expiry.
public final class ListCommand implements Handler {
    /// The row of the command table.
    public static CommandSpec spec() {
        return CommandSpec.named("list", "Show every certificate with its expiry")
                .describedAs("""
                        Shows every certificate of a cluster's set with its purpose, names, expiry and state, as a tree by the CA
                        that signed it. Other certificates, keys and static-pod manifests in the folder follow. A folder without a
                        set, and files and folders that are named, are searched: PEM and DER, several in a file, kubeconfigs with
                        the files they refer to, manifests with the files their flags name, Secrets, ConfigMaps, keystores.
                        File names decide nothing.

                        LEFT is written as kubectl writes ages; a minus stands before what is over. A certificate expires soon in
                        its last 30 days.
                        """)
                .operands(Operands.between(0, Integer.MAX_VALUE, "[FILE|DIR...]", ValueKind.FILE))
                .options(SetOptions.forReading())
                .options(
                        OptionSpec.choice(
                                "sort-by",
                                "ORDER",
                                List.of("expiry", "name"),
                                "the order; tables are by expiry, everything else as the set is built"),
                        OptionSpec.duration(
                                "fail-within",
                                "TIME",
                                "exit with 3 where anything, CAs included, ends within this time or can't be used now"),
                        OptionSpec.directory("root", "DIR", "the folder where the absolute paths in manifests begin")
                                .defaultsTo("/"),
                        OptionSpec.output(
                                OutputFormat.TREE,
                                OutputFormat.TABLE,
                                OutputFormat.WIDE,
                                OutputFormat.NAME,
                                OutputFormat.JSON,
                                OutputFormat.YAML,
                                OutputFormat.PROMETHEUS))
                .example("kubepki list --dir demo", "the set in ./demo as a tree by CA")
                .example("kubepki list --dir demo -o table", "what ends first stands first")
                .example("kubepki list --fail-within 30d -o name", "for cron: exit code 3 when it is time to renew")
                .example("kubepki list /etc/kubernetes/manifests", "which files the static pods use, and their state")
                .exits(ExitCode.FINDINGS, "something fails --fail-within")
                .runs(ListCommand::new);
    }

    @Override
    public int run(Invocation in) throws Exception {
        if (!in.operands().isEmpty() && (in.given("dir") || in.given("cert-dir") || in.given("file"))) {
            throw new UsageException(
                    "files and folders to search can't be named together with --dir, --cert-dir or -f");
        }
        Look look =
                new Look(in.clock().instant().truncatedTo(ChronoUnit.SECONDS), Judgement.SOON, in.requiredPath("root"));
        Inventory inventory = inventory(in, look);
        new ListPrinter(in, inventory).print();
        inventory.notes().forEach(note -> in.err().println("note: " + note));
        boolean fails = in.duration("fail-within").map(inventory::failsWithin).orElse(false);
        return fails ? ExitCode.FINDINGS : ExitCode.DONE;
    }

    private static Inventory inventory(Invocation in, Look look) throws IOException, CommandFailure {
        if (!in.operands().isEmpty()) {
            List<Scan.Target> targets = new ArrayList<>();
            for (String operand : in.operands()) {
                Path path = in.resolve(operand);
                if (!Files.exists(path)) {
                    throw new CommandFailure(operand + ": there is no such file or folder");
                }
                targets.add(new Scan.Target(path, operand));
            }
            return Scan.of(targets, look);
        }
        Path dir = in.requiredPath("dir");
        if (!Files.isDirectory(dir)) {
            throw new CommandFailure(
                    dir + ": there is no such folder", "Make a set with 'kubepki init --dir " + dir + "'.");
        }
        SetOptions options = SetOptions.of(in);
        PkiDirectory directory = options.directory();
        if (directory.isPending()) {
            in.err()
                    .println("note: an interrupted change waits in " + dir
                            + "; the next kubepki command that writes there finishes it");
        }
        FileOperations disk = FileOperations.disk();
        if (in.given("file") || Files.exists(dir.resolve(SetOptions.DESCRIPTION))) {
            DesiredSet desired = DesiredSet.of(options.describe(directory, SetOptions.Absent.INFER));
            return SetInventory.of(desired, directory, disk, look);
        }
        if (Files.exists(directory.resolve("pki/ca.crt"))) {
            return SetInventory.undescribed(directory, disk, look);
        }
        return Scan.of(List.of(new Scan.Target(dir, "")), look);
    }
}
