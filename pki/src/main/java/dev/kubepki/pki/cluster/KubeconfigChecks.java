package dev.kubepki.pki.cluster;

import dev.kubepki.pki.cluster.FoundFile.Content;
import dev.kubepki.pki.cluster.FoundFile.FoundKubeconfig;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.SubjectAltName;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Whether a kubeconfig leads its user to the cluster.
final class KubeconfigChecks {
    private KubeconfigChecks() {}

    static void usable(Examined examined) {
        config(examined)
                .flatMap(FoundKubeconfig::problem)
                .ifPresent(
                        problem -> examined.error("kubeconfig", examined.item().mainPath(), problem, examined.renew()));
    }

    /// Any certificate of the CA file will do: during a rotation there are two.
    static void authority(Examined examined) {
        Optional<FoundKubeconfig> config = config(examined);
        List<Certificate> expected = examined.set().authorities().chain(CertificateName.CA);
        if (config.isPresent()
                && !expected.isEmpty()
                && config.get().authorities().stream().noneMatch(expected::contains)) {
            examined.error(
                    "kubeconfig-ca",
                    examined.item().mainPath(),
                    config.get().authorities().isEmpty()
                            ? "holds no CA, so no API server is trusted"
                            : "trusts another CA than pki/ca.crt",
                    examined.renew());
        }
    }

    /// Only what belongs to the cluster as a whole: a node's own kubeconfig may lead to its own API server.
    static void server(Examined examined) {
        Optional<String> host = config(examined).flatMap(c -> host(c.server()));
        if (host.isEmpty() || examined.item().node().isPresent()) {
            return;
        }
        List<Certificate> servers = apiServers(examined);
        SubjectAltName name = SubjectAltName.of(host.get());
        if (!servers.isEmpty()
                && servers.stream().noneMatch(s -> s.subjectAltNames().contains(name))) {
            examined.error(
                    "kubeconfig-server",
                    examined.item().mainPath(),
                    "leads to " + host.get() + ", a name that no API server's certificate has",
                    "kubepki renew apiserver");
        }
    }

    private static List<Certificate> apiServers(Examined examined) {
        return examined.set()
                .desired()
                .controlPlaneItems()
                .filter(item -> item.name() == CertificateName.APISERVER)
                .map(item -> examined.set().found().file(item.mainPath()).content())
                .<Certificate>mapMulti((content, sink) -> {
                    if (content instanceof Content.Certificates(List<Certificate> chain)) {
                        sink.accept(chain.getFirst());
                    }
                })
                .toList();
    }

    private static Optional<String> host(String server) {
        try {
            return Optional.ofNullable(URI.create(server).getHost())
                    .map(h -> h.startsWith("[") ? h.substring(1, h.length() - 1) : h);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<FoundKubeconfig> config(Examined examined) {
        return examined.files().getFirst().content() instanceof Content.Kubeconfig(FoundKubeconfig config)
                ? Optional.of(config)
                : Optional.empty();
    }
}
