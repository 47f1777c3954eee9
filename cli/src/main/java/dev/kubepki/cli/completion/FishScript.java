package dev.kubepki.cli.completion;

import dev.kubepki.cli.completion.CompletionNode.Word;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.ValueKind;
import java.util.ArrayList;
import java.util.List;

/// For fish, with what each word means: one `complete` line a word, under the condition that the line is at its
/// command.
final class FishScript {
    private static final String WALK = """
            function __PROG_path
                set -l at ''
                set -l skip 0
                for word in (commandline -opc)[2..-1]
                    if test $skip = 1
                        set skip 0
                    else if string match -q -- '-*' $word
                        contains -- "$at $word" $__PROG_values; and set skip 1
                    else
                        set -l longer (string trim -- "$at $word")
                        contains -- $longer $__PROG_paths; and set at $longer
                    end
                end
                printf '%s\\n' $at
            end

            function __PROG_at
                set -l at (__PROG_path)
                test "$at" = "$argv[1]"
            end

            complete -c PROG -f
            """;

    private FishScript() {}

    static String of(String program, List<CompletionNode> nodes) {
        StringBuilder script = new StringBuilder(
                "# Completion of " + program + " for fish: " + program + " completion fish | source\n\n");
        List<String> paths = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (CompletionNode node : nodes) {
            paths.add(quoted(node.path()));
            for (OptionSpec option : node.options()) {
                if (CompletionNode.takesNextWord(option)) {
                    for (String spelling : CompletionNode.spellings(option)) {
                        values.add(quoted(node.path() + " " + spelling));
                    }
                }
            }
        }
        script.append("set -g __").append(program).append("_paths ").append(String.join(" ", paths));
        script.append("\nset -g __").append(program).append("_values ").append(String.join(" ", values));
        script.append("\n\n").append(WALK.replace("PROG", program));
        for (CompletionNode node : nodes) {
            rows(script, program, node);
        }
        return script.toString();
    }

    private static void rows(StringBuilder script, String program, CompletionNode node) {
        String row = "complete -c " + program + " -n " + quoted("__" + program + "_at \"" + node.path() + "\"");
        for (Word command : node.commands()) {
            script.append(row).append(" -a ").append(quoted(command.text()));
            script.append(" -d ").append(quoted(command.meaning())).append('\n');
        }
        if (node.commands().isEmpty()) {
            String offered = offered(node.operands().kind(), node.operands().choices());
            script.append(offered.isEmpty() ? "" : row + offered + "\n");
        }
        for (OptionSpec option : node.options()) {
            script.append(row).append(" -l ").append(option.name());
            script.append(option.hasLetter() ? " -s " + option.letter() : "");
            if (CompletionNode.takesNextWord(option)) {
                script.append(" -x").append(offered(option.kind(), option.choices()));
            }
            script.append(" -d ").append(quoted(option.description())).append('\n');
        }
    }

    private static String offered(ValueKind kind, List<String> choices) {
        return switch (kind) {
            case FILE -> " -a '(__fish_complete_path (commandline -ct))'";
            case DIRECTORY -> " -a '(__fish_complete_directories (commandline -ct))'";
            case CHOICE -> " -a " + quoted(String.join(" ", choices));
            case NONE, TEXT, DURATION, INTEGER -> "";
        };
    }

    // Inside single quotes fish knows two escapes, of the quote and of the backslash.
    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
