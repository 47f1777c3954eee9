package dev.kubepki.server;

import dev.kubepki.server.auth.ObjectLookup;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Finds objects once there is something to find them in: tokens are judged by objects, and the objects' server is made
/// with the reviews of tokens. Until then nothing is found, and so no token is good.
final class LateLookup implements ObjectLookup {
    private volatile ObjectLookup objects = (group, plural, namespace, name) -> Optional.empty();

    void openWith(ObjectLookup there) {
        objects = there;
    }

    @Override
    public Optional<ObjectNode> find(String group, String plural, String namespace, String name) {
        return objects.find(group, plural, namespace, name);
    }
}
