package dev.kubepki.pki.issue;

import java.util.List;

/// A certificate that must not be signed, with every reason.
public final class IssuanceRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // an immutable list of strings
    private final List<String> reasons;

    IssuanceRefused(List<String> reasons) {
        super(String.join("; ", reasons));
        this.reasons = List.copyOf(reasons);
    }

    /// The reasons, a sentence each.
    public List<String> reasons() {
        return reasons;
    }
}
