package dev.kubepki.server.auth.node;

/// An object by its resource; the namespace is empty at the cluster scope.
record Reference(String plural, String namespace, String name) {}
