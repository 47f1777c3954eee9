package dev.kubepki.server.controller.explain;

import dev.kubepki.server.request.CsrState;

/// Why a request for a certificate is where it is, in sentences for people.
///
/// @param state how far it has come
/// @param actor who has to act next; empty when nobody has
/// @param activity whether that one runs, as far as can be told
/// @param cause why it has not gone further
/// @param remedy what to do about it
public record Explanation(CsrState state, String actor, String activity, String cause, String remedy) {
    /// Whether nothing more will happen to the request by itself or by anybody.
    public boolean isSettled() {
        return actor.isEmpty();
    }
}
