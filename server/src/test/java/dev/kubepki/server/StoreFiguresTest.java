package dev.kubepki.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.Kinds;
import dev.kubepki.api.kind.RuntimeConfig;
import dev.kubepki.api.kind.ServedKinds;
import dev.kubepki.server.http.MetricText;
import dev.kubepki.server.store.MemoryStore;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreFiguresTest {
    @Test
    void countsObjectsByKind() {
        List<Kind> table = Kinds.load();
        try (MemoryStore store = new MemoryStore()) {
            store.put("/registry/secrets/ns/a", "{}".getBytes(UTF_8), 0);
            store.put("/registry/secrets/ns/b", "{}".getBytes(UTF_8), 0);
            long last = store.put("/registry/certificatesigningrequests/c", "{}".getBytes(UTF_8), 0);
            MetricText text = new MetricText();
            new StoreFigures(store, ServedKinds.of(table, RuntimeConfig.DEFAULT)).write(text);
            assertThat(text.toString())
                    .contains(
                            "apiserver_storage_objects{resource=\"secrets\"} 2\n",
                            "apiserver_storage_objects{resource=\"certificatesigningrequests.certificates.k8s.io\"} 1\n",
                            "kubepki_store_revision " + last + "\n")
                    .doesNotContain("resource=\"pods\"");
        }
    }
}
