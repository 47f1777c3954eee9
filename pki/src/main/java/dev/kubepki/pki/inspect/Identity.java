package dev.kubepki.pki.inspect;

import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whom the API server sees in a subject: the last CN is the user, every O a group
/// (`x509.CommonNameUserConversion` of `k8s.io/apiserver`).
///
/// @param uid from the attribute 1.3.6.1.4.1.57683.2
record Identity(String user, List<String> groups, Optional<String> uid) {
    static final String AUTHENTICATED = "system:authenticated";

    private static final String MASTERS = "system:masters";
    private static final String NODES = "system:nodes";
    private static final String NODE_PREFIX = "system:node:";

    static Identity of(DistinguishedName subject) {
        List<String> groups = new ArrayList<>(subject.organizations());
        groups.add(AUTHENTICATED);
        List<String> uids = subject.values(DistinguishedName.KUBERNETES_UID);
        return new Identity(
                subject.commonName().orElse(""),
                List.copyOf(groups),
                uids.isEmpty() ? Optional.empty() : Optional.of(uids.getLast()));
    }

    /// Why the API server would not take the certificate as a login; empty where it would.
    static Optional<String> obstacle(Certificate certificate) {
        if (certificate.subject().commonName().orElse("").isEmpty()) {
            return Optional.of("cannot log in to Kubernetes: its subject has no CN");
        }
        boolean client = certificate
                .extendedKeyUsages()
                .map(usages -> usages.contains(ExtendedKeyUsage.CLIENT_AUTH) || usages.contains(ExtendedKeyUsage.ANY))
                .orElse(true);
        return client
                ? Optional.empty()
                : Optional.of("cannot log in to Kubernetes: its extended key usages lack clientAuth");
    }

    /// The certificate's mark in the audit log and in `kubectl auth whoami`.
    static String credentialId(Certificate certificate) {
        return "X509SHA256=" + certificate.fingerprint();
    }

    /// What is dangerous or wrong about the names, a sentence each.
    List<String> dangers() {
        List<String> dangers = new ArrayList<>();
        if (groups.contains(MASTERS)) {
            dangers.add("group system:masters may do everything, past RBAC, and can't be revoked without replacing the"
                    + " CA");
        }
        nodeDangers(dangers);
        boolean prefixed = user.startsWith("system:") && !user.startsWith(NODE_PREFIX);
        if (prefixed) {
            dangers.add("user '" + user + "' is one of Kubernetes' own: its RBAC bindings apply to whoever holds the"
                    + " key");
        }
        for (String group : groups) {
            if (group.startsWith("system:")
                    && !List.of(MASTERS, NODES, AUTHENTICATED).contains(group)) {
                dangers.add("group '" + group + "' is one of Kubernetes' own and brings its rights");
            }
        }
        return dangers;
    }

    private void nodeDangers(List<String> dangers) {
        String lower = user.toLowerCase(Locale.ROOT);
        boolean node = user.startsWith(NODE_PREFIX);
        if (lower.startsWith(NODE_PREFIX) && !lower.equals(user)) {
            dangers.add("user '" + user + "' is no node: names are case-sensitive, it must be '" + lower + "'");
        } else if (node && !groups.contains(NODES)) {
            dangers.add("user '" + user + "' is not in group system:nodes, so the node authorizer does not know it");
        } else if (!node && groups.contains(NODES)) {
            dangers.add("group system:nodes belongs to users 'system:node:<node name>' alone");
        } else if (node) {
            dangers.add("it is a node's own credential: it may read the Secrets of every pod on that node");
        }
        for (String group : groups) {
            if (group.equalsIgnoreCase(NODES) && !group.equals(NODES)) {
                dangers.add("group '" + group + "' is not system:nodes: names are case-sensitive");
            }
        }
    }
}
