package dev.kubepki.server.registry;

import dev.kubepki.api.codec.DecodeFailure;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.Failures;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Where a list goes on: clients give it back unread.
///
/// @param revision at which all pages are read; [#INCONSISTENT]: whatever is there now
/// @param start the key from which to go on
record ContinueToken(long revision, String start) {
    static final long INCONSISTENT = -1;
    private static final String VERSION = "meta.k8s.io/v1";
    private static final String INVALID = "invalid continue token: continue key is not valid";

    /// The text form; keys are told without the prefix of the list, but for its last slash.
    String encode(String prefix) {
        ObjectNode token = JsonNodeFactory.instance.objectNode();
        token.put("v", VERSION).put("rv", revision).put("start", start.substring(prefix.length() - 1));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Trees.bytes(token));
    }

    /// From the text form.
    static ContinueToken decode(String text, String prefix) {
        JsonNode token = tree(text);
        String version = token.path("v").asString("");
        long revision = token.path("rv").asLong(0);
        String start = token.path("start").asString("");
        if (!version.equals(VERSION)) {
            throw invalid(": server does not recognize this encoded version " + version);
        }
        if (revision == 0) {
            throw invalid(": incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
        }
        if (start.isEmpty()) {
            throw invalid(": encoded start key empty (version meta.k8s.io/v1)");
        }
        String relative = start.startsWith("/") ? start.substring(1) : start;
        // A client's token must not lead out of the list's own keys.
        String path = "/" + relative + "/";
        if (path.contains("/../") || path.contains("/./") || relative.contains("//")) {
            throw invalid(": " + start);
        }
        return new ContinueToken(revision, prefix + relative);
    }

    private static JsonNode tree(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw invalid(": illegal base64 data");
        }
        try {
            return Trees.parse(bytes);
        } catch (DecodeFailure | IllegalArgumentException notJson) {
            String shown = new String(bytes, StandardCharsets.ISO_8859_1);
            String first = shown.isEmpty() ? "" : shown.substring(0, 1);
            throw invalid(
                    first.isEmpty()
                            ? ": unexpected end of JSON input"
                            : ": invalid character '" + first + "' looking for beginning of value");
        }
    }

    private static ApiFailure invalid(String text) {
        return Failures.badRequest(INVALID + text);
    }
}
