package dev.kubepki.server.registry;

import tools.jackson.databind.node.ObjectNode;

/// Objects as bytes of the store, and as answers afterwards.
final class StoredForm {
    private StoredForm() {}

    /// JSON of the storage version without a resourceVersion. The tree is as before afterwards, but for the
    /// resourceVersion, which is gone.
    static byte[] bytes(ObjectNode ordered, Resource resource) {
        String apiVersion = ordered.path("apiVersion").asString("");
        Metadata.of(ordered).node().remove("resourceVersion");
        ordered.put("apiVersion", resource.storageApiVersion());
        byte[] bytes = Trees.bytes(ordered);
        ordered.put("apiVersion", apiVersion);
        return bytes;
    }

    /// The tree with the resourceVersion of its write.
    static ObjectNode answer(ObjectNode object, long revision) {
        Metadata.of(object).node().put("resourceVersion", Long.toString(revision));
        return Metadata.ordered(object);
    }
}
