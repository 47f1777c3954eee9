package dev.kubepki.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HealthRoutesTest {
    private final AtomicBoolean healthy = new AtomicBoolean(true);
    private final Paths paths = paths();

    private Paths paths() {
        Paths all = new Paths();
        HealthRoutes.addTo(
                all,
                List.of(
                        new HealthCheck("ping", () -> true),
                        new HealthCheck("store", healthy::get),
                        new HealthCheck("late", true, () -> {
                            throw new IllegalStateException("secret");
                        })));
        return all;
    }

    private String ask(String target) {
        Reply.Whole reply = (Reply.Whole) paths.serve(TestRequest.get(target).exchange());
        return reply.status() + " " + new String(reply.body(), UTF_8);
    }

    @Test
    void saysOkAndNoMore() {
        assertThat(ask("/livez")).isEqualTo("200 ok");
        assertThat(ask("/healthz/")).isEqualTo("200 ok");
    }

    @Test
    void tellsEachCheckWhenAsked() {
        assertThat(ask("/livez?verbose")).isEqualTo("200 [+]ping ok\n[+]store ok\nlivez check passed\n");
    }

    @Test
    void tellsWhatFailedAndNotWhy() {
        healthy.set(false);
        assertThat(ask("/livez")).isEqualTo("500 [+]ping ok\n[-]store failed: reason withheld\nlivez check failed\n");
        assertThat(ask("/readyz")).contains("[-]late failed: reason withheld").doesNotContain("secret");
        assertThat(ask("/livez/ping")).isEqualTo("200 ok");
        assertThat(ask("/livez/store")).startsWith("500 internal server error: ");
    }

    @Test
    void leavesOutWhatIsExcludedAndSaysWhenItIsNotThere() {
        healthy.set(false);
        assertThat(ask("/livez?exclude=store&exclude=nope&verbose")).isEqualTo("""
                           200 [+]ping ok
                           [+]store excluded: ok
                           warn: some health checks cannot be excluded: no matches for "nope"
                           livez check passed
                           """);
    }

    @Test
    void knowsNoOtherChecks() {
        assertThat(ask("/livez/nope")).isEqualTo("404 404 page not found\n");
        assertThat(ask("/livez/late")).startsWith("404");
    }
}
