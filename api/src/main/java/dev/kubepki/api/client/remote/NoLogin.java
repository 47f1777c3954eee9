package dev.kubepki.api.client.remote;

/// Nobody.
final class NoLogin implements Login {
    @Override
    public Credential current() {
        return Credential.NONE;
    }

    @Override
    public boolean refused(Credential credential) {
        return false;
    }
}
