package dev.kubepki.server.registry.strategy;

import dev.kubepki.api.kind.Kind;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.server.auth.rbac.Escalation;
import dev.kubepki.server.registry.Strategy;
import java.util.Map;

/// The table: which strategy each kind has. A kind that is not in it has no rules but the common ones.
public final class Strategies {
    private static final Strategy WITH_STATUS = new SubdomainStrategy(true);
    private static final Strategy PLAIN = new SubdomainStrategy(false);

    private final Map<String, Strategy> table;

    /// @param provider proves requests
    /// @param escalation keeps users from giving what they don't have
    public Strategies(CryptoProvider provider, Escalation escalation) {
        table = Map.ofEntries(
                Map.entry("certificatesigningrequests.certificates.k8s.io", new CsrStrategy(provider)),
                Map.entry("clustertrustbundles.certificates.k8s.io", new TrustBundleStrategy()),
                Map.entry("podcertificaterequests.certificates.k8s.io", new PodCertificateStrategy(provider)),
                Map.entry("roles.rbac.authorization.k8s.io", new RoleStrategy(true, escalation)),
                Map.entry("clusterroles.rbac.authorization.k8s.io", new RoleStrategy(false, escalation)),
                Map.entry("rolebindings.rbac.authorization.k8s.io", new BindingStrategy(true, escalation)),
                Map.entry("clusterrolebindings.rbac.authorization.k8s.io", new BindingStrategy(false, escalation)),
                Map.entry("namespaces", new NamespaceStrategy()),
                Map.entry("configmaps", new DataStrategy()),
                Map.entry("secrets", new SecretStrategy()),
                Map.entry("events", EventStrategy.core()),
                Map.entry("events.events.k8s.io", EventStrategy.events()),
                Map.entry("leases.coordination.k8s.io", new LeaseStrategy()));
    }

    /// Of a kind.
    public Strategy of(Kind kind) {
        Strategy strategy = table.get(kind.resource());
        if (strategy != null) {
            return strategy;
        }
        boolean status = kind.subresources().stream()
                .anyMatch(subresource -> subresource.name().equals("status"));
        return status ? WITH_STATUS : PLAIN;
    }
}
