package dev.kubepki.pki.trust;

import java.util.List;

/// What will be done to a store: first told, then carried out.
public interface StorePlan {
    /// Whether the store is already as it should be.
    boolean isEmpty();

    /// What would be done, a line each, such as `write /etc/...` and `run update-ca-certificates`.
    List<String> steps();

    /// What needs nothing done, or will be left alone, and why.
    List<String> notes();

    /// Does it. Where a step fails, those before it are taken back.
    ///
    /// @return what was said on the way: the output of the system's own tools, and remarks
    /// @throws TrustFailure where it can't be done
    List<String> carryOut() throws InterruptedException;
}
