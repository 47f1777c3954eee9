package dev.kubepki.server.auth.node;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a pod needs of its node's kubelet.
final class PodReferences {
    private static final List<String> CONTAINERS = List.of("containers", "initContainers", "ephemeralContainers");
    /// Volumes whose Secret is named under `secretRef`.
    private static final List<String> WITH_SECRET =
            List.of("cephfs", "cinder", "flexVolume", "rbd", "scaleIO", "iscsi", "storageos");

    private final String namespace;
    private final String podName;
    private final Set<Reference> found = new HashSet<>();

    private PodReferences(String namespace, String podName) {
        this.namespace = namespace;
        this.podName = podName;
    }

    /// The pod itself among them. A mirror of a pod that the kubelet has from elsewhere gives nothing else: who may
    /// make mirrors could reach everything.
    static Set<Reference> of(ObjectNode pod) {
        JsonNode metadata = pod.path("metadata");
        PodReferences references = new PodReferences(
                metadata.path("namespace").asString(""), metadata.path("name").asString(""));
        references.add("pods", metadata.path("name"));
        if (!metadata.path("annotations").has("kubernetes.io/config.mirror")) {
            references.spec(pod.path("spec"));
            for (JsonNode status : pod.path("status").path("resourceClaimStatuses")) {
                references.add("resourceclaims", status.path("resourceClaimName"));
            }
        }
        return references.found;
    }

    private void spec(JsonNode spec) {
        add("serviceaccounts", spec.path("serviceAccountName"));
        spec.path("imagePullSecrets").forEach(secret -> add("secrets", secret.path("name")));
        for (String list : CONTAINERS) {
            spec.path(list).forEach(this::container);
        }
        spec.path("volumes").forEach(this::volume);
        spec.path("resourceClaims").forEach(claim -> add("resourceclaims", claim.path("resourceClaimName")));
    }

    private void container(JsonNode container) {
        for (JsonNode variable : container.path("env")) {
            JsonNode from = variable.path("valueFrom");
            add("secrets", from.path("secretKeyRef").path("name"));
            add("configmaps", from.path("configMapKeyRef").path("name"));
        }
        for (JsonNode from : container.path("envFrom")) {
            add("secrets", from.path("secretRef").path("name"));
            add("configmaps", from.path("configMapRef").path("name"));
        }
    }

    private void volume(JsonNode volume) {
        add("secrets", volume.path("secret").path("secretName"));
        add("secrets", volume.path("azureFile").path("secretName"));
        add("secrets", volume.path("csi").path("nodePublishSecretRef").path("name"));
        WITH_SECRET.forEach(
                type -> add("secrets", volume.path(type).path("secretRef").path("name")));
        add("configmaps", volume.path("configMap").path("name"));
        add("persistentvolumeclaims", volume.path("persistentVolumeClaim").path("claimName"));
        if (volume.path("ephemeral").isObject()) {
            String claim = podName + "-" + volume.path("name").asString("");
            found.add(new Reference("persistentvolumeclaims", namespace, claim));
        }
        for (JsonNode source : volume.path("projected").path("sources")) {
            add("secrets", source.path("secret").path("name"));
            add("configmaps", source.path("configMap").path("name"));
        }
    }

    private void add(String plural, JsonNode name) {
        String text = name.asString("");
        if (!text.isEmpty()) {
            found.add(new Reference(plural, namespace, text));
        }
    }
}
