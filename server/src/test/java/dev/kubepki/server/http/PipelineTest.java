package dev.kubepki.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.schema.Schema;
import dev.kubepki.server.auth.Attributes;
import dev.kubepki.server.auth.Authenticator;
import dev.kubepki.server.auth.Authorizer;
import dev.kubepki.server.auth.UserInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PipelineTest {
    private static final UserInfo BOB = new UserInfo("bob", "", List.of("system:authenticated"), Map.of());

    private final InFlight inFlight = new InFlight();
    private final List<String> order = new ArrayList<>();
    private Authenticator authenticator = credentials -> {
        order.add("authenticate");
        return Optional.of(BOB);
    };
    private Authorizer authorizer = attributes -> {
        order.add("authorize " + attributes.verb() + " as " + attributes.user().name());
        return Authorizer.Decision.ALLOW;
    };
    private Route route = exchange -> {
        order.add("route");
        return PlainText.of(200, "fine");
    };
    private Limits limits = Limits.DEFAULT;

    @AfterEach
    void close() {
        inFlight.close();
    }

    private Pipeline pipeline() {
        FailureReplies failures = new FailureReplies(new Negotiation(), new Encoder(new Schema(Map.of(), Map.of())));
        return new Pipeline(
                authenticator,
                authorizer,
                exchange -> route.serve(exchange),
                failures,
                new AuditIds(new Random(1)),
                inFlight,
                new Slots(limits),
                limits,
                List.of());
    }

    private Reply.Whole answer(TestRequest request) throws Exception {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        pipeline().accept(request, reply::complete);
        return (Reply.Whole) reply.get(10, TimeUnit.SECONDS);
    }

    private static String header(Reply reply, String name) {
        return reply.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Reply.Header::value)
                .findFirst()
                .orElse("");
    }

    private static String text(Reply.Whole reply) {
        return new String(reply.body(), UTF_8);
    }

    @Test
    void asksWhoThenWhetherThenAnswers() throws Exception {
        Reply.Whole reply = answer(TestRequest.get("/healthz"));
        assertThat(order).containsExactly("authenticate", "authorize get as bob", "route");
        assertThat(header(reply, "Cache-Control")).isEqualTo("no-cache, private");
        assertThat(header(reply, "Audit-Id")).hasSize(36);
    }

    @Test
    void keepsTheAuditIdOfTheClientUnlessItIsNone() throws Exception {
        assertThat(header(answer(TestRequest.get("/x").with("Audit-ID", "mine")), "Audit-Id"))
                .isEqualTo("mine");
        assertThat(header(answer(TestRequest.get("/x").with("Audit-ID", "a\u0001b")), "Audit-Id"))
                .hasSize(36);
        assertThat(header(answer(TestRequest.get("/x").with("Audit-ID", "y".repeat(100))), "Audit-Id"))
                .hasSize(64);
    }

    @Test
    void answersWhoIsNotKnownWith401AndAsksNoMore() throws Exception {
        authenticator = credentials -> {
            throw Failures.unauthorized();
        };
        Reply.Whole reply = answer(TestRequest.get("/api"));
        assertThat(reply.status()).isEqualTo(401);
        assertThat(text(reply))
                .isEqualTo("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                        + "\"message\":\"Unauthorized\",\"reason\":\"Unauthorized\",\"code\":401}\n");
        assertThat(order).isEmpty();
    }

    @Test
    void answersWhoMayNotWith403InTheWordsOfTheApi() throws Exception {
        authorizer = attributes -> Authorizer.Decision.NO_OPINION;
        Reply.Whole reply = answer(TestRequest.get("/api"));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(text(reply)).contains("forbidden: User \\\"bob\\\" cannot get path \\\"/api\\\"");
        assertThat(header(reply, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(order).containsExactly("authenticate");
    }

    @Test
    void judgesWhoIsImpersonatedAndNotWhoCalls() throws Exception {
        answer(TestRequest.get("/api").with("Impersonate-User", "jane"));
        assertThat(order).contains("authorize get as jane").doesNotContain("authorize get as bob");
    }

    @Test
    void tellsNothingOfAFailureOfItsOwn() throws Exception {
        route = exchange -> {
            throw new IllegalStateException("secret detail");
        };
        Reply.Whole reply = answer(TestRequest.get("/api"));
        assertThat(reply.status()).isEqualTo(500);
        assertThat(text(reply))
                .contains("\"reason\":\"InternalError\"")
                .contains(header(reply, "Audit-Id"))
                .doesNotContain("secret", "IllegalState", "at dev.");
    }

    @Test
    void refusesAPathThatCouldBeReadInTwoWaysBeforeAnythingElse() throws Exception {
        Reply.Whole reply = answer(TestRequest.get("/api/v1/namespaces/a%2fb"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(order).isEmpty();
    }

    @Test
    void asksToComeAgainWhenThereIsNoRoom() throws Exception {
        limits = Limits.DEFAULT.withInFlight(0, 1);
        Reply.Whole read = answer(TestRequest.get("/api"));
        assertThat(read.status()).isEqualTo(429);
        assertThat(text(read)).isEqualTo("Too many requests, please try again later.\n");
        assertThat(header(read, "Retry-After")).isEqualTo("1");
        assertThat(answer(TestRequest.of("POST", "/api")).status()).isEqualTo(200);
    }

    @Test
    void answers504WhenTheTimeIsOverAndDropsTheLateAnswer() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        route = exchange -> {
            try {
                slow.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return PlainText.of(200, "late");
        };
        List<Reply> replies = new ArrayList<>();
        CompletableFuture<Reply> first = new CompletableFuture<>();
        Thread request = Thread.ofVirtual()
                .start(() -> pipeline().accept(TestRequest.get("/api?timeout=200ms"), reply -> {
                    replies.add(reply);
                    first.complete(reply);
                }));
        Reply reply = first.get(10, TimeUnit.SECONDS);
        assertThat(reply.status()).isEqualTo(504);
        assertThat(text((Reply.Whole) reply)).contains("Timeout: request did not complete within the allotted timeout");
        slow.countDown();
        request.join();
        assertThat(replies).hasSize(1);
    }

    @Test
    void refusesATimeoutThatIsNone() throws Exception {
        Reply.Whole reply = answer(TestRequest.get("/api?timeout=soon"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(text(reply)).contains("invalid timeout specified in the request URL - time: invalid duration");
    }

    @Test
    void packsLargeAnswersForClientsThatTakeIt() throws Exception {
        route = exchange -> PlainText.of(200, "x".repeat(200_000));
        Reply.Whole packed = answer(TestRequest.get("/api").with("Accept-Encoding", "deflate, gzip"));
        assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
        assertThat(packed.body()).hasSizeLessThan(2_000);
        assertThat(header(answer(TestRequest.get("/api")), "Content-Encoding")).isEmpty();
    }

    @Test
    void sendsHeadersOfAWatchWithItsFirstEventOrAFailureBeforeThat() throws Exception {
        route = exchange -> new Reply.Stream(List.of(), new WatchStream(new NoFrames(), 100), () -> {
            throw Failures.raw("bad version");
        });
        CompletableFuture<Reply> failed = new CompletableFuture<>();
        pipeline().accept(TestRequest.get("/apis/g/v1/things?watch=1"), failed::complete);
        assertThat(failed.get().status()).isEqualTo(500);
        WatchStream stream = new WatchStream(new NoFrames(), 100);
        route = exchange -> new Reply.Stream(List.of(), stream, () -> {
            stream.bookmark(1, false);
            throw Failures.expired("too old");
        });
        CompletableFuture<Reply> started = new CompletableFuture<>();
        pipeline().accept(TestRequest.get("/apis/g/v1/things?watch=1"), started::complete);
        assertThat(started.get().status()).isEqualTo(200);
        assertThat(UTF_8.decode(Objects.requireNonNull(stream.next())).toString())
                .isEqualTo("b1e");
    }

    @Test
    void asksTheAuthorizerAboutWatchesToo() throws Exception {
        authorizer = this::refuse;
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        pipeline().accept(TestRequest.get("/apis/g/v1/things?watch=1"), reply::complete);
        assertThat(reply.get().status()).isEqualTo(403);
        assertThat(order).containsExactly("authenticate", "refuse watch");
    }

    private Authorizer.Decision refuse(Attributes attributes) {
        order.add("refuse " + attributes.verb());
        return Authorizer.Decision.NO_OPINION;
    }

    @Test
    void limitsRequestTimeButNotThatOfAWatch() {
        TestRequest watch = TestRequest.get("/apis/g/v1/things?watch=1&timeout=1s");
        assertThat(RequestTime.of(watch.exchange(), Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(1));
        TestRequest list = TestRequest.get("/apis/g/v1/things?timeout=1s");
        assertThat(RequestTime.of(list.exchange(), Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(1));
        TestRequest longer = TestRequest.get("/apis/g/v1/things?timeout=1h");
        assertThat(RequestTime.of(longer.exchange(), Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(1));
    }
}
