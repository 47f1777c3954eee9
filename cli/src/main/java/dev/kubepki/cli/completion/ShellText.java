package dev.kubepki.cli.completion;

import dev.kubepki.cli.completion.CompletionNode.Word;
import dev.kubepki.cli.frame.ValueKind;
import java.util.ArrayList;
import java.util.List;

/// What the scripts share: quoting, and the marks `:file` and `:directory` for what the shell itself completes.
final class ShellText {
    private ShellText() {}

    /// In single quotes, as POSIX shells read them.
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /// What may follow the path, options apart: commands, or the operands' words or mark; empty for nothing.
    static String following(CompletionNode node) {
        List<String> words = new ArrayList<>();
        for (Word command : node.commands()) {
            words.add(command.text());
        }
        return words.isEmpty() ? values(node.operands().kind(), node.operands().choices()) : String.join(" ", words);
    }

    /// The words or the mark for a value; empty where anything may stand.
    static String values(ValueKind kind, List<String> choices) {
        return switch (kind) {
            case FILE -> ":file";
            case DIRECTORY -> ":directory";
            case CHOICE -> String.join(" ", choices);
            case NONE, TEXT, DURATION, INTEGER -> "";
        };
    }
}
