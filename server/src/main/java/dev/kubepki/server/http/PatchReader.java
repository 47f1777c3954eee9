package dev.kubepki.server.http;

import dev.kubepki.api.codec.DecodeFailure;
import dev.kubepki.api.codec.Decoded;
import dev.kubepki.api.codec.JsonCodec;
import dev.kubepki.api.codec.YamlCodec;
import dev.kubepki.api.failure.Failures;
import tools.jackson.databind.JsonNode;

/// Reads the bodies of patches, which are documents of no kind.
final class PatchReader {
    private final JsonCodec json;
    private final YamlCodec yaml;

    PatchReader(JsonCodec json) {
        this.json = json;
        this.yaml = new YamlCodec(json);
    }

    /// @param isYaml whether it is YAML, of which JSON is a part
    /// @throws dev.kubepki.api.failure.ApiFailure 400
    Decoded<JsonNode> read(byte[] body, boolean isYaml) {
        try {
            return isYaml ? yaml.read(body) : json.read(body);
        } catch (DecodeFailure e) {
            throw Failures.badRequest((isYaml ? "error decoding YAML: " : "error decoding patch: ") + e.text());
        }
    }
}
