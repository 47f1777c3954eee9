package dev.kubepki.server.auth.token;

import java.util.List;

/// What tokens of service accounts are made with and measured by.
///
/// @param issuers the first signs; the others' tokens are still accepted
/// @param audiences that are this server, and those of a token that asks for none
/// @param extendForPods whether a pod's token of the usual hour holds for a year, as old clients never read it again
public record TokenSettings(List<String> issuers, List<String> audiences, boolean extendForPods) {
    /// As kubeadm sets up a cluster.
    public static final TokenSettings KUBEADM = of("https://kubernetes.default.svc.cluster.local");

    /// Copies its lists.
    public TokenSettings {
        issuers = List.copyOf(issuers);
        audiences = List.copyOf(audiences);
    }

    /// With one issuer, which is the audience too.
    public static TokenSettings of(String issuer) {
        return new TokenSettings(List.of(issuer), List.of(issuer), true);
    }
}
