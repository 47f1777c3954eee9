package dev.kubepki.server.controller.lead;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Decides whether a lease may be taken. Pure. It never compares its own clock with the times in a lease, which others'
/// clocks wrote: a holder is gone when its lease stayed the same for long enough as seen from here.
final class LeaseDecider {
    private final String identity;
    private final Duration duration;

    LeaseDecider(String identity, Duration duration) {
        this.identity = identity;
        this.duration = duration;
    }

    /// @param there what the lease says, if there is one
    /// @param unchanged for how long it has said that
    LeaseStep decide(Optional<LeaseRecord> there, Duration unchanged, Instant now) {
        if (there.isEmpty()) {
            return new LeaseStep.Write(LeaseRecord.taken(identity, duration, 0, now));
        }
        LeaseRecord record = there.get();
        if (record.holder().equals(identity)) {
            return new LeaseStep.Write(record.renewed(duration, now));
        }
        if (record.holder().isEmpty() || unchanged.compareTo(record.duration()) >= 0) {
            return new LeaseStep.Write(LeaseRecord.taken(identity, duration, record.transitions() + 1, now));
        }
        return new LeaseStep.Leave(record.holder());
    }
}
