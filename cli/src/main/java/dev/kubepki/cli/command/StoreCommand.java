package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.Operands;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.OutputFormat;
import dev.kubepki.cli.frame.Table;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.cli.frame.ValueKind;
import dev.kubepki.pki.document.JsonWriter;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Sequence;
import dev.kubepki.pki.document.YamlWriter;
import dev.kubepki.server.store.StoreCheck;
import dev.kubepki.server.store.StoreFailure;
import dev.kubepki.server.store.StoreFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `kubepki store`: what can be done with the file in which `kubepki serve` keeps its objects.
public final class StoreCommand {
    private static final String FINDINGS = "the store is damaged";

    private StoreCommand() {}

    /// The row of the command table.
    public static CommandSpec spec() {
        return CommandSpec.named("store", "Back up, restore, compact and check the store of a server")
                .describedAs("""
                        'kubepki serve' keeps its objects in one file, store.db in its data folder. Copying that file by
                        hand while a server runs gives half of what is in it; these commands give all of it, as it was
                        at one moment.
                        """)
                .groups(backup(), restore(), compact(), check());
    }

    private static CommandSpec backup() {
        return CommandSpec.named("backup", "Copy a store into one file, also while a server runs")
                .describedAs("""
                        The copy is checked. It holds Secrets as plainly as the store does: keep it as you keep the CA's
                        keys.
                        """)
                .options(
                        data("the folder of the store").mandatory(),
                        OptionSpec.file("to", "FILE", "the backup; it must not exist yet")
                                .mandatory(),
                        output())
                .example("kubepki store backup --data demo/data --to monday.db", "a backup of a running server")
                .exits(ExitCode.FINDINGS, FINDINGS + "; the backup was made all the same")
                .runs(() -> reporting(in -> StoreFiles.backup(in.requiredPath("data"), in.requiredPath("to"))));
    }

    private static CommandSpec restore() {
        return CommandSpec.named("restore", "Make a store from a backup")
                .describedAs("""
                        Makes the folder's store anew from a backup; a store that is there already is never replaced.
                        Its revisions go on far beyond those of the backup, so that clients that watched the lost store
                        list again and miss nothing.
                        """)
                .operands(Operands.between(1, 1, "BACKUP", ValueKind.FILE))
                .options(data("the folder of the new store").mandatory(), output())
                .example("kubepki store restore monday.db --data demo/data", "after the old folder was moved away")
                .exits(ExitCode.FINDINGS, FINDINGS + ", as the backup was")
                .runs(() -> reporting(in -> StoreFiles.restore(in.operandPaths().getFirst(), in.requiredPath("data"))));
    }

    private static CommandSpec compact() {
        return CommandSpec.named("compact", "Forget all history and make the file small; no server may run")
                .describedAs("""
                        A running server forgets old history by itself and uses its room again, but the file stays as
                        large as it once was. This makes it as small as its objects are.
                        """)
                .options(data("the folder of the store").mandatory(), output())
                .example("kubepki store compact --data demo/data", "after many objects were deleted")
                .exits(ExitCode.FINDINGS, FINDINGS)
                .runs(() -> reporting(in -> {
                    StoreFiles.Compaction done = StoreFiles.compact(in.requiredPath("data"));
                    if (!in.quiet()) {
                        in.err()
                                .println("note: " + done.bytesBefore() + " bytes before, "
                                        + done.check().bytes() + " now");
                    }
                    return done.check();
                }));
    }

    private static CommandSpec check() {
        return CommandSpec.named("check", "Look for damage in a store or a backup")
                .describedAs("""
                        Reads the whole file: its structure, that no revision is missing, that each write names the one
                        that it replaced, and that each value is JSON. A server may run meanwhile.
                        """)
                .operands(Operands.between(0, 1, "[BACKUP]", ValueKind.FILE))
                .options(data("the folder of the store, if no backup is named"), output())
                .example("kubepki store check --data demo/data", "is it sound?")
                .example("kubepki store check monday.db", "can this be restored?")
                .exits(ExitCode.FINDINGS, FINDINGS)
                .runs(() -> reporting(
                        in -> StoreFiles.check(in.operands().isEmpty() ? in.requiredPath("data") : only(in))));
    }

    private static Path only(Invocation in) {
        if (in.given("data")) {
            throw new UsageException("name a backup or give --data, not both");
        }
        return in.operandPaths().getFirst();
    }

    private static OptionSpec data(String description) {
        return OptionSpec.directory("data", "DIR", description);
    }

    private static OptionSpec output() {
        return OptionSpec.output(OutputFormat.TABLE, OutputFormat.JSON, OutputFormat.YAML);
    }

    private interface Work {
        StoreCheck of(Invocation in);
    }

    private static Handler reporting(Work work) {
        return in -> {
            StoreCheck check;
            try {
                check = work.of(in);
            } catch (StoreFailure e) {
                throw new CommandFailure(String.valueOf(e.getMessage()), e);
            }
            switch (in.output()) {
                case JSON -> in.out().print(JsonWriter.indented(4).write(tree(check)));
                case YAML -> in.out().print(YamlWriter.inOrder().write(tree(check)));
                default -> print(in, check);
            }
            return check.isSound() ? ExitCode.DONE : ExitCode.FINDINGS;
        };
    }

    private static void print(Invocation in, StoreCheck check) {
        if (!check.isSound()) {
            Table table = Table.of("CHECK", "WHAT IS WRONG");
            check.findings().forEach(each -> table.row(word(each), each.what()));
            table.print(in.out());
        }
        String verdict = check.file() + ": " + check.keys() + " objects, " + check.writes() + " writes kept, revision "
                + check.revision() + ", history since " + check.compacted() + ", " + check.bytes() + " bytes: "
                + (check.isSound() ? "sound" : "damaged");
        in.out()
                .println(
                        check.isSound() ? in.style().green(verdict) : in.style().red(verdict));
    }

    private static String word(StoreCheck.Finding finding) {
        return finding.check().name().toLowerCase(Locale.ROOT);
    }

    private static Mapping tree(StoreCheck check) {
        List<Node> findings = new ArrayList<>();
        check.findings()
                .forEach(each -> findings.add(Mapping.of("check", word(each)).with("message", each.what())));
        return Mapping.of("kind", "StoreReport")
                .with("file", check.file().toString())
                .with("revision", check.revision())
                .with("compactedRevision", check.compacted())
                .with("objects", check.keys())
                .with("writes", check.writes())
                .with("bytes", check.bytes())
                .with("findings", Sequence.of(findings));
    }
}
