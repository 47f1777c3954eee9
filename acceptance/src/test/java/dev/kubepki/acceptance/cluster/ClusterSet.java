package dev.kubepki.acceptance.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A folder that `kubepki init` filled. Its files are read with nothing of kubepki's, so that the program is not its
/// own
/// witness.
record ClusterSet(Path dir, Variant variant) {
    /// A certificate with its key: files as they lie there, or copies of what a kubeconfig holds.
    record Pair(Path certificate, Path key) {}

    /// How a certificate is used on the wire, and the CA that those rely on to whom it is shown.
    @SuppressWarnings("ArrayRecordComponent") // rows of a table, never compared
    record Use(String certificate, String authority, Purpose... purposes) {}

    /// OpenSSL's word for each purpose, and that of the JDK, which is the OID of the extended key usage.
    enum Purpose {
        SERVER("sslserver", "1.3.6.1.5.5.7.3.1"),
        CLIENT("sslclient", "1.3.6.1.5.5.7.3.2");

        final String openssl;
        final String oid;

        Purpose(String openssl, String oid) {
            this.openssl = openssl;
            this.oid = oid;
        }
    }

    private static final List<Use> COMMON = List.of(
            new Use("pki/apiserver.crt", "pki/ca.crt", Purpose.SERVER),
            new Use("pki/apiserver-kubelet-client.crt", "pki/ca.crt", Purpose.CLIENT),
            new Use("pki/kubelet.crt", "pki/ca.crt", Purpose.SERVER),
            new Use("pki/front-proxy-client.crt", "pki/front-proxy-ca.crt", Purpose.CLIENT),
            new Use("pki/apiserver-etcd-client.crt", "pki/etcd/ca.crt", Purpose.CLIENT),
            new Use("pki/etcd/server.crt", "pki/etcd/ca.crt", Purpose.SERVER, Purpose.CLIENT),
            new Use("pki/etcd/peer.crt", "pki/etcd/ca.crt", Purpose.SERVER, Purpose.CLIENT),
            new Use("pki/etcd/healthcheck-client.crt", "pki/etcd/ca.crt", Purpose.CLIENT));

    static ClusterSet make(Path dir, Variant variant) throws IOException, InterruptedException {
        return make(dir, variant, variant.description());
    }

    static ClusterSet make(Path dir, Variant variant, String description) throws IOException, InterruptedException {
        Files.createDirectories(dir);
        Path file = Files.writeString(dir.resolveSibling(dir.getFileName() + ".yaml"), description);
        Kubepki.in(dir).done("init", "-f", file.toString(), "--dir", dir.toString());
        return new ClusterSet(dir, variant);
    }

    /// The certificates that lie in files of their own.
    static List<Use> uses() {
        return COMMON;
    }

    List<String> kubeconfigs() {
        List<String> documented =
                List.of("admin.conf", "kubelet.conf", "controller-manager.conf", "scheduler.conf", "kube-proxy.conf");
        return variant.style().equals("documented")
                ? documented
                : Stream.concat(documented.stream(), Stream.of("super-admin.conf"))
                        .toList();
    }

    Path file(String name) {
        return dir.resolve(name);
    }

    Pair pair(String certificate) {
        return new Pair(file(certificate), file(certificate.replaceAll("\\.crt$", ".key")));
    }

    /// What a kubeconfig holds, as files beside it.
    Pair pairOf(String kubeconfig) throws IOException {
        Path folder = Files.createDirectories(dir.resolveSibling(dir.getFileName() + "-extracted"));
        return new Pair(
                Files.write(folder.resolve(kubeconfig + ".crt"), data(kubeconfig, "client-certificate-data")),
                Files.write(folder.resolve(kubeconfig + ".key"), data(kubeconfig, "client-key-data")));
    }

    byte[] data(String kubeconfig, String field) throws IOException {
        Matcher matcher =
                Pattern.compile(field + ": (\\S+)").matcher(Files.readString(file(kubeconfig), StandardCharsets.UTF_8));
        if (!matcher.find()) {
            throw new AssertionError(kubeconfig + " has no " + field);
        }
        return Base64.getDecoder().decode(matcher.group(1));
    }

    /// The files of a path below [#root(String)], the leaf first.
    List<Path> path(Path leaf, String authority) {
        return variant.hasSingleRoot() ? List.of(leaf, file(authority)) : List.of(leaf);
    }

    /// The self-signed certificate above a CA: the CA itself, where each is its own root.
    Path root(String authority) {
        return file(variant.hasSingleRoot() ? "pki/root.crt" : authority);
    }
}
