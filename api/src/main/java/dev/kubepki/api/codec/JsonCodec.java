package dev.kubepki.api.codec;

import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.schema.MessageType;
import dev.kubepki.api.schema.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Trees from and to JSON.
public final class JsonCodec {
    /// What stands before the fields of a kind.
    static final List<String> TYPE_META = List.of("kind", "apiVersion");

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

    /// A document that is of this message, without nulls and without what its fields leave out when it is empty.
    ///
    /// @throws DecodeFailure when it is not JSON or does not fit
    public Decoded<ObjectNode> read(byte[] json, MessageType type, UnknownFields unknown) {
        TypedDocument document = document(json, type, unknown);
        if (document.fault() != null) {
            throw document.fault();
        }
        return new Decoded<>(document.tree(), document.problems());
    }

    /// As far as it could be read.
    ///
    /// @param fault the first value that did not fit; null when all did
    record TypedDocument(
            ObjectNode tree,
            List<String> problems,
            @Nullable DecodeFailure fault) {}

    /// @throws DecodeFailure when it is not JSON
    TypedDocument document(byte[] json, MessageType type, UnknownFields unknown) {
        JsonScanner in = new JsonScanner(json);
        DecodePath path = new DecodePath();
        TypedReader reader = new TypedReader(schema, in, path, unknown);
        ObjectNode tree = reader.root(type);
        in.end();
        return new TypedDocument(tree, path.problems(), reader.fault());
    }

    /// The tree and a newline; an object of a known kind as that kind is written: keys in order, sorted maps, no empty
    /// values but those that are always there.
    public byte[] write(JsonNode tree) {
        return write(tree, typeOf(tree), false);
    }

    /// Over several lines.
    public byte[] writePretty(JsonNode tree) {
        return write(tree, typeOf(tree), true);
    }

    /// The tree as this message is written, such as an item of a list, which does not say its kind; and a newline.
    public byte[] write(JsonNode tree, @Nullable MessageType type) {
        return write(tree, type, false);
    }

    private byte[] write(JsonNode tree, @Nullable MessageType type, boolean pretty) {
        JsonWriter out = new JsonWriter(pretty, ROOM);
        if (type == null) {
            out.value(tree);
        } else {
            new TypedWriter(schema, out).message(type, tree);
        }
        out.newline();
        return out.bytes();
    }

    private @Nullable MessageType typeOf(JsonNode tree) {
        JsonNode kind = tree.path("kind");
        JsonNode apiVersion = tree.path("apiVersion");
        return kind.isString() && apiVersion.isString()
                ? schema.of(GroupVersion.parse(apiVersion.stringValue()).kind(kind.stringValue()))
                : null;
    }
}
