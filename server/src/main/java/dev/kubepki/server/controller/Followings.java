package dev.kubepki.server.controller;

import java.util.List;

/// What a controller follows, when it ends.
public final class Followings {
    private Followings() {}

    /// Ends them all.
    public static void close(List<AutoCloseable> followings) {
        for (AutoCloseable one : followings) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IllegalStateException("a closed follower can't fail", e);
            }
        }
    }
}
