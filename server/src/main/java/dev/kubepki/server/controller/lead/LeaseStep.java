package dev.kubepki.server.controller.lead;

/// What to do about a lease.
sealed interface LeaseStep {
    /// Write this into it: whoever succeeds has it.
    record Write(LeaseRecord record) implements LeaseStep {}

    /// Leave it to its holder.
    record Leave(String holder) implements LeaseStep {}
}
