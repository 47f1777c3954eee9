package dev.kubepki.server.registry;

import dev.kubepki.server.store.Store;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Objects straight from the store.
record StoredObjects(Store store, Resources resources) implements Context.Objects {
    @Override
    public Optional<ObjectNode> find(String group, String plural, String namespace, String name) {
        return resources
                .named(group.isEmpty() ? plural : plural + "." + group)
                .flatMap(resource -> store.get(resource.key(namespace, name))
                        .map(stored -> Reads.object(stored).tree(resource.storageApiVersion())));
    }
}
