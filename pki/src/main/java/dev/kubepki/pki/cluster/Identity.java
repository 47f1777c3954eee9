package dev.kubepki.pki.cluster;

import dev.kubepki.pki.x509.DistinguishedName;
import java.util.List;

/// The subject of a row, in each naming style.
///
/// @param documented the CN of the documentation; `<node>` stands for the node's name
/// @param kubeadm the CN that kubeadm writes
record Identity(String documented, String kubeadm, List<String> documentedGroups, List<String> kubeadmGroups) {
    static final String NODE_NAME = "<node>";

    Identity(String documented, String kubeadm) {
        this(documented, kubeadm, List.of(), List.of());
    }

    static Identity anonymous(String commonName) {
        return new Identity(commonName, commonName);
    }

    static Identity user(String name, String group) {
        return new Identity(name, name, List.of(group), List.of(group));
    }

    /// The name under which the Node authorizer knows a kubelet.
    static Identity node() {
        return user("system:node:" + NODE_NAME, "system:nodes");
    }

    DistinguishedName subject(NamingStyle style, String nodeName) {
        boolean plain = style == NamingStyle.DOCUMENTED;
        String commonName = (plain ? documented : kubeadm).replace(NODE_NAME, nodeName);
        if (commonName.isEmpty()) {
            return DistinguishedName.of(List.of());
        }
        return DistinguishedName.of(commonName, plain ? documentedGroups : kubeadmGroups);
    }
}
