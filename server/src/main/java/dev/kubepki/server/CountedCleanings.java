package dev.kubepki.server;

import dev.kubepki.server.controller.clean.Staleness;
import dev.kubepki.server.http.MetricSource;
import dev.kubepki.server.http.MetricText;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// Counts the requests that the cleaners removed, by the reason.
final class CountedCleanings implements Consumer<Staleness>, MetricSource {
    private static final String NAME = "kubepki_controller_requests_cleaned_total";

    private final Map<Staleness, LongAdder> counts = new EnumMap<>(Staleness.class);

    CountedCleanings() {
        for (Staleness why : Staleness.values()) {
            counts.put(why, new LongAdder());
        }
    }

    @Override
    public void accept(Staleness why) {
        LongAdder count = counts.get(why);
        if (count != null) {
            count.increment();
        }
    }

    @Override
    public void write(MetricText out) {
        out.family(
                NAME, MetricText.Type.COUNTER, "Requests for certificates that were removed, as nobody needed them.");
        counts.forEach((why, count) ->
                out.sample(NAME, (double) count.sum(), "state", why.name().toLowerCase(Locale.ROOT)));
    }
}
