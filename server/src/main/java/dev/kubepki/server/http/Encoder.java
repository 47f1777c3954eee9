package dev.kubepki.server.http;

import dev.kubepki.api.codec.Format;
import dev.kubepki.api.codec.JsonCodec;
import dev.kubepki.api.codec.MediaType;
import dev.kubepki.api.codec.ProtobufCodec;
import dev.kubepki.api.codec.YamlCodec;
import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.schema.Schema;
import tools.jackson.databind.node.ObjectNode;

/// Objects as the bytes that a client asked for.
final class Encoder {
    private final JsonCodec json;
    private final YamlCodec yaml;
    private final ProtobufCodec protobuf;

    Encoder(Schema schema) {
        this.json = new JsonCodec(schema);
        this.yaml = new YamlCodec(json);
        this.protobuf = new ProtobufCodec(schema);
    }

    /// A reply that holds an object: in JSON where there is no protobuf of its kind.
    Reply.Whole reply(int status, ObjectNode object, MediaType form) {
        Format format = form.format() == Format.PROTOBUF && !hasProtobuf(object) ? Format.JSON : form.format();
        byte[] body = switch (format) {
            case JSON -> form.pretty() ? json.writePretty(object) : json.write(object);
            case YAML -> yaml.write(object);
            case PROTOBUF -> protobuf.write(object);
        };
        return Reply.of(status, format.mediaType(), body);
    }

    private boolean hasProtobuf(ObjectNode object) {
        GroupVersion version = GroupVersion.parse(object.path("apiVersion").asString(""));
        return protobuf.writes(version.kind(object.path("kind").asString("")));
    }

    /// One event of a watch.
    byte[] frame(String type, ObjectNode object, Format format) {
        return format == Format.PROTOBUF ? protobuf.watchFrame(type, object) : JsonFrame.of(type, json.write(object));
    }
}
