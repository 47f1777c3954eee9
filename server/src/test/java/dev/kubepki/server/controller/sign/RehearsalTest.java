package dev.kubepki.server.controller.sign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.pki.key.CryptoProvider;
import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    @Test
    void goesTheWholeWayOfARequest() {
        assertThat(Rehearsal.run(CryptoProvider.jdk(), new Random(1), Clock.systemUTC()))
                .isEqualTo(40);
    }
}
