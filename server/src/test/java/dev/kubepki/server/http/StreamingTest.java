package dev.kubepki.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.server.registry.StoredObject;
import dev.kubepki.server.registry.WatchSink;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class StreamingTest {
    private static final int LIMIT = 256 * 1024;

    /// Bookmarks are lines with their revision; the other frames don't come here.
    private static final WatchFrames FRAMES = new WatchFrames() {
        @Override
        public String contentType() {
            return "application/json";
        }

        @Override
        public byte[] event(WatchSink.Type type, StoredObject object) {
            throw new IllegalStateException();
        }

        @Override
        public byte[] bookmark(long revision, boolean initialEventsEnd) {
            return ((initialEventsEnd ? "x".repeat(10_000) : "") + revision + "\n").getBytes(UTF_8);
        }

        @Override
        public byte[] error(ApiFailure failure) {
            return "error\n".getBytes(UTF_8);
        }
    };

    private final List<WatchStream> streams = new CopyOnWriteArrayList<>();

    @SuppressWarnings("UnnecessaryLambda") // reads best beside its frames
    private final BiConsumer<ApiRequest, ReplySink> watching = (request, sink) -> {
        WatchStream stream = new WatchStream(FRAMES, LIMIT);
        streams.add(stream);
        stream.onClosed(() -> streams.remove(stream));
        sink.send(new Reply.Stream(List.of(new Reply.Header("Content-Type", "application/json")), stream, () -> {}));
    };

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private HttpResponse<InputStream> watch(Listening server, HttpClient client) throws Exception {
        return client.send(
                server.request("/watch").timeout(Duration.ofMinutes(1)).build(), BodyHandlers.ofInputStream());
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void sendsHeadersAtOnceAndEventsAsTheyCome(Version version) throws Exception {
        try (Listening server = new Listening(Limits.DEFAULT, watching)) {
            HttpClient client = server.client(version, Listening.stranger());
            HttpResponse<InputStream> response = watch(server, client);
            assertThat(response.statusCode()).isEqualTo(200);
            BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
            for (int i = 1; i < 100; i++) {
                streams.getFirst().bookmark(i, false);
                assertThat(lines.readLine()).isEqualTo(Integer.toString(i));
            }
            streams.getFirst().ended(null);
            assertThat(lines.readLine()).isNull();
            await(streams::isEmpty);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void noticesAClientThatIsGoneThoughNothingIsSent(Version version) throws Exception {
        try (Listening server = new Listening(Limits.DEFAULT, watching)) {
            HttpClient client = server.client(version, Listening.stranger());
            watch(server, client).body().close();
            client.shutdownNow();
            await(streams::isEmpty);
        }
    }

    @Test
    void usesAConnectionAgainAfterAWatchEnded() throws Exception {
        try (Listening server = new Listening(Limits.DEFAULT, watching);
                SSLSocket socket = server.socket()) {
            byte[] request = "GET /watch HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8);
            BufferedReader lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            for (int i = 0; i < 2; i++) {
                socket.getOutputStream().write(request);
                assertThat(lines.readLine()).isEqualTo("HTTP/1.1 200 OK");
                await(() -> streams.size() == 1);
                streams.getFirst().ended(null);
                String line = lines.readLine();
                while (!line.equals("0")) {
                    line = lines.readLine();
                }
                assertThat(lines.readLine()).isEmpty();
                await(streams::isEmpty);
            }
        }
    }

    @Test
    void cutsOffASlowClientAndLeavesTheOthersAlone() throws Exception {
        try (Listening server = new Listening(Limits.DEFAULT, watching);
                SSLSocket slow = server.socket()) {
            HttpClient quick = server.client(Version.HTTP_2, Listening.stranger());
            slow.getOutputStream().write("GET /watch HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
            await(() -> streams.size() == 1);
            WatchStream lagging = streams.getFirst();
            BufferedReader lines = new BufferedReader(
                    new InputStreamReader(watch(server, quick).body(), UTF_8));
            WatchStream other = streams.getLast();
            long revision = 0;
            while (lagging.bookmark(++revision, true)) {
                other.bookmark(revision, true);
                assertThat(lines.readLine()).endsWith(Long.toString(revision));
            }
            await(() -> streams.size() == 1);
            other.bookmark(99, false);
            assertThat(lines.readLine()).isEqualTo("99");
        }
    }

    @Test
    void cutsOffASlowStreamOfASharedConnectionAndLeavesTheOtherStreamsAlone() throws Exception {
        try (Listening server = new Listening(Limits.DEFAULT, watching)) {
            HttpClient client = server.client(Version.HTTP_2, Listening.stranger());
            try (InputStream unread = watch(server, client).body()) {
                WatchStream lagging = streams.getFirst();
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(watch(server, client).body(), UTF_8));
                WatchStream other = streams.getLast();
                long revision = 0;
                while (lagging.bookmark(++revision, true)) {
                    Thread.onSpinWait();
                }
                await(() -> streams.size() == 1);
                other.bookmark(7, false);
                assertThat(lines.readLine()).isEqualTo("7");
                assertThat(unread).isNotNull();
            }
        }
    }

    @Test
    void serves1000WatchesAtOnceAndOtherRequestsBesideThem() throws Exception {
        int clients = 10;
        int each = 100;
        try (Listening server = new Listening(Limits.DEFAULT, watching)) {
            CountDownLatch told = new CountDownLatch(clients * each);
            List<CompletableFuture<HttpResponse<InputStream>>> answers = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                HttpClient client = server.client(Version.HTTP_2, Listening.stranger());
                watch(server, client).body().close();
                for (int j = 0; j < each; j++) {
                    answers.add(client.sendAsync(
                            server.request("/watch")
                                    .timeout(Duration.ofMinutes(1))
                                    .build(),
                            BodyHandlers.ofInputStream()));
                }
            }
            for (CompletableFuture<HttpResponse<InputStream>> answer : answers) {
                InputStream body = answer.get(60, TimeUnit.SECONDS).body();
                Thread.ofVirtual().start(() -> readLine(body, told));
            }
            await(() -> streams.size() == clients * each);
            streams.forEach(stream -> stream.bookmark(1, false));
            assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void readLine(InputStream body, CountDownLatch told) {
        try {
            while (body.read() != '\n') {
                Thread.onSpinWait();
            }
            told.countDown();
        } catch (IOException e) {
            // The count says that it is missing.
        }
    }
}
