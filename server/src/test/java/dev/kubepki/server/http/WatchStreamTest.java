package dev.kubepki.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.server.registry.StoredObject;
import dev.kubepki.server.registry.WatchSink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WatchStreamTest {
    /// Frames of ten bytes.
    private static final WatchFrames FRAMES = new WatchFrames() {
        @Override
        public String contentType() {
            return "text/plain";
        }

        @Override
        public byte[] event(WatchSink.Type type, StoredObject object) {
            return bytes("event-----");
        }

        @Override
        public byte[] bookmark(long revision, boolean initialEventsEnd) {
            return bytes("bookmark--");
        }

        @Override
        public byte[] error(ApiFailure failure) {
            return bytes("error-----");
        }
    };

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable String next(WatchStream stream) {
        ByteBuffer piece = stream.next();
        return piece == null ? null : StandardCharsets.UTF_8.decode(piece).toString();
    }

    @SuppressWarnings("NullAway") // the frames here don't look at objects
    private static boolean event(WatchStream stream) {
        return stream.event(WatchSink.Type.ADDED, null);
    }

    @Test
    void sendsSmallEventsTogether() {
        WatchStream stream = new WatchStream(FRAMES, 1000);
        event(stream);
        stream.bookmark(5, false);
        assertThat(next(stream)).isEqualTo("event-----bookmark--");
        assertThat(next(stream)).isNull();
    }

    @Test
    void cutsOffAClientThatDoesNotKeepUpAndForgetsWhatItWaitedFor() {
        WatchStream stream = new WatchStream(FRAMES, 25);
        assertThat(event(stream)).isTrue();
        assertThat(event(stream)).isTrue();
        event(stream);
        assertThat(stream.isCut()).isTrue();
        assertThat(event(stream)).isFalse();
        assertThat(next(stream)).isNull();
    }

    @Test
    void letsOneEventThroughThatIsLargerThanTheLimit() {
        WatchStream stream = new WatchStream(FRAMES, 5);
        assertThat(event(stream)).isTrue();
        assertThat(stream.isCut()).isFalse();
        assertThat(next(stream)).isEqualTo("event-----");
    }

    @Test
    void sendsWhatWaitsBeforeItEnds() {
        WatchStream stream = new WatchStream(FRAMES, 1000);
        event(stream);
        stream.ended(Failures.expired("too old"));
        assertThat(stream.isOver()).isFalse();
        assertThat(next(stream)).isEqualTo("event-----error-----");
        assertThat(stream.isOver()).isTrue();
        assertThat(event(stream)).isFalse();
    }

    @Test
    void tellsOnceThatItIsClosedAlsoWhoeverAsksLater() {
        WatchStream stream = new WatchStream(FRAMES, 1000);
        AtomicInteger closed = new AtomicInteger();
        stream.onClosed(closed::incrementAndGet);
        stream.gone();
        stream.gone();
        assertThat(closed).hasValue(1);
        stream.onClosed(closed::incrementAndGet);
        assertThat(closed).hasValue(2);
    }

    @Test
    @Timeout(10)
    void letsWhoeverBringsManyObjectsWaitForTheClient() throws InterruptedException {
        WatchStream stream = new WatchStream(FRAMES, 40);
        AtomicBoolean done = new AtomicBoolean();
        Thread filler = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 100; i++) {
                if (!stream.ready() || !event(stream)) {
                    return;
                }
            }
            done.set(true);
        });
        List<String> got = new ArrayList<>();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
        while (String.join("", got).length() < 1000 && System.nanoTime() < deadline) {
            String piece = next(stream);
            if (piece != null) {
                got.add(piece);
            }
        }
        filler.join();
        assertThat(done).isTrue();
        assertThat(stream.isCut()).isFalse();
        assertThat(String.join("", got)).hasSize(1000);
    }

    @Test
    @Timeout(10)
    void letsGoOfWhoeverWaitsForAClientThatIsGone() throws InterruptedException {
        WatchStream stream = new WatchStream(FRAMES, 10);
        event(stream);
        AtomicBoolean answer = new AtomicBoolean(true);
        Thread waiting = Thread.ofVirtual().start(() -> answer.set(stream.ready()));
        stream.gone();
        waiting.join();
        assertThat(answer).isFalse();
    }
}
