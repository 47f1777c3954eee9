package dev.kubepki.server;

import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.ServedKinds;
import dev.kubepki.server.http.MetricSource;
import dev.kubepki.server.http.MetricText;
import dev.kubepki.server.store.Store;

/// What the store holds.
record StoreFigures(Store store, ServedKinds kinds) implements MetricSource {
    private static final String OBJECTS = "apiserver_storage_objects";
    private static final String REVISION = "kubepki_store_revision";
    private static final String COMPACTED = "kubepki_store_compacted_revision";

    @Override
    public void write(MetricText out) {
        out.family(OBJECTS, MetricText.Type.GAUGE, "Objects that are stored, by kind.");
        for (Kind kind : kinds.all()) {
            if (kind.verbs().contains("list")) {
                long count = store.count("/registry/" + kind.storagePath() + "/");
                if (count > 0) {
                    out.sample(OBJECTS, (double) count, "resource", kind.resource());
                }
            }
        }
        out.family(REVISION, MetricText.Type.GAUGE, "The revision of the last write.");
        out.sample(REVISION, (double) store.revision());
        out.family(COMPACTED, MetricText.Type.GAUGE, "The oldest revision from which a watch can start.");
        out.sample(COMPACTED, (double) store.compactedRevision());
    }
}
