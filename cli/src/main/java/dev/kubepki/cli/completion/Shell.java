package dev.kubepki.cli.completion;

import dev.kubepki.cli.frame.CommandTable;
import java.util.List;

/// The shells that there is completion for.
public enum Shell {
    BASH("bash", "source <(kubepki completion bash)", "in this shell; as a line of ~/.bashrc in every one"),
    ZSH(
            "zsh",
            "kubepki completion zsh > \"${fpath[1]}/_kubepki\"",
            "from the next shell on, where compinit is called in ~/.zshrc"),
    FISH("fish", "kubepki completion fish > ~/.config/fish/completions/kubepki.fish", "from the next shell on");

    private final String word;
    private final String loading;
    private final String loadingMeaning;

    Shell(String word, String loading, String loadingMeaning) {
        this.word = word;
        this.loading = loading;
        this.loadingMeaning = loadingMeaning;
    }

    /// The shell's name.
    public String word() {
        return word;
    }

    /// The script that the shell reads.
    public String script(CommandTable table) {
        List<CompletionNode> nodes = CompletionNode.of(table);
        return switch (this) {
            case BASH -> BashScript.of(table.program(), nodes);
            case ZSH -> ZshScript.of(table.program(), nodes);
            case FISH -> FishScript.of(table.program(), nodes);
        };
    }

    /// The command line that makes the shell use the script.
    public String loading() {
        return loading;
    }

    /// What that command line does.
    public String loadingMeaning() {
        return loadingMeaning;
    }
}
