package dev.kubepki.server.http;

import java.util.concurrent.atomic.LongAdder;

/// Lengths of time by buckets, in seconds.
final class Histogram {
    /// As kube-apiserver's.
    private static final double[] BOUNDS = {
        0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60
    };

    private final LongAdder[] counts = new LongAdder[BOUNDS.length + 1];
    private final LongAdder nanos = new LongAdder();

    Histogram() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    void observe(long time) {
        double seconds = time / 1e9;
        int bucket = 0;
        while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        nanos.add(time);
    }

    void write(MetricText out, String name, RequestLabels labels) {
        long sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i].sum();
            String bound = i < BOUNDS.length ? MetricText.number(BOUNDS[i]) : "+Inf";
            out.sample(name + "_bucket", (double) sum, labels.withBucket(bound));
        }
        out.sample(name + "_sum", nanos.sum() / 1e9, labels.withBucket(""));
        out.sample(name + "_count", (double) sum, labels.withBucket(""));
    }
}
