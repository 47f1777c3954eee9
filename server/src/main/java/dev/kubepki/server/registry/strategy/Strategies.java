package dev.kubepki.server.registry.strategy;

import dev.kubepki.api.kind.Kind;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.server.auth.rbac.Escalation;
import dev.kubepki.server.registry.Strategy;
import java.util.HashMap;
import java.util.Map;

/// The table: which strategy each kind has. A kind that is not in it has no rules but that of its name.
public final class Strategies {
    private final Map<String, Strategy> byResource = new HashMap<>();

    /// The table.
    ///
    /// @param provider proves requests
    /// @param escalation keeps users from giving what they don't have
    public Strategies(CryptoProvider provider, Escalation escalation) {
        row("certificatesigningrequests.certificates.k8s.io", new CsrStrategy(provider));
        row("clustertrustbundles.certificates.k8s.io", new TrustBundleStrategy());
        row("podcertificaterequests.certificates.k8s.io", new PodCertificateStrategy(provider));
        row("namespaces", new NamespaceStrategy());
        row("configmaps", new DataStrategy());
        row("secrets", new SecretStrategy());
        row("events", new EventStrategy());
        row("events.events.k8s.io", new EventStrategy());
        row("roles.rbac.authorization.k8s.io", new RoleStrategy(true, escalation));
        row("clusterroles.rbac.authorization.k8s.io", new RoleStrategy(false, escalation));
        row("rolebindings.rbac.authorization.k8s.io", new BindingStrategy(true, escalation));
        row("clusterrolebindings.rbac.authorization.k8s.io", new BindingStrategy(false, escalation));
        row("leases.coordination.k8s.io", new LeaseStrategy());
    }

    private void row(String resource, Strategy strategy) {
        byResource.put(resource, strategy);
    }

    /// Of a kind.
    public Strategy of(Kind kind) {
        Strategy strategy = byResource.get(kind.resource());
        if (strategy != null) {
            return strategy;
        }
        boolean status = kind.subresources().stream()
                .anyMatch(subresource -> subresource.name().equals("status"));
        return new SubdomainStrategy(status);
    }
}
