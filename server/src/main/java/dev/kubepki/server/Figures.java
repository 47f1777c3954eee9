package dev.kubepki.server;

import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.server.http.ListenerIdentity;
import dev.kubepki.server.http.MetricSource;
import dev.kubepki.server.http.MetricText;
import java.util.List;
import java.util.function.Supplier;

/// When the certificates end by which this server is known and knows others.
record Figures(Supplier<ListenerIdentity> identity, Supplier<List<Certificate>> clientAuthorities)
        implements MetricSource {
    private static final String EXPIRY = "kubepki_certificate_expiration_timestamp_seconds";

    @Override
    public void write(MetricText out) {
        out.family(EXPIRY, MetricText.Type.GAUGE, "When a certificate of the server ends, in Unix time.");
        ListenerIdentity own = identity.get();
        out.sample(EXPIRY, (double) own.end().getEpochSecond(), "use", "serving", "subject", own.toString());
        for (Certificate authority : clientAuthorities.get()) {
            out.sample(
                    EXPIRY,
                    (double) authority.validity().notAfter().getEpochSecond(),
                    "use",
                    "client-ca",
                    "subject",
                    authority.subject().toString());
        }
    }
}
