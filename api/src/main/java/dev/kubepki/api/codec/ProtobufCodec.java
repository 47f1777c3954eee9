package dev.kubepki.api.codec;

import com.google.protobuf.ByteString;
import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.kind.GroupVersionKind;
import dev.kubepki.api.schema.MessageType;
import dev.kubepki.api.schema.Schema;
import java.nio.ByteBuffer;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Trees from and to the protobuf of Kubernetes: four bytes `k8s\0`, then an envelope with the kind and the message.
public final class ProtobufCodec {
    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final int ROOM = 1024;

    private final Schema schema;

    /// With the kinds of a schema.
    public ProtobufCodec(Schema schema) {
        this.schema = schema;
    }

    /// What an envelope says of its message.
    record Envelope(String apiVersion, String kind, ByteString message) {}

    /// An object of the kind that the envelope names.
    ///
    /// @throws DecodeFailure when it is broken, or the kind is not known
    public ObjectNode read(byte[] bytes) {
        Envelope envelope = open(bytes);
        GroupVersionKind kind = GroupVersion.parse(envelope.apiVersion()).kind(envelope.kind());
        MessageType type = schema.of(kind);
        if (type == null) {
            throw DecodeFailure.type(
                    "no kind \"" + kind.kind() + "\" is registered for version \"" + kind.groupVersion() + "\"");
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("kind", kind.kind()).put("apiVersion", envelope.apiVersion());
        return object.setAll(message(envelope.message().toByteArray(), type));
    }

    /// Whether objects of that kind can be written.
    public boolean writes(GroupVersionKind kind) {
        return schema.of(kind) != null;
    }

    /// The object in its envelope, by the kind it names.
    ///
    /// @throws IllegalArgumentException when the kind's fields are not known
    public byte[] write(ObjectNode object) {
        String apiVersion = object.path("apiVersion").asString("");
        String kind = object.path("kind").asString("");
        MessageType type = schema.of(GroupVersion.parse(apiVersion).kind(kind));
        if (type == null) {
            throw new IllegalArgumentException(apiVersion + " " + kind + " has no protobuf form");
        }
        WireWriter out = new WireWriter(ROOM);
        out.text(4, "");
        out.text(3, "");
        int end = out.size();
        new MessageWriter(schema, out).message(type, object);
        out.wrap(2, end);
        int meta = out.size();
        out.text(2, kind);
        out.text(1, apiVersion);
        out.wrap(1, meta);
        out.raw(MAGIC);
        return out.bytes();
    }

    /// A frame of a watch: its length, then the event with the object in its envelope.
    public byte[] watchFrame(String type, ObjectNode object) {
        return watchFrame(type, write(object));
    }

    /// A frame of a watch around an envelope.
    public byte[] watchFrame(String type, byte[] envelope) {
        WireWriter out = new WireWriter(envelope.length + type.length() + 32);
        out.bytes(1, envelope);
        out.wrap(2, 0);
        out.text(1, type);
        out.raw(ByteBuffer.allocate(Integer.BYTES).putInt(out.size()).array());
        return out.bytes();
    }

    /// @throws DecodeFailure when it is none
    Envelope open(byte[] bytes) {
        if (bytes.length == 0) {
            throw DecodeFailure.syntax("empty data");
        }
        if (bytes.length < MAGIC.length || !Arrays.equals(MAGIC, 0, MAGIC.length, bytes, 0, MAGIC.length)) {
            throw DecodeFailure.syntax(
                    "provided data does not appear to be a protobuf message, " + "expected prefix [107 56 115 0]");
        }
        if (bytes.length == MAGIC.length) {
            throw DecodeFailure.syntax("empty body");
        }
        return envelope(Arrays.copyOfRange(bytes, MAGIC.length, bytes.length));
    }

    private static Envelope envelope(byte[] bytes) {
        WireReader in = new WireReader(bytes);
        String[] meta = {"", ""};
        byte[] message = {};
        while (in.next()) {
            switch (in.number()) {
                case 1 ->
                    in.message("TypeMeta", ignored -> {
                        switch (in.number()) {
                            case 1 -> meta[0] = in.text("APIVersion");
                            case 2 -> meta[1] = in.text("Kind");
                            default -> in.skip();
                        }
                    });
                case 2 -> message = in.bytes("Raw");
                default -> in.skip();
            }
        }
        return new Envelope(meta[0], meta[1], ByteString.copyFrom(message));
    }

    /// @throws DecodeFailure when it is broken
    ObjectNode message(byte[] bytes, MessageType type) {
        return new MessageReader(schema, new WireReader(bytes)).root(type);
    }

    /// The tree as a message without an envelope, such as the raw form of a Status in an event.
    public byte[] message(JsonNode tree, MessageType type) {
        WireWriter out = new WireWriter(ROOM);
        new MessageWriter(schema, out).message(type, tree);
        return out.bytes();
    }
}
