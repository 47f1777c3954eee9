package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.Operands;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.ValueKind;
import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileMode;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.trust.TrustBundle;

/// `kubepki trust bundle`.
final class TrustBundleCommand implements Handler {
    private static final String STANDARD_OUTPUT = "-";

    static CommandSpec spec() {
        return CommandSpec.named("bundle", "Write CA certificates as one plain PEM file")
                .describedAs("""
                        Each CA once, one PEM block after another and no text between: the form that every program reads.
                        Anything that is not a CA is refused, and so is a CA whose time is over.
                        """)
                .operands(Operands.atLeast(0, "[FILE...]", ValueKind.FILE))
                .options(TrustSources.options())
                .options(
                        TrustSources.allowExpired(),
                        OptionSpec.file("output", "FILE", "where to write it, - for standard output")
                                .letter('o')
                                .defaultsTo(STANDARD_OUTPUT))
                .example("kubepki trust bundle --dir demo -o ca-bundle.pem", "the cluster's CA as a file")
                .example("kubepki trust bundle old-ca.crt new-ca.crt", "two CAs together, for the time of a rotation")
                .runs(() -> TrustCommand.guarded(new TrustBundleCommand()));
    }

    @Override
    public int run(Invocation in) throws Exception {
        TrustBundle bundle = TrustSources.gather(in);
        if (in.required("output").equals(STANDARD_OUTPUT)) {
            in.out().print(bundle.pem());
        } else {
            new DurableFiles(FileOperations.disk())
                    .write(in.requiredPath("output"), bundle.encoded(), FileMode.WORLD_READABLE);
        }
        return ExitCode.DONE;
    }
}
