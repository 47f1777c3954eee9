package dev.kubepki.server.controller.lead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class LeaseDeciderTest {
    private static final Instant NOW = Instant.parse("2026-11-22T21:15:00.123456789Z");
    private static final Duration DURATION = Duration.ofSeconds(15);
    private static final LeaseRecord OTHERS = LeaseRecord.taken("b", DURATION, 3, NOW.minusSeconds(1000));

    private final LeaseDecider decider = new LeaseDecider("a", DURATION);

    private LeaseStep decide(LeaseRecord there, Duration unchanged) {
        return decider.decide(Optional.of(there), unchanged, NOW);
    }

    @Test
    void takesALeaseThatIsNotThere() {
        assertThat(decider.decide(Optional.empty(), Duration.ZERO, NOW))
                .isEqualTo(new LeaseStep.Write(
                        new LeaseRecord("a", 15, "2026-11-22T21:15:00.123456Z", "2026-11-22T21:15:00.123456Z", 0)));
    }

    @Test
    void leavesALeaseToItsHolderWhateverTheClocksSay() {
        assertThat(decide(OTHERS, Duration.ofMillis(14_999))).isEqualTo(new LeaseStep.Leave("b"));
    }

    @Test
    void takesALeaseThatDidNotChangeForItsDuration() {
        assertThat(decide(OTHERS, DURATION)).isEqualTo(new LeaseStep.Write(LeaseRecord.taken("a", DURATION, 4, NOW)));
    }

    @Test
    void keepsToTheDurationThatTheHolderWrote() {
        LeaseRecord longer = LeaseRecord.taken("b", Duration.ofMinutes(1), 0, NOW);
        assertThat(decide(longer, Duration.ofSeconds(59))).isInstanceOf(LeaseStep.Leave.class);
        assertThat(decide(longer, Duration.ofSeconds(60))).isInstanceOf(LeaseStep.Write.class);
    }

    @Test
    void takesALeaseThatWasGivenBackAtOnce() {
        assertThat(decide(OTHERS.released(NOW), Duration.ZERO))
                .isEqualTo(new LeaseStep.Write(LeaseRecord.taken("a", DURATION, 4, NOW)));
    }

    @Test
    void renewsItsOwnAndRemembersSinceWhen() {
        LeaseRecord own = LeaseRecord.taken("a", DURATION, 2, NOW.minusSeconds(60));
        assertThat(decide(own, Duration.ofDays(1))).isEqualTo(new LeaseStep.Write(own.renewed(DURATION, NOW)));
        assertThat(own.renewed(DURATION, NOW).acquired()).isEqualTo("2026-11-22T21:14:00.123456Z");
    }

    @Test
    void readsWhatItWrote() {
        ObjectNode lease = JsonNodeFactory.instance.objectNode();
        OTHERS.writeTo(lease);
        assertThat(LeaseRecord.of(lease)).isEqualTo(OTHERS);
    }
}
