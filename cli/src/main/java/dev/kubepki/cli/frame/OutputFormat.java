package dev.kubepki.cli.frame;

/// The forms that `-o` can ask for; each command declares with [OptionSpec#output] which of them it has.
public enum OutputFormat {
    TABLE("table"),
    WIDE("wide"),
    TREE("tree"),
    NAME("name"),
    TEXT("text"),
    JSON("json"),
    YAML("yaml"),
    PROMETHEUS("prometheus"),
    PEM("pem"),
    FLAGS("flags"),
    MANIFEST("manifest"),
    KUBELET_CONFIG("kubelet-config");

    private final String word;

    OutputFormat(String word) {
        this.word = word;
    }

    /// The word after `-o`.
    public String word() {
        return word;
    }

    static OutputFormat of(String word) {
        for (OutputFormat format : values()) {
            if (format.word.equals(word)) {
                return format;
            }
        }
        throw new UsageException("there is no output form '" + word + "'");
    }
}
