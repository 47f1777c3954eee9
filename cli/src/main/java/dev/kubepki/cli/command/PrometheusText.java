package dev.kubepki.cli.command;

import dev.kubepki.pki.inventory.ListedCertificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Certificates as metrics in the text format of Prometheus (version 0.0.4), for node_exporter's textfile collector.
final class PrometheusText {
    private record Metric(String name, String help, Function<ListedCertificate, Optional<Long>> value) {}

    private static final List<Metric> METRICS = List.of(
            new Metric(
                    "kubepki_certificate_not_after_timestamp_seconds",
                    "When the certificate ends, in seconds since 1970.",
                    each -> each.notAfter().map(end -> end.getEpochSecond())),
            new Metric(
                    "kubepki_certificate_not_before_timestamp_seconds",
                    "When the certificate begins, in seconds since 1970.",
                    each -> each.notBefore().map(start -> start.getEpochSecond())),
            new Metric(
                    "kubepki_certificate_valid",
                    "Whether the certificate is there and within its time (1) or not (0).",
                    each -> Optional.of(each.state().isValid() ? 1L : 0L)));

    private PrometheusText() {}

    static String of(List<ListedCertificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (Metric metric : METRICS) {
            text.append("# HELP ").append(metric.name()).append(' ').append(metric.help());
            text.append("\n# TYPE ").append(metric.name()).append(" gauge\n");
            for (ListedCertificate each : certificates) {
                metric.value()
                        .apply(each)
                        .ifPresent(value -> text.append(metric.name())
                                .append(labels(each))
                                .append(' ')
                                .append(value.longValue())
                                .append('\n'));
            }
        }
        return text.toString();
    }

    /// The names are unique, so no two samples of a metric have the same labels, which a collector would refuse.
    private static String labels(ListedCertificate each) {
        return "{name=\"" + escaped(each.name())
                + "\",file=\"" + escaped(each.file())
                + "\",subject=\"" + escaped(each.subject())
                + "\",issuer=\"" + escaped(each.issuer())
                + "\",ca=\"" + escaped(each.ca()) + "\"}";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
