package dev.kubepki.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentTest {
    @Test
    void keepsWhatIsAskedForAndStaysWithinItsBound() {
        Recent<Integer, String> recent = new Recent<>(100);
        recent.put(-1, "kept");
        for (int i = 0; i < 10_000; i++) {
            recent.put(i, "x");
            assertThat(recent.get(-1)).isEqualTo("kept");
        }
        assertThat(recent.size()).isLessThanOrEqualTo(102);
        assertThat(recent.get(0)).isNull();
        assertThat(recent.get(9_999)).isEqualTo("x");
    }
}
