package dev.kubepki.server.registry;

import dev.kubepki.api.codec.JsonCodec;
import dev.kubepki.api.codec.UnknownFields;
import dev.kubepki.api.schema.MessageType;
import dev.kubepki.api.schema.Schema;
import dev.kubepki.server.store.Store.Stored;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Objects as bytes of the store: JSON of the storage version without a resourceVersion, the same bytes for the same
/// object.
final class StoredForm {
    private final Schema schema;
    private final JsonCodec json;

    StoredForm(Schema schema) {
        this.schema = schema;
        this.json = new JsonCodec(schema);
    }

    Schema schema() {
        return schema;
    }

    JsonCodec json() {
        return json;
    }

    /// The bytes; the tree is as before afterwards.
    byte[] bytes(ObjectNode object, Resource resource) {
        String apiVersion = object.path("apiVersion").asString("");
        ObjectNode metadata = Metadata.of(object).node();
        JsonNode version = metadata.remove("resourceVersion");
        object.put("apiVersion", resource.storageApiVersion());
        Renaming renaming = resource.renaming();
        byte[] line = json.write(renaming == null ? object : renaming.stored(object));
        object.put("apiVersion", apiVersion);
        if (version != null) {
            metadata.set("resourceVersion", version);
        }
        return Arrays.copyOf(line, line.length - 1);
    }

    /// What is stored, as a body of the version would be read: without nulls.
    ObjectNode tree(Stored stored, Resource resource, String version) {
        MessageType type = schema.of(resource.storedKind());
        ObjectNode read = type == null
                ? Trees.parse(stored.value())
                : json.read(stored.value(), type, UnknownFields.KEEP).tree();
        Renaming renaming = resource.renaming();
        ObjectNode tree = renaming == null ? read : renaming.served(read);
        tree.put("kind", resource.kind().name());
        tree.put("apiVersion", resource.apiVersion(version));
        return answer(tree, stored.revision());
    }

    /// The tree with the resourceVersion of its write.
    static ObjectNode answer(ObjectNode object, long revision) {
        Metadata.of(object).node().put("resourceVersion", Long.toString(revision));
        return object;
    }
}
