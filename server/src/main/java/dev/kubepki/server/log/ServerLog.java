package dev.kubepki.server.log;

import java.io.OutputStream;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/// The process's log.
public final class ServerLog {
    private static final Map<String, Level> LEVELS =
            Map.of("error", Level.SEVERE, "warn", Level.WARNING, "info", Level.INFO, "debug", Level.FINE);
    private static final String OWN = "dev.kubepki";

    private ServerLog() {}

    /// The words for levels.
    public static Set<String> levels() {
        return LEVELS.keySet();
    }

    /// From now on everything is written there, a line each; of the parts that were not made here, warnings alone.
    ///
    /// @param level one of [#levels]
    public static void install(OutputStream out, String level) {
        Level own = LEVELS.getOrDefault(level, Level.INFO);
        LogManager.getLogManager().reset();
        Handler handler = new LineHandler(out);
        handler.setLevel(Level.ALL);
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        root.setLevel(own.intValue() > Level.WARNING.intValue() ? own : Level.WARNING);
        Logger.getLogger(OWN).setLevel(own);
    }

    /// A line is there when it was logged, and not when a buffer is full.
    private static final class LineHandler extends StreamHandler {
        LineHandler(OutputStream out) {
            super(out, new LogLine());
        }

        @Override
        public void publish(LogRecord record) {
            super.publish(record);
            flush();
        }
    }
}
