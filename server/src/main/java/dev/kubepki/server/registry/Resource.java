package dev.kubepki.server.registry;

import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.kind.GroupVersionKind;
import dev.kubepki.api.kind.Kind;
import org.jspecify.annotations.Nullable;

/// A kind with its rules and the place of its objects in the store.
final class Resource {
    static final String STORE_ROOT = "/registry/";

    private final Kind kind;
    private final Strategy strategy;
    private final String root;
    private final String name;
    private final String qualifiedKind;
    private final GroupVersionKind storedKind;
    private final String storageApiVersion;
    private final @Nullable Renaming renaming;

    Resource(Kind kind, Strategy strategy) {
        this.kind = kind;
        this.strategy = strategy;
        this.root = STORE_ROOT + kind.storagePath() + "/";
        this.name = kind.resource();
        this.qualifiedKind = kind.qualifiedKind();
        this.renaming = Renaming.of(kind);
        this.storedKind = renaming == null ? kind.in(kind.storageVersion()) : renaming.storedKind();
        this.storageApiVersion = storedKind.groupVersion().toString();
    }

    Kind kind() {
        return kind;
    }

    Strategy strategy() {
        return strategy;
    }

    /// `certificatesigningrequests.certificates.k8s.io`.
    String name() {
        return name;
    }

    /// `CertificateSigningRequest.certificates.k8s.io`.
    String qualifiedKind() {
        return qualifiedKind;
    }

    String apiVersion(String version) {
        return new GroupVersion(kind.group(), version).toString();
    }

    String storageApiVersion() {
        return storageApiVersion;
    }

    GroupVersionKind storedKind() {
        return storedKind;
    }

    /// Null for a kind that is stored as it is served.
    @Nullable
    Renaming renaming() {
        return renaming;
    }

    /// What is stored, as clients see it.
    StoredObject shown(SplicedObject object) {
        return renaming == null ? object : new Renaming.Renamed(object, renaming);
    }

    boolean has(Kind.Trait trait) {
        return kind.has(trait);
    }

    /// Where the keys of all its objects begin.
    String root() {
        return root;
    }

    /// Where the keys of a namespace's objects begin; with no namespace, of all.
    String prefix(String namespace) {
        return kind.namespaced() && !namespace.isEmpty() ? root + namespace + "/" : root;
    }

    String key(String namespace, String name) {
        return kind.namespaced() ? root + namespace + "/" + name : root + name;
    }

    /// The part of a key behind its last slash is the name: names hold no slash.
    static String nameOf(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /// The namespace in a key of a namespaced kind; empty otherwise.
    String namespaceOf(String key) {
        return kind.namespaced() ? key.substring(root.length(), Math.max(root.length(), key.lastIndexOf('/'))) : "";
    }
}
