package dev.kubepki.server.auth.node;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/// Which objects belong to which node, by the pods that are bound to it. Whoever watches the store keeps it up to date;
/// until it says that everything is here, nothing belongs to anybody.
public final class NodeObjects {
    /// What one object gives to a node.
    private record Share(String node, Set<Reference> references) {}

    private final Map<Reference, Share> shares = new HashMap<>();
    private final Map<String, Map<Reference, Integer>> ofNodes = new ConcurrentHashMap<>();
    private final Map<String, VolumeReferences> volumes = new ConcurrentHashMap<>();
    private final Map<Reference, Set<String>> volumesOfSecrets = new ConcurrentHashMap<>();
    private volatile boolean complete;

    /// Takes an object that is new or changed: Pod, PodCertificateRequest, PersistentVolume, VolumeAttachment; others
    /// are no concern.
    public synchronized void put(ObjectNode object) {
        String kind = object.path("kind").asString("");
        String namespace = object.path("metadata").path("namespace").asString("");
        String name = object.path("metadata").path("name").asString("");
        String node = object.path("spec").path("nodeName").asString("");
        switch (kind) {
            case "Pod" -> share(new Reference("pods", namespace, name), new Share(node, PodReferences.of(object)));
            case "PodCertificateRequest" -> shareItself(new Reference("podcertificaterequests", namespace, name), node);
            case "VolumeAttachment" -> shareItself(new Reference("volumeattachments", "", name), node);
            case "PersistentVolume" -> volume(name, VolumeReferences.of(object));
            default -> {}
        }
    }

    /// Forgets an object that was deleted.
    public synchronized void remove(String kind, String namespace, String name) {
        switch (kind) {
            case "Pod" -> unshare(new Reference("pods", namespace, name));
            case "PodCertificateRequest" -> unshare(new Reference("podcertificaterequests", namespace, name));
            case "VolumeAttachment" -> unshare(new Reference("volumeattachments", "", name));
            case "PersistentVolume" -> removeVolume(name);
            default -> {}
        }
    }

    /// Everything is here.
    public void completed() {
        complete = true;
    }

    /// Whether an object belongs to a node, through pods, their claims and the volumes of these.
    boolean belongs(Reference reference, String node) {
        if (!complete) {
            return false;
        }
        Map<Reference, Integer> own = ofNodes.get(node);
        if (own == null) {
            return false;
        }
        if (own.containsKey(reference)) {
            return true;
        }
        return switch (reference.plural()) {
            case "persistentvolumes" -> isMounted(reference.name(), own);
            case "secrets" ->
                volumesOfSecrets.getOrDefault(reference, Set.of()).stream().anyMatch(volume -> isMounted(volume, own));
            default -> false;
        };
    }

    private boolean isMounted(String volume, Map<Reference, Integer> own) {
        VolumeReferences references = volumes.get(volume);
        return references != null && own.containsKey(references.claim());
    }

    private void shareItself(Reference self, String node) {
        share(self, new Share(node, Set.of(self)));
    }

    private void share(Reference key, Share share) {
        if (share.node().isEmpty()) {
            unshare(key);
            return;
        }
        Map<Reference, Integer> own = ofNodes.computeIfAbsent(share.node(), node -> new ConcurrentHashMap<>());
        share.references().forEach(reference -> own.merge(reference, 1, Integer::sum));
        // The old share goes after the new one came: what is in both belongs to the node all the while.
        unshare(key);
        shares.put(key, share);
    }

    private void unshare(Reference key) {
        Share old = shares.remove(key);
        Map<Reference, Integer> own = old == null ? null : ofNodes.get(old.node());
        if (old != null && own != null) {
            old.references()
                    .forEach(reference -> own.computeIfPresent(reference, (k, count) -> count == 1 ? null : count - 1));
            if (own.isEmpty()) {
                ofNodes.remove(old.node());
            }
        }
    }

    private void volume(String name, VolumeReferences references) {
        removeVolume(name);
        volumes.put(name, references);
        references
                .secrets()
                .forEach(secret -> volumesOfSecrets
                        .computeIfAbsent(secret, key -> ConcurrentHashMap.newKeySet())
                        .add(name));
    }

    private void removeVolume(String name) {
        VolumeReferences old = volumes.remove(name);
        if (old != null) {
            old.secrets()
                    .forEach(secret -> volumesOfSecrets.computeIfPresent(secret, (key, names) -> {
                        names.remove(name);
                        return names.isEmpty() ? null : names;
                    }));
        }
    }
}
