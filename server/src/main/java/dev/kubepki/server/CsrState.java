package dev.kubepki.server;

/// How far a request for a certificate has come.
enum CsrState {
    PENDING("Pending"),
    APPROVED("Approved"),
    DENIED("Denied"),
    FAILED("Failed"),
    ISSUED("Issued");

    private final String label;

    CsrState(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
