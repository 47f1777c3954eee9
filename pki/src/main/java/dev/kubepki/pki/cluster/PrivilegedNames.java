package dev.kubepki.pki.cluster;

import java.util.ArrayList;
import java.util.List;

/// User and group names that carry power of their own, so that a certificate for them should never be made by mistake.
public final class PrivilegedNames {
    /// One row.
    ///
    /// @param name a whole name, or a beginning where it ends in a colon
    record Row(String name, String why) {
        boolean covers(String other) {
            return name.endsWith(":") ? other.startsWith(name) : other.equals(name);
        }
    }

    /// The first that covers a name counts.
    private static final List<Row> ROWS = List.of(
            new Row(
                    "system:masters",
                    "may do everything whatever RBAC says, and can't be revoked short of replacing the CA"),
            new Row("kubeadm:cluster-admins", "is bound to cluster-admin in every cluster that kubeadm made"),
            new Row("system:node:", "is a node's own name, with which it reads the Secrets of its pods"),
            new Row("system:nodes", "is the group of the nodes, with which they read the Secrets of their pods"),
            new Row("system:", "is reserved for Kubernetes' own components"));

    private PrivilegedNames() {}

    /// Why a certificate for this user and these groups is a risk: a sentence for each name; empty where it is none.
    public static List<String> risks(String user, List<String> groups) {
        List<String> risks = new ArrayList<>();
        add(risks, "user", user);
        groups.forEach(group -> add(risks, "group", group));
        return risks;
    }

    private static void add(List<String> risks, String kind, String name) {
        ROWS.stream()
                .filter(row -> row.covers(name))
                .findFirst()
                .ifPresent(row -> risks.add("the " + kind + " " + name + " " + row.why()));
    }
}
