package dev.kubepki.api.discovery;

import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What `/version` answers: the Kubernetes version that the behaviour follows, and the program's own as a suffix.
///
/// @param program the program's version, such as `0.1.0`
/// @param os such as `Linux`, as Java names it
/// @param architecture such as `amd64`
public record ServerVersion(String program, String os, String architecture) {
    private static final String MAJOR = "1";
    private static final String MINOR = "36";
    private static final String PATCH = "2";
    private static final String OLDEST_COMPATIBLE_MINOR = "35";

    /// `v1.36.2+kubepki-0.1.0`: build metadata, so that comparisons take it for the version before the plus.
    public String gitVersion() {
        return "v" + MAJOR + "." + MINOR + "." + PATCH + "+kubepki-" + program;
    }

    /// The document, with all keys that clients know; what only a Go program has is empty.
    public ObjectNode document() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("major", MAJOR)
                .put("minor", MINOR)
                .put("emulationMajor", MAJOR)
                .put("emulationMinor", MINOR)
                .put("minCompatibilityMajor", MAJOR)
                .put("minCompatibilityMinor", OLDEST_COMPATIBLE_MINOR)
                .put("gitVersion", gitVersion())
                .put("gitCommit", "")
                .put("gitTreeState", "")
                .put("buildDate", "1970-01-01T00:00:00Z")
                .put("goVersion", "")
                .put("compiler", "javac")
                .put("platform", os.toLowerCase(Locale.ROOT) + "/" + architecture);
    }
}
