package dev.kubepki.bench;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.DistinguishedName;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// Fills an API server with requests for certificates, lists them, then has many watchers follow a stream of new ones
/// and counts what each of them missed, got twice or got out of order.
///
/// `WatchLoad KUBECONFIG STORED WATCHERS RATE SECONDS`, where RATE is requests a second
public final class WatchLoad {
    private static final int CALLERS = 16;
    private static final int PAGE = 500;
    /// A connection carries no more than 128 at once.
    private static final int STREAMS = 100;

    private final ApiConnection api;
    private final PrintStream out;
    private final String request;

    private WatchLoad(ApiConnection api, PrintStream out) {
        this.api = api;
        this.out = out;
        CryptoProvider provider = CryptoProvider.fastest();
        CertificateRequest made = CertificateRequest.sign(
                DistinguishedName.of("someone", List.of("devs")),
                List.of(),
                provider.generate(KeyAlgorithm.ECDSA_P256),
                provider);
        this.request = Base64.getEncoder().encodeToString(made.pem().encoded());
    }

    /// Runs it.
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        if (arguments.length != 5) {
            throw new IllegalArgumentException("usage: WatchLoad KUBECONFIG STORED WATCHERS RATE SECONDS");
        }
        int stored = Integer.parseInt(arguments[1]);
        int watchers = Integer.parseInt(arguments[2]);
        int rate = Integer.parseInt(arguments[3]);
        int count = rate * Integer.parseInt(arguments[4]);
        WatchLoad load = new WatchLoad(new ApiConnection(Path.of(arguments[0])), System.out);
        load.fill(stored);
        String version = load.list();
        load.stream(watchers, rate, count, version);
    }

    private void fill(int stored) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> callers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                callers.add(threads.submit(() -> {
                    for (int n = next.getAndIncrement(); n < stored; n = next.getAndIncrement()) {
                        create("stored-" + n);
                    }
                    return null;
                }));
            }
        }
        for (Future<?> caller : callers) {
            caller.get();
        }
        out.println(String.format(Locale.ROOT, "stored %d requests: %.0f/s", stored, stored / seconds(start)));
    }

    /// Pages through all that is there; the version that the list is of.
    private String list() throws IOException, InterruptedException {
        long start = System.nanoTime();
        double slowest = 0;
        int items = 0;
        String next = "";
        String version = "";
        do {
            long page = System.nanoTime();
            String body = api.get("?limit=" + PAGE + (next.isEmpty() ? "" : "&continue=" + next));
            slowest = Math.max(slowest, seconds(page));
            String head = body.substring(0, Math.min(body.length(), 2000));
            version = ApiConnection.field(head, "resourceVersion");
            next = ApiConnection.field(head, "continue");
            items += body.split("\"signerName\"", -1).length - 1;
        } while (!next.isEmpty());
        out.println(String.format(
                Locale.ROOT,
                "listed %d in pages of %d: %.2f s, slowest page %.0f ms",
                items,
                PAGE,
                seconds(start),
                slowest * 1000));
        return version;
    }

    private void stream(int count, int rate, int creates, String version)
            throws IOException, InterruptedException, ExecutionException {
        long[] sent = new long[creates];
        List<Watching> watchers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            watchers.add(new Watching(api.watch(i, version), sent));
        }
        out.println(String.format(Locale.ROOT, "%d watchers", count));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> done = new ArrayList<>();
            watchers.forEach(watching -> done.add(threads.submit(watching)));
            long start = System.nanoTime();
            List<Future<?>> callers = new ArrayList<>();
            Semaphore room = new Semaphore(STREAMS);
            for (int n = 0; n < creates; n++) {
                long due = start + n * 1_000_000_000L / rate;
                Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
                int number = n;
                sent[n] = System.nanoTime();
                room.acquire();
                callers.add(threads.submit(() -> {
                    try {
                        create("streamed-" + number);
                    } finally {
                        room.release();
                    }
                    return null;
                }));
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
            out.println(String.format(Locale.ROOT, "created %d: %.0f/s", creates, creates / seconds(start)));
            for (Future<Boolean> one : done) {
                one.get();
            }
            out.println(String.format(Locale.ROOT, "all events had by all after %.2f s", seconds(start)));
        }
        Watching.report(watchers, out);
    }

    private void create(String name) throws IOException, InterruptedException {
        api.post("""
                {"apiVersion":"certificates.k8s.io/v1","kind":"CertificateSigningRequest",\
                "metadata":{"name":"%s"},"spec":{"request":"%s","signerName":"example.com/nobody",\
                "usages":["client auth"]}}""".formatted(name, request));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
