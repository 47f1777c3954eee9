package dev.kubepki.server.http;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.Failures;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/// Reads a body as a whole, up to a size and within a time of its own: each byte that drips in restarts the engine's
/// idle timeout, and so that alone never ends.
final class BodyReader {
    private static final int FIRST = 4096;
    private static final byte[] NONE = {};

    private final Request request;
    private final Limits limits;
    private byte[] bytes = NONE;
    private int length;

    BodyReader(Request request, Limits limits) {
        this.request = request;
        this.limits = limits;
    }

    byte[] read() {
        long announced = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
        if (announced > limits.bodyBytes()) {
            passOver();
            throw tooLarge();
        }
        if (announced > 0) {
            bytes = new byte[Math.min((int) announced, FIRST * 16)];
        }
        long deadline = System.nanoTime() + limits.bodyTime().toNanos();
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                await(deadline);
                continue;
            }
            if (Content.Chunk.isFailure(chunk)) {
                throw Failures.badRequest("the body of the request broke off");
            }
            if (!take(chunk)) {
                passOver();
                throw tooLarge();
            }
            if (chunk.isLast()) {
                return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
            }
        }
    }

    /// Whether there was room for it.
    private boolean take(Content.Chunk chunk) {
        ByteBuffer content = chunk.getByteBuffer();
        try {
            int more = content.remaining();
            if (length + more > limits.bodyBytes()) {
                return false;
            }
            if (length + more > bytes.length) {
                int room = Math.max(FIRST, Math.min(limits.bodyBytes(), bytes.length * 2));
                bytes = Arrays.copyOf(bytes, Math.max(room, length + more));
            }
            content.get(bytes, length, more);
            length += more;
            return true;
        } finally {
            chunk.release();
        }
    }

    /// Takes some of the rest and drops it: many clients read no answer before they have sent everything.
    private void passOver() {
        bytes = NONE;
        long deadline = System.nanoTime() + limits.bodyTime().toNanos() / 4;
        long most = 4L * limits.bodyBytes();
        while (most > 0) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                await(deadline);
                continue;
            }
            most -= chunk.remaining();
            boolean end = chunk.isLast() || Content.Chunk.isFailure(chunk);
            chunk.release();
            if (end) {
                return;
            }
        }
    }

    private void await(long deadline) {
        Semaphore arrived = new Semaphore(0);
        request.demand(arrived::release);
        try {
            if (!arrived.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new ApiFailure(408, "Timeout", "Timeout: the body of the request did not arrive in time", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.badRequest("the server stops");
        }
    }

    private ApiFailure tooLarge() {
        return Failures.tooLarge(limits.bodyBytes());
    }
}
