package dev.kubepki.server.registry;

import dev.kubepki.api.failure.ApiFailure.Cause;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.server.store.Store;
import dev.kubepki.server.store.Store.Stored;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/// Whether a namespace takes new objects.
final class Namespaces {
    private static final String ROOT = Resource.STORE_ROOT + "namespaces/";

    private final Store store;
    /// By name, whether it is being deleted.
    private final Map<String, Boolean> known = new ConcurrentHashMap<>();

    Namespaces(Store store) {
        this.store = store;
    }

    /// Refuses a write into a namespace that is absent, and a new object in one that is being deleted.
    void check(Call call, boolean creating) {
        Kind kind = call.kind();
        if (!kind.namespaced() || call.namespace().isEmpty()) {
            return;
        }
        if (isTerminating(call.namespace()) && creating) {
            String text =
                    "unable to create new content in namespace " + call.namespace() + " because it is being terminated";
            Cause cause = new Cause(
                    "NamespaceTerminating",
                    "namespace " + call.namespace() + " is being terminated",
                    "metadata.namespace");
            throw Failures.forbidden(kind.resource(), call.name(), text, List.of(cause));
        }
    }

    private boolean isTerminating(String namespace) {
        Boolean terminating = known.get(namespace);
        if (terminating == null) {
            // Another server over the same store may have just made it.
            Stored found = store.get(ROOT + namespace).orElseThrow(() -> Failures.notFound("namespaces", namespace));
            return isTerminating(Trees.parse(found.value()));
        }
        return terminating;
    }

    private static boolean isTerminating(ObjectNode namespace) {
        return namespace.path("status").path("phase").asString("").equals("Terminating");
    }

    /// Takes in what became of a namespace.
    void take(ObjectChange change) {
        String name = Resource.nameOf(change.object().key());
        if (change.isDeleted()) {
            known.remove(name);
        } else {
            known.put(name, isTerminating(Trees.parse(change.object().json())));
        }
    }
}
