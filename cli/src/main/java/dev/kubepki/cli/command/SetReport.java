package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.Table;
import dev.kubepki.pki.cluster.DesiredSet;
import dev.kubepki.pki.cluster.Finding;
import dev.kubepki.pki.cluster.FoundSet;
import dev.kubepki.pki.cluster.Judgement;
import dev.kubepki.pki.files.PkiDirectory;
import dev.kubepki.pki.key.CryptoProvider;
import java.time.Duration;
import java.time.Instant;

/// What commands say of a set after they touched it.
final class SetReport {
    private static final int LONG = 60;

    private SetReport() {}

    /// Reads everything back from disk, judges it, and prints the table of what was judged.
    static int afterMaking(Invocation in, DesiredSet desired, PkiDirectory directory, Instant now) {
        Table table = Table.of("NAME", "SUBJECT", "ISSUER", "EXPIRES", "FILE");
        int[] counts = new int[2];
        FoundSet found = desired.isLarge() ? directory : directory.readOnce();
        CryptoProvider provider = CryptoProvider.fastest();
        Judgement.of(desired, found, provider, now, Duration.ZERO).forEach(judgement -> {
            counts[0]++;
            if (counts[0] <= LONG) {
                table.row(
                        judgement.item().id(),
                        judgement.certificate().map(c -> c.subject().toString()).orElse("-"),
                        judgement.item().issuer().map(i -> i.label()).orElse("-"),
                        judgement
                                .certificate()
                                .map(c -> c.validity().notAfter().toString())
                                .orElse("-"),
                        judgement.item().mainPath());
            }
            for (Finding finding : judgement.findings()) {
                if (finding.isError()) {
                    counts[1]++;
                    in.err().println("error: " + finding + " (cure: " + cure(finding, directory) + ")");
                }
            }
        });
        table.print(in.out());
        if (counts[0] > LONG) {
            in.out()
                    .println("... and " + (counts[0] - LONG) + " more; 'kubepki list --dir " + directory.directory()
                            + "' shows them");
        }
        return counts[1] == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    /// The cure as it can be typed here: with the folder, and with whole paths in shell commands.
    static String cure(Finding finding, PkiDirectory directory) {
        String cure = finding.cure();
        if (cure.startsWith("kubepki ")) {
            return cure + " --dir " + directory.directory();
        }
        boolean shell = cure.startsWith("chmod ") || cure.startsWith("cp ") || cure.startsWith("openssl ");
        if (!shell) {
            return cure;
        }
        StringBuilder typed = new StringBuilder();
        for (String word : cure.split(" ", -1)) {
            boolean path = word.startsWith("pki/") || word.startsWith("nodes/") || word.endsWith(".conf");
            typed.append(typed.isEmpty() ? "" : " ")
                    .append(path ? directory.resolve(word).toString() : word);
        }
        return typed.toString();
    }
}
