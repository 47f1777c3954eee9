package dev.kubepki.server.controller.lead;

import java.time.Duration;

/// How the leader among several controllers is found.
///
/// @param namespace of the lease
/// @param name of the lease
/// @param identity of this one, as no other's
/// @param lease for how long a leader that is not heard of keeps the others waiting
/// @param renewal within which a leader must have renewed, or it stops
/// @param retry between two attempts
public record ElectionOptions(
        String namespace, String name, String identity, Duration lease, Duration renewal, Duration retry) {
    /// @throws IllegalArgumentException where they don't fit together, with a sentence
    public ElectionOptions {
        if (lease.toSeconds() < 1 || lease.compareTo(renewal) <= 0) {
            throw new IllegalArgumentException("the lease's duration must be longer than the deadline of its renewal");
        }
        if (retry.isNegative()
                || retry.isZero()
                || renewal.compareTo(retry.multipliedBy(6).dividedBy(5)) <= 0) {
            throw new IllegalArgumentException(
                    "the deadline of a renewal must be longer than 1.2 times the retry period, which is not zero");
        }
    }
}
