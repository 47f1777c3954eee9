package dev.kubepki.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.Kinds;
import dev.kubepki.api.kind.RuntimeConfig;
import dev.kubepki.api.kind.ServedKinds;
import dev.kubepki.api.schema.Schemas;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.server.auth.Attributes;
import dev.kubepki.server.auth.UserInfo;
import dev.kubepki.server.store.MemoryStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackendTest {
    private static Backend open(MemoryStore store) {
        List<Kind> table = Kinds.load();
        ServedKinds kinds = ServedKinds.of(table, RuntimeConfig.parse("", table));
        return Backend.open(
                store,
                kinds,
                Schemas.load(),
                roles -> Map.of(),
                CryptoProvider.jdk(),
                Clock.systemUTC(),
                new Random(1));
    }

    @Test
    void whoeverIsAuthenticatedMayAskWhoHeIs() {
        try (Backend backend = open(new MemoryStore())) {
            Attributes whoami = Attributes.resource(
                    new UserInfo("bob", "", List.of("system:authenticated"), Map.of()),
                    "create",
                    "authentication.k8s.io",
                    "selfsubjectreviews",
                    "",
                    "",
                    "");
            assertThat(backend.authorizer().decide(whoami).allowed()).isFalse();
            backend.writeStartObjects("");
            assertThat(backend.authorizer().decide(whoami).allowed()).isTrue();
        }
    }

    @Test
    void writingTheStartObjectsAgainChangesNothing() {
        MemoryStore store = new MemoryStore();
        try (Backend backend = open(store)) {
            backend.writeStartObjects("x");
            long revision = store.revision();
            backend.writeStartObjects("x");
            assertThat(store.revision()).isEqualTo(revision).isGreaterThan(50);
        }
    }
}
