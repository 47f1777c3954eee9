package dev.kubepki.server.http;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/// Counts requests and measures how long they take, under the names that kube-apiserver gives such figures.
final class RequestMetrics implements Observer, MetricSource {
    private static final String TOTAL = "apiserver_request_total";
    private static final String DURATION = "apiserver_request_duration_seconds";
    private static final String WATCHES = "apiserver_longrunning_requests";

    private final Map<Outcome, LongAdder> totals = new ConcurrentHashMap<>();
    private final Map<RequestLabels, Histogram> durations = new ConcurrentHashMap<>();
    private final Map<RequestLabels, LongAdder> watches = new ConcurrentHashMap<>();
    private final Predicate<RequestInfo> known;
    private final Slots slots;

    private record Outcome(RequestLabels labels, int code) {}

    /// @param known whether a request is for something that is served
    RequestMetrics(Predicate<RequestInfo> known, Slots slots) {
        this.known = known;
        this.slots = slots;
    }

    private RequestLabels labels(Exchange exchange) {
        return RequestLabels.of(exchange, known.test(exchange.info()));
    }

    @Override
    public void streaming(Exchange exchange) {
        watches.computeIfAbsent(labels(exchange), labels -> new LongAdder()).increment();
    }

    @Override
    public void finished(Exchange exchange, Reply reply) {
        RequestLabels labels = labels(exchange);
        totals.computeIfAbsent(new Outcome(labels, reply.status()), outcome -> new LongAdder())
                .increment();
        if (reply instanceof Reply.Stream) {
            watches.computeIfAbsent(labels, key -> new LongAdder()).decrement();
        } else {
            durations.computeIfAbsent(labels, key -> new Histogram()).observe(System.nanoTime() - exchange.started());
        }
    }

    @Override
    public void write(MetricText out) {
        out.family(
                TOTAL,
                MetricText.Type.COUNTER,
                "Requests that were answered, by what they were for and how they ended.");
        List<Map.Entry<Outcome, LongAdder>> sorted = totals.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
                .toList();
        for (Map.Entry<Outcome, LongAdder> entry : sorted) {
            Outcome outcome = entry.getKey();
            out.sample(
                    TOTAL,
                    (double) entry.getValue().sum(),
                    outcome.labels().withCode(Integer.toString(outcome.code())));
        }
        out.family(DURATION, MetricText.Type.HISTOGRAM, "Time from the end of a request's headers to its reply.");
        durations.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
                .forEach(entry -> entry.getValue().write(out, DURATION, entry.getKey()));
        out.family(WATCHES, MetricText.Type.GAUGE, "Watches that run.");
        watches.forEach((labels, count) -> out.sample(WATCHES, (double) count.sum(), labels.withBucket("")));
        out.family("apiserver_current_inflight_requests", MetricText.Type.GAUGE, "Requests in work.");
        out.sample("apiserver_current_inflight_requests", slots.mutatingNow(), "request_kind", "mutating");
        out.sample("apiserver_current_inflight_requests", slots.readingNow(), "request_kind", "readOnly");
    }
}
