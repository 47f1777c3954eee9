package dev.kubepki.pki.verify;

/// What a verification found: a path, or the reason why there is none.
public sealed interface Verdict permits VerifiedPath, Verdict.Rejected {
    /// No path holds. Where several were tried, the reason of the one that came furthest.
    record Rejected(Rejection reason) implements Verdict {}
}
