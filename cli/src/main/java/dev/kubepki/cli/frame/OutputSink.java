package dev.kubepki.cli.frame;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Buffers a standard stream and remembers the first failure, which `PrintStream` would swallow. A command is never
/// stopped half-way because its reader went away; what to make of the failure is decided at the end.
final class OutputSink extends OutputStream {
    private static final int BUFFER = 8192;

    private final OutputStream target;
    private @Nullable IOException failure;

    OutputSink(OutputStream target) {
        this.target = new BufferedOutputStream(target, BUFFER);
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        if (failure == null) {
            try {
                target.write(octets, offset, length);
            } catch (IOException broken) {
                failure = broken;
            }
        }
    }

    @Override
    public void flush() {
        if (failure == null) {
            try {
                target.flush();
            } catch (IOException broken) {
                failure = broken;
            }
        }
    }

    /// The first failure that matters: a reader that went away (`kubepki list | head`) is none.
    @Nullable
    IOException failure() {
        IOException first = failure;
        if (first != null && String.valueOf(first.getMessage()).contains("Broken pipe")) {
            return null;
        }
        return first;
    }
}
