package dev.kubepki.pki.cluster;

import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.SubjectAltName;
import java.util.List;
import java.util.Optional;

/// One member of a cluster's set, as the description wants it: a CA, a certificate, the key pair or a kubeconfig.
///
/// @param folder the node's folder, ending in `/`; empty for what belongs to the cluster as a whole, and on a single
/// node
/// @param node the host it is for; empty for what belongs to the cluster as a whole
/// @param issuer the CA that signs it; empty for a root and for the key pair
/// @param subject empty name for the key pair
/// @param kubeconfig what the file says besides the credential; empty where there is none
public record Item(
        CertificateName name,
        String folder,
        Optional<ClusterNode> node,
        Output output,
        Optional<CertificateName> issuer,
        DistinguishedName subject,
        List<SubjectAltName> subjectAltNames,
        CertificateProfile profile,
        KeyAlgorithm algorithm,
        Optional<KubeconfigNames> kubeconfig) {
    /// The names inside a kubeconfig.
    ///
    /// @param server the API server's URL
    public record KubeconfigNames(String cluster, String server, String user, String context) {}

    /// Defensive copy.
    public Item {
        subjectAltNames = List.copyOf(subjectAltNames);
    }

    /// How people call it: `apiserver`, or `cp1/apiserver` where several nodes have one.
    public String id() {
        return folder.isEmpty() ? name.label() : node.map(ClusterNode::name).orElse("") + "/" + name.label();
    }

    /// The file that holds the certificate, or the private key of the key pair.
    public String mainPath() {
        return output.paths().getFirst();
    }

    /// Whether it signs others.
    public boolean isAuthority() {
        return name.isAuthority();
    }
}
