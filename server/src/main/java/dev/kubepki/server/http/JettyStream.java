package dev.kubepki.server.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/// Sends a watch without a thread of its own: a piece is written when the one before went out.
final class JettyStream extends IteratingCallback {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final WatchStream watch;
    private final RunningStreams running;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final Object reading = new Object();
    private boolean headersSent;
    private boolean finished;

    JettyStream(Request request, Response response, Callback callback, WatchStream watch, RunningStreams running) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.watch = watch;
        this.running = running;
    }

    void run() {
        running.add(this);
        request.addIdleTimeoutListener(timeout -> false);
        request.addFailureListener(this::abort);
        watch.onWake(this::wake);
        iterate();
    }

    void end() {
        watch.end();
    }

    /// Whoever brings an event does not pay for its encryption.
    private void wake() {
        if (waiting.compareAndSet(false, true)) {
            running.execute(this::send);
        }
    }

    private void send() {
        waiting.set(false);
        if (watch.isCut()) {
            breakOff();
        } else {
            iterate();
        }
    }

    @Override
    protected Action process() {
        if (!headersSent) {
            headersSent = true;
            response.write(false, BufferUtil.EMPTY_BUFFER, this);
            return Action.SCHEDULED;
        }
        ByteBuffer piece = watch.next();
        if (piece != null) {
            response.write(false, piece, this);
            return Action.SCHEDULED;
        }
        return watch.isOver() ? Action.SUCCEEDED : Action.IDLE;
    }

    @Override
    protected void onCompleteSuccess() {
        finish();
        callback.succeeded();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        finish();
        callback.failed(cause);
    }

    private void finish() {
        synchronized (reading) {
            finished = true;
        }
        running.remove(this);
        watch.gone();
    }

    /// A write that waits for a client which takes nothing would wait for ever, so what is under it is closed.
    private void breakOff() {
        IOException slow = new IOException("the client of a watch does not keep up");
        Connection connection = request.getConnectionMetaData().getConnection();
        if (connection instanceof HTTP2Connection shared) {
            Stream own = shared.getSession().getStream(Integer.parseInt(request.getId()));
            if (own != null) {
                own.reset(new ResetFrame(own.getId(), ErrorCode.CANCEL_STREAM_ERROR.code), Callback.NOOP);
            }
        } else {
            Engine.outermost(connection.getEndPoint()).close(slow);
        }
        abort(slow);
    }

    /// Looks whether the client is still there. One of HTTP/1.1 that hangs up is heard only by reading, and nobody
    /// reads
    /// while its watch runs.
    void look() {
        Connection connection = request.getConnectionMetaData().getConnection();
        if (connection instanceof HTTP2Connection) {
            return;
        }
        EndPoint end = connection.getEndPoint();
        IOException gone;
        synchronized (reading) {
            if (finished) {
                return;
            }
            try {
                int filled = end.fill(BufferUtil.allocate(1));
                if (filled == 0) {
                    return;
                }
                gone = filled < 0 ? new EOFException("the client is gone") : new IOException("a request in a watch");
            } catch (IOException e) {
                gone = e;
            }
        }
        Engine.outermost(end).close(gone);
        abort(gone);
    }
}
