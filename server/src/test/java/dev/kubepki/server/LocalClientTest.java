package dev.kubepki.server;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.Kinds;
import dev.kubepki.api.kind.RuntimeConfig;
import dev.kubepki.api.kind.ServedKinds;
import dev.kubepki.api.schema.Schemas;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.server.store.MemoryStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;

class LocalClientTest extends ClusterClientContract {
    private final Backend backend = open();

    private static Backend open() {
        List<Kind> table = Kinds.load();
        Backend backend = Backend.open(
                new MemoryStore(),
                ServedKinds.of(table, RuntimeConfig.parse("", table)),
                Schemas.load(),
                roles -> Map.of(),
                CryptoProvider.jdk(),
                Clock.systemUTC(),
                new Random(1));
        backend.writeStartObjects("x");
        return backend;
    }

    @AfterEach
    void close() {
        backend.close();
    }

    @Override
    ClusterClient client() {
        return backend.clientFor("root-ca-cert-publisher");
    }
}
