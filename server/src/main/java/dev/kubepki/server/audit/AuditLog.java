package dev.kubepki.server.audit;

/// Takes the lines of the audit log.
public interface AuditLog extends AutoCloseable {
    /// Takes a line. It returns soon, also when the disk is slow.
    void write(String line);

    /// How many lines were lost.
    long lost();

    @Override
    void close();
}
