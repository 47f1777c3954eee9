package dev.kubepki.server.controller.lead;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ElectionOptionsTest {
    private static ElectionOptions options(int lease, int renewal, int retry) {
        return new ElectionOptions(
                "n", "x", "a", Duration.ofSeconds(lease), Duration.ofSeconds(renewal), Duration.ofSeconds(retry));
    }

    @Test
    void refusesTimesInWhichTwoCouldLead() {
        assertThatThrownBy(() -> options(10, 10, 2)).hasMessageContaining("must be longer than the deadline");
        assertThatThrownBy(() -> options(15, 10, 9)).hasMessageContaining("1.2 times the retry period");
        assertThatThrownBy(() -> options(15, 10, 0)).hasMessageContaining("not zero");
    }
}
