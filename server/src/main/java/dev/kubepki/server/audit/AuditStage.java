package dev.kubepki.server.audit;

/// When an event is written.
public enum AuditStage {
    /// Before anything is done.
    REQUEST_RECEIVED("RequestReceived"),
    /// A watch began: its headers were sent.
    RESPONSE_STARTED("ResponseStarted"),
    /// All was sent.
    RESPONSE_COMPLETE("ResponseComplete"),
    /// The server failed on it.
    PANIC("Panic");

    private final String label;

    AuditStage(String label) {
        this.label = label;
    }

    /// As policies and events spell it.
    public String label() {
        return label;
    }
}
