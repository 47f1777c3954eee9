package dev.kubepki.server.request;

/// How far a request for a certificate has come.
public enum CsrState {
    PENDING("Pending"),
    APPROVED("Approved"),
    DENIED("Denied"),
    FAILED("Failed"),
    ISSUED("Issued");

    private final String label;

    CsrState(String label) {
        this.label = label;
    }

    /// As people and figures write it.
    public String label() {
        return label;
    }
}
