package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.Operands;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.cli.frame.ValueKind;
import dev.kubepki.pki.trust.Removal;
import dev.kubepki.pki.x509.Certificate;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// `kubepki trust remove`.
final class TrustRemoveCommand implements Handler {
    private static final String FINGERPRINT = "fingerprint";
    private static final int DIGITS = 64;

    static CommandSpec spec() {
        return CommandSpec.named("remove", "Take CA certificates out of a trust store again")
                .describedAs("""
                        Takes out what 'kubepki trust install' put in, told by the certificates' fingerprints, and
                        nothing that others put there. Where the CA's own file is gone, name its fingerprint, or give
                        --all.
                        """)
                .operands(Operands.atLeast(0, "[FILE...]", ValueKind.FILE))
                .options(TrustSources.options())
                .options(
                        OptionSpec.text(FINGERPRINT, "SHA256", "a certificate's SHA-256 in hex, in place of its file")
                                .repeated(),
                        OptionSpec.flag("all", "everything that kubepki put there"),
                        OptionSpec.text("name", "NAME", "only what was put there under this name"))
                .options(TrustStores.options())
                .example("sudo kubepki trust remove --dir demo", "this machine no longer trusts the cluster's CA")
                .example("sudo kubepki trust remove --all --dry-run", "what kubepki has put on this machine")
                .runs(() -> TrustCommand.guarded(new TrustRemoveCommand()));
    }

    @Override
    public int run(Invocation in) throws Exception {
        in.atMostOneOf("all", FINGERPRINT, "dir");
        Removal removal = new Removal(fingerprints(in), in.string("name"));
        TrustStores.carryOut(in, TrustStores.remove(in, removal), "nothing to remove");
        return ExitCode.DONE;
    }

    private static Optional<Set<String>> fingerprints(Invocation in) throws CommandFailure {
        if (!in.operands().isEmpty() && (in.flag("all") || in.given(FINGERPRINT))) {
            throw new UsageException("name files, or give --all or --fingerprint, not both");
        }
        if (in.flag("all")) {
            return Optional.empty();
        }
        Set<String> fingerprints = new LinkedHashSet<>();
        for (String text : in.list(FINGERPRINT)) {
            String digits = text.replace(":", "").toLowerCase(Locale.ROOT);
            if (digits.length() != DIGITS || !digits.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
                throw new UsageException("--fingerprint '" + text + "' is not a SHA-256 of 64 hex digits");
            }
            fingerprints.add(digits);
        }
        if (fingerprints.isEmpty()) {
            TrustSources.gatherAnyAge(in).certificates().stream()
                    .map(Certificate::fingerprint)
                    .forEach(fingerprints::add);
        }
        return Optional.of(fingerprints);
    }
}
