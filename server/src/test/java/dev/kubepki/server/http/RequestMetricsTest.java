package dev.kubepki.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RequestMetricsTest {
    private final RequestMetrics metrics =
            new RequestMetrics(info -> !info.path().contains("nope"), new Slots(Limits.DEFAULT));

    private String text() {
        MetricText text = new MetricText();
        metrics.write(text);
        return text.toString();
    }

    private void request(TestRequest request, int code) {
        metrics.finished(request.exchange(), PlainText.of(code, ""));
    }

    @Test
    void countsByWhatWasAskedAndHowItEnded() {
        String csrs = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
        request(TestRequest.get(csrs + "/a"), 200);
        request(TestRequest.get(csrs + "/b"), 200);
        request(
                TestRequest.of("PATCH", csrs + "/b/approval").with("Content-Type", "application/apply-patch+yaml"),
                409);
        request(TestRequest.get("/healthz"), 200);
        assertThat(text())
                .contains(
                        "apiserver_request_total{code=\"200\",component=\"apiserver\",dry_run=\"\","
                                + "group=\"certificates.k8s.io\",resource=\"certificatesigningrequests\","
                                + "scope=\"resource\",subresource=\"\",verb=\"GET\",version=\"v1\"} 2\n",
                        "subresource=\"approval\",verb=\"APPLY\",version=\"v1\"} 1\n",
                        "subresource=\"/healthz\",verb=\"GET\",version=\"\"} 1\n",
                        "apiserver_request_duration_seconds_count{component=\"apiserver\"",
                        "le=\"+Inf\"} 2\n");
    }

    @Test
    void keepsNothingThatClientsChooseFreely() {
        request(TestRequest.of("BREW", "/nope/" + "x".repeat(50)), 404);
        request(TestRequest.get("/apis/nope/v1/things/secret-name"), 404);
        assertThat(text())
                .doesNotContain("xxx", "BREW", "secret-name", "things")
                .contains("verb=\"other\"");
    }

    @Test
    void countsWatchesWhileTheyRun() {
        Exchange watch = TestRequest.get("/api/v1/secrets?watch=1").exchange();
        metrics.streaming(watch);
        assertThat(text()).contains("apiserver_longrunning_requests{").contains("verb=\"WATCH\",version=\"v1\"} 1\n");
        metrics.finished(watch, new Reply.Stream(List.of(), new WatchStream(new NoFrames(), 10), () -> {}));
        assertThat(text()).contains("verb=\"WATCH\",version=\"v1\"} 0\n");
    }

    @Test
    void escapesLabels() {
        assertThat(new MetricText()
                        .sample("a", 1.5, "b", "x\"y\\z\n")
                        .sample("c", 2)
                        .toString())
                .isEqualTo("a{b=\"x\\\"y\\\\z\\n\"} 1.5\nc 2\n");
    }
}
