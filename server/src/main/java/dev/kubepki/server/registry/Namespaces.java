package dev.kubepki.server.registry;

import dev.kubepki.api.failure.ApiFailure.Cause;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.server.store.Store;
import dev.kubepki.server.store.Store.Stored;
import java.util.List;
import java.util.Optional;

/// Whether a namespace takes new objects.
final class Namespaces {
    private static final String ROOT = Resource.STORE_ROOT + "namespaces/";

    private final Store store;

    Namespaces(Store store) {
        this.store = store;
    }

    /// Refuses a write into a namespace that is absent, and a new object in one that is being deleted.
    void check(Call call, boolean creating) {
        Kind kind = call.kind();
        if (!kind.namespaced() || call.namespace().isEmpty()) {
            return;
        }
        Optional<Stored> found = store.get(ROOT + call.namespace());
        if (found.isEmpty()) {
            throw Failures.notFound("namespaces", call.namespace());
        }
        if (creating && isTerminating(found.get())) {
            String text = "unable to create new content in namespace " + call.namespace()
                    + " because it is being terminated";
            Cause cause = new Cause(
                    "NamespaceTerminating",
                    "namespace " + call.namespace() + " is being terminated",
                    "metadata.namespace");
            throw Failures.forbidden(kind.resource(), call.name(), text, List.of(cause));
        }
    }

    private static boolean isTerminating(Stored namespace) {
        return Trees.parse(namespace.value())
                .path("status")
                .path("phase")
                .asString("")
                .equals("Terminating");
    }
}
