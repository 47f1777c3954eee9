package dev.kubepki.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLineTest {
    private static LogRecord record(Level level, String text) {
        LogRecord record = new LogRecord(level, text);
        record.setLoggerName("dev.kubepki.server.http.Pipeline");
        record.setInstant(Instant.parse("2026-11-22T21:15:00Z"));
        return record;
    }

    @Test
    void writesOneLine() {
        assertThat(new LogLine().format(record(Level.WARNING, "a \"b\"\nc\u0007")))
                .isEqualTo("2026-11-22T21:15:00.000Z WARN  http.Pipeline \"a \\\"b\\\"\\nc\\u0007\"\n");
    }

    @Test
    void tellsAFailureOnTheSameLine() {
        LogRecord record = record(Level.SEVERE, "failed");
        record.setThrown(new IllegalStateException("first", new IllegalArgumentException("second")));
        assertThat(new LogLine().format(record))
                .startsWith(
                        "2026-11-22T21:15:00.000Z ERROR http.Pipeline \"failed\" error=\"java.lang.IllegalStateException: first at ")
                .contains(" caused by java.lang.IllegalArgumentException: second at ")
                .endsWith("\"\n")
                .hasLineCount(1);
    }
}
