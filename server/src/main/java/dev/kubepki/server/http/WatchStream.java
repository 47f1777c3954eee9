package dev.kubepki.server.http;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.server.registry.StoredObject;
import dev.kubepki.server.registry.WatchSink;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The events of one watch on their way to its client: a queue with a limit. Whoever brings events never waits; a
/// client
/// that does not keep up is cut off, and can watch again from where it was.
final class WatchStream implements WatchSink {
    /// Several small events go out as one piece.
    private static final int PIECE = 32 * 1024;

    private final WatchFrames frames;
    private final long limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition drained = lock.newCondition();
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
    private long queued;
    private State state = State.OPEN;
    private volatile Runnable wake = () -> {};
    private final List<Runnable> closers = new ArrayList<>(2);

    private enum State {
        OPEN,
        /// What is queued still goes out.
        ENDING,
        /// The client did not keep up: nothing more goes out, and its connection is broken off.
        CUT,
        GONE
    }

    /// @param limit how many bytes may wait for the client
    WatchStream(WatchFrames frames, long limit) {
        this.frames = frames;
        this.limit = limit;
    }

    @Override
    public boolean ready() {
        lock.lock();
        try {
            while (state == State.OPEN && queued > limit / 2) {
                drained.awaitUninterruptibly();
            }
            return state == State.OPEN;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean event(Type type, StoredObject object) {
        return offer(frames.event(type, object));
    }

    @Override
    public boolean bookmark(long revision, boolean initialEventsEnd) {
        return offer(frames.bookmark(revision, initialEventsEnd));
    }

    @Override
    public void ended(@Nullable ApiFailure failure) {
        if (failure != null) {
            offer(frames.error(failure));
        }
        end();
    }

    /// Ends it in an orderly way: what waits is still sent.
    void end() {
        change(State.OPEN, State.ENDING);
    }

    private boolean offer(byte[] frame) {
        lock.lock();
        try {
            if (state != State.OPEN) {
                return false;
            }
            if (queued > 0 && queued + frame.length > limit) {
                state = State.CUT;
                queue.clear();
                queued = 0;
                drained.signalAll();
            } else {
                queue.add(frame);
                queued += frame.length;
            }
        } finally {
            lock.unlock();
        }
        wake.run();
        return true;
    }

    private void change(State from, State to) {
        lock.lock();
        try {
            if (state != from) {
                return;
            }
            state = to;
            drained.signalAll();
        } finally {
            lock.unlock();
        }
        wake.run();
    }

    /// What to run when there is something to send, or the end has come.
    void onWake(Runnable wake) {
        this.wake = wake;
    }

    /// What to run once, when the client is gone or all was sent; at once, if that was already.
    void onClosed(Runnable closed) {
        boolean late;
        lock.lock();
        try {
            closers.add(closed);
            late = state == State.GONE;
        } finally {
            lock.unlock();
        }
        if (late) {
            closed.run();
        }
    }

    /// The next piece for the client; null when nothing waits.
    @Nullable
    ByteBuffer next() {
        lock.lock();
        try {
            byte[] first = queue.poll();
            if (first == null) {
                return null;
            }
            byte[] second = queue.peek();
            ByteBuffer piece;
            if (second == null || first.length + second.length > PIECE) {
                piece = ByteBuffer.wrap(first);
                queued -= first.length;
            } else {
                piece = gather(first);
                queued -= piece.remaining();
            }
            if (queued <= limit / 2) {
                drained.signalAll();
            }
            return piece;
        } finally {
            lock.unlock();
        }
    }

    private ByteBuffer gather(byte[] first) {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        piece.put(first);
        byte[] next = queue.peek();
        while (next != null && next.length <= piece.remaining()) {
            piece.put(next);
            queue.remove();
            next = queue.peek();
        }
        return piece.flip();
    }

    /// Whether all was sent that will ever be.
    boolean isOver() {
        lock.lock();
        try {
            return state == State.ENDING && queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// Whether the client is to be broken off.
    boolean isCut() {
        lock.lock();
        try {
            return state == State.CUT;
        } finally {
            lock.unlock();
        }
    }

    /// Called by the engine once, when the client is gone or all was sent.
    void gone() {
        lock.lock();
        try {
            if (state == State.GONE) {
                return;
            }
            state = State.GONE;
            queue.clear();
            queued = 0;
            drained.signalAll();
        } finally {
            lock.unlock();
        }
        closers.forEach(Runnable::run);
    }
}
