package dev.kubepki.server;

import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.server.controller.sign.Signatures;
import dev.kubepki.server.http.MetricSource;
import dev.kubepki.server.http.MetricText;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.node.ObjectNode;

/// Signatures, counted on their way to the ledger.
final class CountedSignatures implements Signatures, MetricSource {
    private final Signatures ledger;
    private final LongAdder made = new LongAdder();
    private final Map<Fate, LongAdder> fates = new EnumMap<>(Fate.class);

    CountedSignatures(Signatures ledger) {
        this.ledger = ledger;
        for (Fate fate : Fate.values()) {
            fates.put(fate, new LongAdder());
        }
    }

    @Override
    public void signed(Certificate certificate, ObjectNode request) {
        ledger.signed(certificate, request);
        made.increment();
    }

    @Override
    public void ended(Certificate certificate, ObjectNode request, Fate fate) {
        ledger.ended(certificate, request, fate);
        LongAdder count = fates.get(fate);
        if (count != null) {
            count.increment();
        }
    }

    @Override
    public void write(MetricText out) {
        out.family("kubepki_controller_signatures_total", MetricText.Type.COUNTER, "Certificates that were signed.")
                .sample("kubepki_controller_signatures_total", (double) made.sum());
        out.family(
                "kubepki_controller_signatures_ended_total",
                MetricText.Type.COUNTER,
                "What became of the certificates that were signed.");
        fates.forEach((fate, count) -> out.sample(
                "kubepki_controller_signatures_ended_total",
                (double) count.sum(),
                "fate",
                fate.name().toLowerCase(Locale.ROOT)));
    }
}
