package dev.kubepki.api.client.remote;

/// Text that is sent and never shown.
final class Secret {
    private final String text;

    Secret(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "secret";
    }
}
