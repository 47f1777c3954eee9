package dev.kubepki.server.review;

import dev.kubepki.server.auth.rbac.RbacObjects;
import dev.kubepki.server.auth.token.BearerTokens;
import dev.kubepki.server.auth.token.TokenIssuer;
import dev.kubepki.server.registry.Review;
import java.util.Map;

/// The reviews that there are.
public final class Reviews {
    private static final String AUTHENTICATION = ".authentication.k8s.io";
    private static final String AUTHORIZATION = ".authorization.k8s.io";

    private Reviews() {}

    /// By resource, or resource and subresource.
    ///
    /// @param rules from which a user's rules are listed
    /// @param nodes whether nodes are authorized in a way of their own, which has no list of rules
    public static Map<String, Review> of(BearerTokens tokens, TokenIssuer issuer, RbacObjects rules, boolean nodes) {
        return Map.of(
                "selfsubjectreviews" + AUTHENTICATION,
                new SelfReview(),
                "tokenreviews" + AUTHENTICATION,
                new TokenReview(tokens),
                "serviceaccounts/token",
                new TokenRequest(issuer),
                "subjectaccessreviews" + AUTHORIZATION,
                new AccessReview(AccessRules.Sort.ANYBODY),
                "selfsubjectaccessreviews" + AUTHORIZATION,
                new AccessReview(AccessRules.Sort.SELF),
                "localsubjectaccessreviews" + AUTHORIZATION,
                new AccessReview(AccessRules.Sort.LOCAL),
                "selfsubjectrulesreviews" + AUTHORIZATION,
                new RulesReview(rules, nodes));
    }
}
