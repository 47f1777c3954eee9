package dev.kubepki.server.auth;

import java.util.ArrayList;
import java.util.List;

/// Authorizers in order: the first that allows or denies decides.
public final class AuthorizerChain implements Authorizer {
    private final List<Authorizer> authorizers;

    /// In this order.
    public AuthorizerChain(List<Authorizer> authorizers) {
        this.authorizers = List.copyOf(authorizers);
    }

    @Override
    public Decision decide(Attributes attributes) {
        List<String> reasons = new ArrayList<>(0);
        for (Authorizer authorizer : authorizers) {
            Decision decision = authorizer.decide(attributes);
            if (decision.verdict() != Verdict.NO_OPINION) {
                return decision;
            }
            if (!decision.reason().isEmpty()) {
                reasons.add(decision.reason());
            }
        }
        return reasons.isEmpty() ? Decision.NO_OPINION : new Decision(Verdict.NO_OPINION, String.join("\n", reasons));
    }
}
