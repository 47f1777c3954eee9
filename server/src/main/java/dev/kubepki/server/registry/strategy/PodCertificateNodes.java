package dev.kubepki.server.registry.strategy;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.server.registry.Context;
import dev.kubepki.server.registry.Strategy.Operation;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// NodeRestriction for PodCertificateRequests: a node asks for pods that run on it, and in their own name.
///
/// What may only be late in arriving is a plain error, so that the kubelet tries again.
final class PodCertificateNodes {
    private PodCertificateNodes() {}

    static void check(Operation operation, ObjectNode object, Context context) {
        Optional<String> caller = NodeRestriction.node(context.call().user());
        if (caller.isEmpty()) {
            return;
        }
        String node = caller.get();
        NodeRestriction.requireName(node, object, context);
        if (operation != Operation.CREATE) {
            throw forbidden(object, context, "unexpected operation " + operation);
        }
        String nodeName = Trees.text(object, "spec", "nodeName");
        if (!nodeName.equals(node)) {
            throw forbidden(
                    object,
                    context,
                    "PodCertificateRequest.Spec.NodeName=\"" + nodeName + "\", which is not the requesting node \""
                            + node + "\"");
        }
        String namespace = context.call().namespace();
        ObjectNode there = existing("", "nodes", "", nodeName, context);
        requireUid(there, Trees.text(object, "spec", "nodeUID"), "NodeUID");
        ObjectNode pod = existing("", "pods", namespace, Trees.text(object, "spec", "podName"), context);
        requireUid(pod, Trees.text(object, "spec", "podUID"), "PodUID");
        if (!Trees.text(pod, "spec", "nodeName").equals(node)) {
            throw forbidden(object, context, "pod is not running on the requesting node");
        }
        if (pod.path("metadata").path("annotations").has("kubernetes.io/config.mirror")) {
            throw forbidden(object, context, "pod is a mirror pod");
        }
        String account = Trees.text(object, "spec", "serviceAccountName");
        if (!Trees.text(pod, "spec", "serviceAccountName").equals(account)) {
            throw forbidden(
                    object,
                    context,
                    "PodCertificateRequest.Spec.ServiceAccountName=\"" + account
                            + "\", which is not the service account of the pod");
        }
        ObjectNode serviceAccount = existing("", "serviceaccounts", namespace, account, context);
        requireUid(serviceAccount, Trees.text(object, "spec", "serviceAccountUID"), "ServiceAccountUID");
    }

    private static ObjectNode existing(String group, String plural, String namespace, String name, Context context) {
        return context.objects()
                .find(group, plural, namespace, name)
                .orElseThrow(() -> Failures.raw("while retrieving " + plural + " \"" + name + "\": not found"));
    }

    private static void requireUid(ObjectNode there, String asked, String field) {
        String uid = Trees.text(there, "metadata", "uid");
        if (!uid.equals(asked)) {
            throw Failures.raw(
                    "PodCertificateRequest." + field + "=\"" + asked + "\" is not the current one, \"" + uid + "\"");
        }
    }

    private static RuntimeException forbidden(ObjectNode object, Context context, String text) {
        return Failures.forbidden(context.call().kind().resource(), Trees.text(object, "metadata", "name"), text);
    }
}
