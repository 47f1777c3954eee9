package dev.kubepki.cli.cluster;

import dev.kubepki.api.kind.Kind;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.OutputFormat;
import dev.kubepki.pki.inspect.SafeText;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// How objects that a command makes or changes are told: in a line, as kubectl tells them, or whole.
final class ObjectOutput {
    private static final String DRY_RUN = "dry-run";

    private ObjectOutput() {}

    static OptionSpec form() {
        return OptionSpec.choice("output", "FORM", List.of("name", "json", "yaml"), "print the object in this form")
                .letter('o');
    }

    static OptionSpec dryRun() {
        return OptionSpec.choice(DRY_RUN, "HOW", List.of("none", "client"), "client: print, and send nothing")
                .impliedValue("client")
                .defaultsTo("none");
    }

    static boolean isDryRun(Invocation in) {
        return in.required(DRY_RUN).equals("client");
    }

    /// Tells what became of an object.
    ///
    /// @param verb such as `created`
    static void tell(Invocation in, Kind kind, ObjectNode object, String verb) {
        String form = in.string("output").orElse("");
        String name = name(kind, object);
        switch (form) {
            case "json" -> in.out().print(SafeText.escapeDocument(Trees.print(object, OutputFormat.JSON)));
            case "yaml" -> in.out().print(SafeText.escapeDocument(Trees.print(object, OutputFormat.YAML)));
            case "name" -> in.out().println(name);
            default -> in.out().println(name + " " + verb + (verb.equals("created") && dry(in) ? " (dry run)" : ""));
        }
    }

    private static boolean dry(Invocation in) {
        return isDryRun(in);
    }

    /// `certificatesigningrequest.certificates.k8s.io/anna`, as kubectl calls it.
    static String name(Kind kind, ObjectNode object) {
        String group = kind.group().isEmpty() ? "" : "." + kind.group();
        return kind.name().toLowerCase(Locale.ROOT) + group + "/"
                + SafeText.escape(object.path("metadata").path("name").asString(""));
    }
}
