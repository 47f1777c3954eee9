package dev.kubepki.server.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// `/metrics`.
record MetricRoute(List<MetricSource> sources) implements Route {
    @Override
    public Reply serve(Exchange exchange) {
        MetricText text = new MetricText();
        sources.forEach(source -> source.write(text));
        return Reply.of(200, MetricText.CONTENT_TYPE, text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
