package dev.kubepki.server.audit;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Writes lines from a thread of its own, many at once. When the queue is full, requests wait for a moment, and then
/// the
/// line is lost and counted: a full disk stops the log and not the API.
public final class QueuedAuditLog implements AuditLog {
    private static final Logger LOG = System.getLogger(QueuedAuditLog.class.getName());
    private static final int WAITING = 20_000;
    private static final int TOGETHER = 1_000;
    private static final long PATIENCE_MILLIS = 100;
    private static final long CLOSE_MILLIS = 5_000;
    private static final String END = "";

    private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(WAITING);
    private final LongAdder lost = new LongAdder();
    private final AuditTarget target;
    private final Thread writer;
    private boolean complained;

    /// Over where the lines go in the end.
    public QueuedAuditLog(AuditTarget target) {
        this.target = target;
        this.writer = Thread.ofPlatform().name("audit").daemon().start(this::run);
    }

    @Override
    public void write(String line) {
        try {
            if (!queue.offer(line) && !queue.offer(line, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                lost.increment();
            }
        } catch (InterruptedException e) {
            lost.increment();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<String> lines = new ArrayList<>();
        boolean more = true;
        try {
            while (more) {
                lines.add(queue.take());
                queue.drainTo(lines, TOGETHER);
                more = !lines.getLast().equals(END);
                write(lines);
                lines.clear();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(List<String> lines) {
        StringBuilder text = new StringBuilder(lines.size() * 1024);
        lines.forEach(text::append);
        try {
            target.write(text.toString().getBytes(StandardCharsets.UTF_8));
            complained = false;
        } catch (IOException e) {
            lost.add(lines.size());
            if (!complained) {
                LOG.log(Level.ERROR, "the audit log can't be written: " + e.getMessage());
                complained = true;
            }
        }
    }

    @Override
    public long lost() {
        return lost.sum();
    }

    @Override
    public void close() {
        try {
            queue.put(END);
            writer.join(CLOSE_MILLIS);
            target.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.log(Level.ERROR, "the audit log can't be closed: " + e.getMessage());
        }
    }
}
