package dev.kubepki.pki.files;

import dev.kubepki.pki.document.Mapping;
import java.util.Optional;

/// Which user goes to which cluster. Immutable; each change keeps every other field.
public final class KubeconfigContext {
    private final NamedEntry entry;

    KubeconfigContext(NamedEntry entry) {
        this.entry = entry;
    }

    public static KubeconfigContext of(String name, String cluster, String user) {
        Mapping fields = Mapping.of("cluster", cluster).with("user", user);
        return new KubeconfigContext(NamedEntry.made(EntryKind.CONTEXT, name).with(fields));
    }

    public String name() {
        return entry.name();
    }

    /// The cluster's name; there may be no such cluster.
    public Optional<String> cluster() {
        return entry.text("cluster");
    }

    /// The user's name; there may be no such user.
    public Optional<String> user() {
        return entry.text("user");
    }

    public Optional<String> namespace() {
        return entry.text("namespace");
    }

    /// All fields, with those that kubepki doesn't know.
    public Mapping fields() {
        return entry.fields();
    }

    public KubeconfigContext withCluster(String name) {
        return new KubeconfigContext(entry.with(fields().with("cluster", name)));
    }

    public KubeconfigContext withUser(String name) {
        return new KubeconfigContext(entry.with(fields().with("user", name)));
    }

    public KubeconfigContext withNamespace(String namespace) {
        return new KubeconfigContext(entry.with(fields().with("namespace", namespace)));
    }

    public KubeconfigContext renamed(String name) {
        return new KubeconfigContext(entry.named(name));
    }

    NamedEntry entry() {
        return entry;
    }

    @Override
    public String toString() {
        return "context " + name();
    }
}
