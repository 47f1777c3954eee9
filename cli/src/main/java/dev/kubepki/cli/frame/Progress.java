package dev.kubepki.cli.frame;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;

/// How far a long piece of work has come, on standard error: a bar that redraws itself on a terminal, a line for each
/// tenth elsewhere, nothing with `--quiet`. Threads may share one.
public final class Progress implements AutoCloseable {
    /// A log is spared the tenths of what takes a moment.
    private static final long WORTH_LINES = 100;

    private static final int BAR = 24;
    private static final long REDRAW_MILLIS = 100;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private enum Form {
        BAR,
        LINES,
        SILENT
    }

    private final PrintStream err;
    private final InstantSource clock;
    private final Form form;
    private final String label;
    private final long total;
    private final long started;
    private long done;
    private long drawn;
    private long tenths;

    private Progress(PrintStream err, InstantSource clock, Form form, String label, long total) {
        this.err = err;
        this.clock = clock;
        this.form = form;
        this.label = label;
        this.total = total;
        this.started = clock.millis();
        this.drawn = started;
    }

    /// Begins work on `total` things.
    ///
    /// @param label what is being done, such as `issuing`
    public static Progress of(Invocation in, String label, long total) {
        Form form = in.quiet() || total <= 0
                ? Form.SILENT
                : in.errIsTerminal() ? Form.BAR : total >= WORTH_LINES ? Form.LINES : Form.SILENT;
        return new Progress(in.err(), in.clock(), form, label, total);
    }

    /// One more is done.
    public synchronized void step() {
        done++;
        long now = clock.millis();
        if (form == Form.BAR && (now - drawn >= REDRAW_MILLIS || done == total)) {
            drawn = now;
            err.print(CLEAR_LINE + bar(now));
            err.flush();
        } else if (form == Form.LINES && done * 10 / total > tenths) {
            tenths = done * 10 / total;
            err.println(label + ": " + done + "/" + total + " (" + tenths * 10 + " %)" + pace(now));
        }
    }

    /// Ends the bar's line.
    @Override
    public synchronized void close() {
        if (form == Form.BAR) {
            err.print(CLEAR_LINE);
            err.flush();
        }
    }

    private String bar(long now) {
        int filled = (int) (done * BAR / total);
        return label + " [" + "#".repeat(filled) + ".".repeat(BAR - filled) + "] " + done + "/" + total + pace(now);
    }

    private String pace(long now) {
        long elapsed = now - started;
        if (elapsed <= 0 || done == 0) {
            return "";
        }
        Duration left = Duration.ofMillis((total - done) * elapsed / done);
        return ", " + done * 1000 / elapsed + "/s" + (done < total ? ", " + clockFace(left) + " left" : "");
    }

    private static String clockFace(Duration left) {
        long seconds = left.toSeconds();
        return seconds / 60 + ":" + (seconds % 60 < 10 ? "0" : "") + seconds % 60;
    }
}
