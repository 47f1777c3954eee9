package dev.kubepki.server.audit;

/// How much of a request the log tells; each level tells what those before it tell.
public enum AuditLevel {
    /// Nothing.
    NONE("None"),
    /// Who, what, when and how it ended.
    METADATA("Metadata"),
    /// The object that was sent, too.
    REQUEST("Request"),
    /// The object that was answered, too.
    REQUEST_RESPONSE("RequestResponse");

    private final String label;

    AuditLevel(String label) {
        this.label = label;
    }

    /// As policies and events spell it.
    public String label() {
        return label;
    }

    /// Whether it tells what another one tells.
    public boolean covers(AuditLevel other) {
        return compareTo(other) >= 0;
    }
}
