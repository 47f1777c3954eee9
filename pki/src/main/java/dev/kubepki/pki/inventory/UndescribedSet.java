package dev.kubepki.pki.inventory;

import dev.kubepki.pki.cluster.Catalogue;
import dev.kubepki.pki.cluster.CertificateName;
import dev.kubepki.pki.files.PkiDirectory;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What belongs to a set that nobody described, as far as its files tell. A worker's folder is one too, so a file is
/// only missed where its neighbours need it.
final class UndescribedSet {
    /// What every control-plane node of kubeadm has, and what shows that a folder is one's.
    private static final Set<CertificateName> CONTROL_PLANE = Set.of(
            CertificateName.APISERVER,
            CertificateName.APISERVER_KUBELET_CLIENT,
            CertificateName.FRONT_PROXY_CA,
            CertificateName.FRONT_PROXY_CLIENT,
            CertificateName.ADMIN_CONF,
            CertificateName.CONTROLLER_MANAGER_CONF,
            CertificateName.SCHEDULER_CONF);

    /// What belongs together where etcd runs beside the API server.
    private static final Set<CertificateName> ETCD = Set.of(
            CertificateName.ETCD_CA,
            CertificateName.ETCD_SERVER,
            CertificateName.ETCD_PEER,
            CertificateName.ETCD_HEALTHCHECK_CLIENT);

    private UndescribedSet() {}

    static List<Catalogue.Row> rows(PkiDirectory directory) {
        Set<CertificateName> there = EnumSet.noneOf(CertificateName.class);
        for (Catalogue.Row row : Catalogue.ROWS) {
            for (String path : row.output().paths()) {
                if (Files.exists(directory.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
                    there.add(row.name());
                }
            }
        }
        Set<CertificateName> wanted = EnumSet.copyOf(there);
        wanted.add(CertificateName.CA);
        boolean control = there.contains(CertificateName.APISERVER)
                || there.contains(CertificateName.CONTROLLER_MANAGER_CONF)
                || there.contains(CertificateName.SCHEDULER_CONF);
        if (control) {
            wanted.addAll(CONTROL_PLANE);
        }
        if (there.contains(CertificateName.ETCD_SERVER) || there.contains(CertificateName.ETCD_PEER)) {
            wanted.addAll(ETCD);
            if (control) {
                wanted.add(CertificateName.APISERVER_ETCD_CLIENT);
            }
        }
        // In the order of a described set: what belongs to the cluster as a whole stands first.
        List<Catalogue.Row> shared = new ArrayList<>();
        List<Catalogue.Row> nodes = new ArrayList<>();
        for (Catalogue.Row row : Catalogue.ROWS) {
            if (wanted.contains(row.name())) {
                (row.placement() == Catalogue.Placement.CLUSTER ? shared : nodes).add(row);
            }
        }
        shared.addAll(nodes);
        return shared;
    }
}
