package dev.kubepki.server.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/// All watches that are being sent, and the few threads that send them.
final class RunningStreams implements AutoCloseable {
    private final Set<JettyStream> streams = ConcurrentHashMap.newKeySet();
    private final ExecutorService senders;

    RunningStreams() {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        senders = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("watch-", 0).daemon().factory());
    }

    void add(JettyStream stream) {
        streams.add(stream);
    }

    void remove(JettyStream stream) {
        streams.remove(stream);
    }

    void execute(Runnable task) {
        try {
            senders.execute(task);
        } catch (RejectedExecutionException stopped) {
            // The listener is closed, and its connections with it.
        }
    }

    /// Ends all of them in an orderly way.
    void end() {
        streams.forEach(JettyStream::end);
    }

    /// Finds the clients that are gone.
    void look() {
        streams.forEach(JettyStream::look);
    }

    @Override
    public void close() {
        senders.shutdown();
    }
}
