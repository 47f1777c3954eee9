package dev.kubepki.pki.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which process uses a file, and how it notices a new one. Source: the components' own code at Kubernetes 1.36 and
/// etcd 3.5.
public final class Consumers {
    /// What a process does about a changed file.
    public enum Notices {
        /// Nothing, until it is started again.
        RESTART,
        /// It reads the file again by itself.
        RELOADS
    }

    /// One row.
    ///
    /// @param how in a few words
    public record Row(CertificateName name, String component, Notices notices, String how) {}

    /// Every row.
    public static final List<Row> ROWS = List.of(
            reloads(CertificateName.APISERVER, "kube-apiserver", "within a minute"),
            reloads(CertificateName.APISERVER_KUBELET_CLIENT, "kube-apiserver", "within five minutes"),
            reloads(CertificateName.APISERVER_ETCD_CLIENT, "kube-apiserver", "at its next connection to etcd"),
            reloads(CertificateName.FRONT_PROXY_CLIENT, "kube-apiserver", "within a minute"),
            reloads(CertificateName.ETCD_SERVER, "etcd", "at each new connection"),
            reloads(CertificateName.ETCD_PEER, "etcd", "at each new connection"),
            reloads(CertificateName.KUBELET_SERVER, "kubelet", "when the file changes"),
            restart(CertificateName.CONTROLLER_MANAGER_CONF, "kube-controller-manager"),
            restart(CertificateName.SCHEDULER_CONF, "kube-scheduler"),
            restart(CertificateName.KUBELET_CONF, "kubelet"),
            restart(CertificateName.KUBE_PROXY_CONF, "kube-proxy"),
            reloads(CertificateName.CA, "kube-apiserver", "its client CA within a minute"),
            restart(CertificateName.CA, "kube-controller-manager"),
            restart(CertificateName.CA, "kube-scheduler"),
            reloads(CertificateName.CA, "kubelet", "its client CA; the CA inside kubelet.conf at a restart"),
            reloads(CertificateName.FRONT_PROXY_CA, "kube-apiserver", "within a minute"),
            restart(CertificateName.ETCD_CA, "etcd"),
            restart(CertificateName.ETCD_CA, "kube-apiserver"));

    private Consumers() {}

    private static Row reloads(CertificateName name, String component, String how) {
        return new Row(name, component, Notices.RELOADS, how);
    }

    private static Row restart(CertificateName name, String component) {
        return new Row(name, component, Notices.RESTART, "reads it only when it starts");
    }

    /// The advice after these were renewed: each component once, the restarts first.
    public static List<String> advice(Collection<CertificateName> renewed) {
        Map<String, List<String>> restarts = new LinkedHashMap<>();
        Map<String, List<String>> reloads = new LinkedHashMap<>();
        for (Row row : ROWS) {
            if (renewed.contains(row.name())) {
                boolean restart = row.notices() == Notices.RESTART;
                String what = row.name().label() + (restart ? "" : " " + row.how());
                (restart ? restarts : reloads)
                        .computeIfAbsent(row.component(), c -> new ArrayList<>())
                        .add(what);
            }
        }
        List<String> advice = new ArrayList<>();
        restarts.forEach((component, files) ->
                advice.add("restart " + component + ", which reads only at its start: " + String.join(", ", files)));
        reloads.forEach((component, files) -> advice.add(component + " takes by itself: " + String.join("; ", files)));
        return advice;
    }
}
