package dev.kubepki.server.registry.strategy;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.server.auth.rbac.Escalation;
import dev.kubepki.server.registry.Strategy;
import java.util.Map;

/// The table: which strategy each kind has. A kind that is not in it has no rules but the common ones.
public final class Strategies {
    private Strategies() {}

    /// By the kind's resource.
    ///
    /// @param provider proves requests
    /// @param escalation keeps users from giving what they don't have
    public static Map<String, Strategy> table(CryptoProvider provider, Escalation escalation) {
        return Map.ofEntries(
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
                Map.entry("serviceaccounts", new SubdomainStrategy(false)),
                Map.entry("nodes", new SubdomainStrategy(true)),
                Map.entry("events", new EventStrategy()),
                Map.entry("events.events.k8s.io", new EventStrategy()),
                Map.entry("leases.coordination.k8s.io", new LeaseStrategy()));
    }
}
