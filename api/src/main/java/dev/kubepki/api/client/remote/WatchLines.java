package dev.kubepki.api.client.remote;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The events of a watch, a line each. A server sends a bookmark each minute: one that is silent for longer is gone,
/// and its stream is ended.
final class WatchLines implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final int LONGEST_SILENCE = 5;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
    private final AtomicInteger silence = new AtomicInteger();
    private final Thread guard;
    private int position;
    private int end;

    WatchLines(InputStream in) {
        this.in = in;
        this.guard = Thread.ofVirtual().name("watch-guard").start(this::guard);
    }

    /// The next line; null at the end.
    ///
    /// @throws IOException when the stream broke off or was silent for too long
    byte @Nullable [] next() throws IOException {
        while (true) {
            for (int i = position; i < end; i++) {
                if (buffer[i] == '\n') {
                    line.write(buffer, position, i - position);
                    position = i + 1;
                    byte[] whole = line.toByteArray();
                    line.reset();
                    return whole;
                }
            }
            line.write(buffer, position, end - position);
            position = 0;
            end = Math.max(0, in.read(buffer));
            silence.set(0);
            if (end == 0) {
                return null;
            }
        }
    }

    private void guard() {
        try {
            while (silence.getAndIncrement() < LONGEST_SILENCE) {
                Thread.sleep(LOOK);
            }
            in.close();
        } catch (InterruptedException | IOException e) {
            // It is over in any case.
        }
    }

    @Override
    public void close() throws IOException {
        guard.interrupt();
        in.close();
    }
}
