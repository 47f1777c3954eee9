package dev.kubepki.server.log;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/// One record as one line: time, level, where it comes from, what happened, and the failure behind it.
///
/// `2026-11-22T21:15:00.123Z WARN  http.Pipeline "what happened" error="…"`
final class LogLine extends Formatter {
    private static final String OWN = "dev.kubepki.server.";
    private static final int MOST_FRAMES = 12;

    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder(200);
        Instant time = record.getInstant().truncatedTo(ChronoUnit.MILLIS);
        line.append(time);
        // Instant leaves out a fraction of zero, and columns are easier to read.
        if (time.equals(time.truncatedTo(ChronoUnit.SECONDS))) {
            line.insert(line.length() - 1, ".000");
        }
        line.append(' ').append(level(record.getLevel())).append(' ').append(source(record.getLoggerName()));
        line.append(' ');
        quote(line, formatMessage(record));
        Throwable cause = record.getThrown();
        if (cause != null) {
            line.append(" error=");
            quote(line, trace(cause));
        }
        return line.append('\n').toString();
    }

    private static String level(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= Level.WARNING.intValue()) {
            return "WARN ";
        }
        return value >= Level.INFO.intValue() ? "INFO " : "DEBUG";
    }

    private static String source(@Nullable String logger) {
        if (logger == null || logger.isEmpty()) {
            return "-";
        }
        return logger.startsWith(OWN) ? logger.substring(OWN.length()) : logger;
    }

    private static String trace(Throwable failure) {
        StringBuilder text = new StringBuilder();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MOST_FRAMES; depth++) {
            text.append(depth == 0 ? "" : " caused by ").append(cause);
            StackTraceElement[] frames = cause.getStackTrace();
            for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
                text.append(" at ").append(frames[i]);
            }
            cause = cause.getCause();
        }
        return text.toString();
    }

    private static void quote(StringBuilder line, String text) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c == '\n') {
                line.append("\\n");
            } else if (Character.isISOControl(c)) {
                line.append(String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }
}
