package dev.kubepki.server.registry;

import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.kind.Kind;

/// A kind with its rules and the place of its objects in the store.
final class Resource {
    static final String STORE_ROOT = "/registry/";

    private final Kind kind;
    private final Strategy strategy;
    private final String root;
    private final String name;
    private final String qualifiedKind;
    private final String storageApiVersion;

    Resource(Kind kind, Strategy strategy) {
        this.kind = kind;
        this.strategy = strategy;
        this.root = STORE_ROOT + kind.storagePath() + "/";
        this.name = kind.resource();
        this.qualifiedKind = kind.qualifiedKind();
        this.storageApiVersion = apiVersion(kind.storageVersion());
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
