package dev.kubepki.api.codec;

import dev.kubepki.api.schema.Schema;
import tools.jackson.databind.JsonNode;

/// Trees from and to JSON.
public final class JsonCodec {
    private static final int ROOM = 2048;

    private final Schema schema;

    /// With the kinds of a schema.
    public JsonCodec(Schema schema) {
        this.schema = schema;
    }

    /// Any document, as it is: patches, objects of unknown kinds.
    ///
    /// @throws DecodeFailure when it is not JSON
    public Decoded<JsonNode> read(byte[] json) {
        JsonScanner in = new JsonScanner(json);
        DecodePath path = new DecodePath();
        JsonNode tree = new FreeReader(in, path).value();
        in.end();
        return new Decoded<>(tree, path.problems());
    }

    /// The tree and a newline; an object of a known kind with its keys in the kind's order.
    public byte[] write(JsonNode tree) {
        return write(tree, false);
    }

    /// Over several lines.
    public byte[] writePretty(JsonNode tree) {
        return write(tree, true);
    }

    private byte[] write(JsonNode tree, boolean pretty) {
        JsonWriter out = new JsonWriter(pretty, ROOM);
        out.value(tree);
        out.newline();
        return out.bytes();
    }

}
