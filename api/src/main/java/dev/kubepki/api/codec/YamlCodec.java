package dev.kubepki.api.codec;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/// Trees from and to YAML, with the meaning that Kubernetes gives to it.
public final class YamlCodec {
    private final JsonCodec json;

    /// Objects are written with the fields that the JSON codec writes.
    public YamlCodec(JsonCodec json) {
        this.json = json;
    }

    /// One document as it is; the problem of all keys that stand twice is one.
    ///
    /// @throws DecodeFailure when it is not YAML, is deeper than any object, or holds more than one document
    public Decoded<JsonNode> read(byte[] yaml) {
        return YamlReader.read(yaml);
    }

    /// One document.
    public byte[] write(JsonNode tree) {
        return YamlWriter.write(json.read(json.write(tree)).tree()).getBytes(StandardCharsets.UTF_8);
    }
}
