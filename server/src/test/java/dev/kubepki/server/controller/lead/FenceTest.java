package dev.kubepki.server.controller.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class FenceTest {
    @Test
    void letsNothingThroughOnceTheLeadIsLost() {
        AtomicBoolean leads = new AtomicBoolean(true);
        Fence fence = new Fence(leads::get);
        assertThat(fence.through(() -> "written")).isEqualTo("written");
        leads.set(false);
        assertThatThrownBy(() -> fence.through(() -> "written")).isInstanceOf(Fence.NotLeading.class);
        leads.set(true);
        fence.close();
        assertThatThrownBy(() -> fence.through(() -> "written")).isInstanceOf(Fence.NotLeading.class);
    }

    @Test
    void waitsForTheWriteThatIsUnderWay() throws Exception {
        Fence fence = new Fence(() -> true);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = Thread.ofVirtual()
                .start(() -> fence.through(() -> {
                    begun.countDown();
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    done.set(true);
                    return "";
                }));
        begun.await();
        Thread closer = Thread.ofVirtual().start(fence::close);
        assertThat(closer.join(Duration.ofMillis(100))).isFalse();
        go.countDown();
        assertThat(closer.join(Duration.ofSeconds(4))).isTrue();
        assertThat(done).isTrue();
        writer.join();
    }
}
