package dev.kubepki.server.audit;

import java.io.IOException;
import java.io.OutputStream;

/// Standard output, or another stream.
public record AuditStream(OutputStream out) implements AuditTarget {
    @Override
    public void write(byte[] lines) throws IOException {
        out.write(lines);
        out.flush();
    }

    /// Leaves the stream open: it belongs to somebody else.
    @Override
    public void close() throws IOException {
        out.flush();
    }
}
