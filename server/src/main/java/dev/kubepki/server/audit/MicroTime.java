package dev.kubepki.server.audit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Times with microseconds, as metav1.MicroTime writes them.
final class MicroTime {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private MicroTime() {}

    static String of(Instant time) {
        return FORM.format(time);
    }
}
