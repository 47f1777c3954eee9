package dev.kubepki.server.patch;

import org.jspecify.annotations.Nullable;

/// A place inside an object, from the last step back; the object itself is null.
record Path(@Nullable Path parent, PathElement last) {
    static Path of(@Nullable Path parent, String name) {
        return new Path(parent, new PathElement.Name(name));
    }

    /// As it stands in messages: `.metadata.labels.a`; empty for the object itself.
    static String text(@Nullable Path path) {
        return path == null ? "" : path.toString();
    }

    @Override
    public String toString() {
        return text(parent) + last;
    }
}
