package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.OutputFormat;
import dev.kubepki.pki.key.CryptoProvider;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// `kubepki version`.
public final class VersionCommand implements Handler {

    /// The command's row.
    public static CommandSpec spec() {
        return CommandSpec.named("version", "Print the version and what the program runs on")
                .describedAs("""
                        Prints the version. With --verbose also the commit it was built from, the Java it runs on, the
                        provider that makes keys and signatures, whether the start-up (AOT) cache is in use, and where
                        the program lies.
                        """)
                .options(
                        OptionSpec.flag("verbose", "say what the program runs on")
                                .letter('v'),
                        OptionSpec.output(OutputFormat.TEXT, OutputFormat.JSON, OutputFormat.YAML))
                .example("kubepki version -v", "what to put into a report of a fault")
                .runs(VersionCommand::new);
    }

    @Override
    public int run(Invocation in) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("version", in.table().version());
        if (in.flag("verbose")) {
            facts.put("commit", RunningProgram.commit());
            facts.put("java", Runtime.version() + " (" + System.getProperty("java.vendor", "unknown vendor") + ")");
            facts.put("cryptoProvider", CryptoProvider.fastest().name());
            facts.put("aotCache", RunningProgram.aotCache());
            facts.put("program", RunningProgram.location());
        }
        in.out()
                .print(
                        switch (in.output()) {
                            case JSON -> json(facts);
                            case YAML -> yaml(facts);
                            default -> text(in.table().program(), facts);
                        });
        return ExitCode.DONE;
    }

    private static String text(String program, Map<String, String> facts) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            String label = fact.getKey().equals("version") ? program : fact.getKey();
            text.append(label).repeat(' ', facts.size() == 1 ? 1 : 16 - label.length());
            text.append(fact.getValue()).append('\n');
        }
        return text.toString();
    }

    private static String json(Map<String, String> facts) {
        StringBuilder json = new StringBuilder("{");
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            json.append(json.length() == 1 ? "\n" : ",\n").append("  \"").append(fact.getKey());
            json.append("\": ").append(quoted(fact.getValue()));
        }
        return json.append("\n}\n").toString();
    }

    private static String yaml(Map<String, String> facts) {
        StringBuilder yaml = new StringBuilder();
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            yaml.append(fact.getKey())
                    .append(": ")
                    .append(quoted(fact.getValue()))
                    .append('\n');
        }
        return yaml.toString();
    }

    // A JSON string (RFC 8259 section 7) is a YAML double-quoted scalar as well.
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
