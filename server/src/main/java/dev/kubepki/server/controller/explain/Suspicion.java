package dev.kubepki.server.controller.explain;

import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.SubjectAltName;
import dev.kubepki.server.controller.sign.SignerPolicy;
import dev.kubepki.server.request.RequestObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A request that could be read, as the rows of [Dangers] look at it.
///
/// @param nodeAddresses the names and addresses of the node that asks, where the cluster told them
record Suspicion(RequestObject object, CertificateRequest request, Optional<Set<String>> nodeAddresses) {
    static final String NODES = "system:nodes";
    static final String NODE = "system:node:";

    private static final String BOOTSTRAPPERS = "system:bootstrappers";
    private static final String CLIENT_USE = "client auth";
    private static final Set<String> ADMINISTRATORS = Set.of("system:masters", "kubeadm:cluster-admins");

    /// One row's question: what is to be said, or nothing.
    interface Question {
        Optional<String> ask(Suspicion about);
    }

    String user() {
        return request.subject().commonName().orElse("");
    }

    List<String> groups() {
        return request.subject().organizations();
    }

    List<SubjectAltName> names() {
        return request.subjectAltNames();
    }

    List<String> dnsNames() {
        return names().stream()
                .filter(SubjectAltName.Dns.class::isInstance)
                .map(name -> ((SubjectAltName.Dns) name).name())
                .toList();
    }

    boolean logsIn() {
        return object.usages().contains(CLIENT_USE);
    }

    boolean isForKubelet() {
        return Set.of(SignerPolicy.KUBELET_CLIENT, SignerPolicy.KUBELET_SERVING).contains(object.signerName());
    }

    /// A node that asks for itself, or a machine that joins with a bootstrap token: what these two signers are for.
    boolean isNodesOwn() {
        boolean itself = object.requester().equals(user()) && object.groups().contains(NODES);
        boolean joins = object.signerName().equals(SignerPolicy.KUBELET_CLIENT)
                && object.groups().contains(BOOTSTRAPPERS);
        return isForKubelet() && (itself || joins);
    }

    /// Who may do everything anyway gains nothing by another name.
    boolean isAskedByAdministrator() {
        return object.groups().stream().anyMatch(ADMINISTRATORS::contains);
    }
}
