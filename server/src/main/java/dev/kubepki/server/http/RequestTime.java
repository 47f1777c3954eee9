package dev.kubepki.server.http;

import java.time.Duration;

/// How long a request may take.
final class RequestTime {
    private RequestTime() {}

    /// `?timeout=` may shorten it.
    static Duration of(Exchange exchange, Duration most) {
        String text = exchange.query().text("timeout");
        if (text.isEmpty() || exchange.info().isWatch()) {
            return most;
        }
        Duration asked = GoDuration.parse(text);
        return asked.isZero() || asked.compareTo(most) > 0 ? most : asked;
    }
}
