package dev.kubepki.server.controller.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProcessorsTest {
    @Test
    void worksAtOnceWhenNobodyWaits() {
        AtomicInteger asked = new AtomicInteger();
        Processors processors = new Processors(() -> asked.incrementAndGet() < 0);

        assertThat(processors.use(() -> "done")).isEqualTo("done");
        assertThat(asked).hasValue(1);
    }

    @Test
    void stepsAsideUntilTheOthersHadTheirAnswers() {
        AtomicInteger asked = new AtomicInteger();
        Processors processors = new Processors(() -> asked.incrementAndGet() < 3);

        processors.use(() -> "done");

        assertThat(asked).hasValue(3);
    }

    @Test
    void worksAtLastHoweverMuchIsAsked() {
        AtomicBoolean worked = new AtomicBoolean();
        Processors processors = new Processors(() -> true);

        processors.use(() -> worked.getAndSet(true));

        assertThat(worked).isTrue();
    }

    @Test
    void givesTheProcessorBackWhenTheWorkFails() {
        Processors processors = Processors.unshared();
        for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
            assertThatThrownBy(() -> processors.use(() -> {
                        throw new IllegalStateException("planted");
                    }))
                    .hasMessage("planted");
        }

        assertThat(processors.use(() -> 1)).isEqualTo(1);
    }
}
