package dev.kubepki.server.audit;

import java.io.Closeable;
import java.io.IOException;

/// Where audit lines go in the end.
public interface AuditTarget extends Closeable {
    /// Writes whole lines.
    void write(byte[] lines) throws IOException;
}
