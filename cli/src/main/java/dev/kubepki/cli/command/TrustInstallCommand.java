package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.Operands;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.ValueKind;

/// `kubepki trust install`.
final class TrustInstallCommand implements Handler {

    static CommandSpec spec() {
        return CommandSpec.named("install", "Put CA certificates into a system's or Java's trust store")
                .describedAs("""
                        Each CA becomes a file kubepki-NAME-XXXXXXXX.crt where the system keeps an administrator's CAs,
                        and the system's own updater is run: in place, or with chroot in the folder of --root. An image
                        without it gets its work done by hand: the CA is added to the bundle between two marks.

                        What is trusted already is left as it is. Where a step fails, those before it are taken back.

                        Debian and RHEL make their Java's cacerts anew from the system's store; for them the system is
                        the place, and --store java is for programs with a truststore of their own.
                        """)
                .operands(Operands.atLeast(0, "[FILE...]", ValueKind.FILE))
                .options(TrustSources.options())
                .options(
                        TrustSources.allowExpired(),
                        OptionSpec.text("name", "NAME", "part of the entries' names; without it each CA's common name"))
                .options(TrustStores.options())
                .example("sudo kubepki trust install --dir demo", "this machine trusts the cluster's CA")
                .example("kubepki trust install --dir demo --root ./image", "an unpacked image does")
                .example("kubepki trust install --dir demo --store java=trust.p12", "a Java program does")
                .runs(() -> TrustCommand.guarded(new TrustInstallCommand()));
    }

    @Override
    public int run(Invocation in) throws Exception {
        TrustStores.carryOut(in, TrustStores.install(in, TrustSources.gather(in)), "nothing to do");
        return ExitCode.DONE;
    }
}
