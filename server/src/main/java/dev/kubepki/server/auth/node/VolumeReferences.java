package dev.kubepki.server.auth.node;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The claim that a persistent volume is given to, and the Secrets that mounting it takes.
record VolumeReferences(Reference claim, Set<Reference> secrets) {
    private static final List<String> OF_DRIVERS = List.of(
            "controllerPublishSecretRef",
            "controllerExpandSecretRef",
            "nodePublishSecretRef",
            "nodeStageSecretRef",
            "nodeExpandSecretRef");
    private static final List<String> WITH_SECRET =
            List.of("cephfs", "cinder", "flexVolume", "rbd", "scaleIO", "iscsi", "storageos");

    static VolumeReferences of(ObjectNode volume) {
        JsonNode spec = volume.path("spec");
        String namespace = spec.path("claimRef").path("namespace").asString("");
        String name = spec.path("claimRef").path("name").asString("");
        Set<Reference> secrets = new HashSet<>();
        OF_DRIVERS.forEach(key -> add(secrets, spec.path("csi").path(key), namespace));
        WITH_SECRET.forEach(type -> add(secrets, spec.path(type).path("secretRef"), namespace));
        JsonNode azure = spec.path("azureFile");
        add(
                secrets,
                azure.path("secretName").asString(""),
                azure.path("secretNamespace").asString(""),
                namespace);
        return new VolumeReferences(new Reference("persistentvolumeclaims", namespace, name), secrets);
    }

    private static void add(Set<Reference> secrets, JsonNode reference, String namespace) {
        add(
                secrets,
                reference.path("name").asString(""),
                reference.path("namespace").asString(""),
                namespace);
    }

    /// A Secret without a namespace is in the claim's.
    private static void add(Set<Reference> secrets, String name, String own, String namespace) {
        if (!name.isEmpty()) {
            secrets.add(new Reference("secrets", own.isEmpty() ? namespace : own, name));
        }
    }
}
