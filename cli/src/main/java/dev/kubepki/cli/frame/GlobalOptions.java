package dev.kubepki.cli.frame;

import java.util.ArrayList;
import java.util.List;

/// The options that every command has.
final class GlobalOptions {
    private static final OptionSpec COLOR = OptionSpec.choice(
                    "color", "WHEN", List.of("auto", "always", "never"), "whether to colour the output")
            .defaultsTo("auto");
    private static final OptionSpec QUIET =
            OptionSpec.flag("quiet", "print results, warnings and errors only").letter('q');
    private static final OptionSpec HELP =
            OptionSpec.flag("help", "print this help").letter('h');
    private static final OptionSpec VERSION = OptionSpec.flag("version", "print the version");

    private GlobalOptions() {}

    static List<OptionSpec> ofCommand() {
        return List.of(COLOR, QUIET, HELP);
    }

    static List<OptionSpec> ofProgram() {
        return List.of(COLOR, QUIET, HELP, VERSION);
    }

    static List<OptionSpec> with(List<OptionSpec> own) {
        List<OptionSpec> all = new ArrayList<>(own);
        all.addAll(ofCommand());
        return all;
    }

    /// Whether help is asked for anywhere before the options end; then nothing else on the line matters.
    static boolean askHelp(List<String> words) {
        for (String word : words) {
            if (word.equals("--")) {
                return false;
            }
            if (word.equals("--help") || word.equals("-h")) {
                return true;
            }
        }
        return false;
    }
}
