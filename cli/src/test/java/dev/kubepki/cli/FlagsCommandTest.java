package dev.kubepki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.cli.frame.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlagsCommandTest {
    private static final String ONE = """
            apiVersion: kubepki.dev/v1alpha1
            kind: ClusterPKI
            keyAlgorithm: ECDSA-P256
            controlPlaneNodes:
              - name: cp-1
                addresses: 192.0.2.11
            networking:
              dnsDomain: example.org
            """;

    @TempDir
    Path dir;

    private Session session = new Session(Commands.table());

    /// Flags need the description and no file but that of the signing key.
    private Path set(String description) throws IOException {
        Files.createDirectories(dir.resolve("pki"));
        Files.writeString(dir.resolve("kubepki.yaml"), description);
        return dir;
    }

    private String flags(String... more) {
        session = new Session(Commands.table());
        List<String> line = new java.util.ArrayList<>(List.of("flags", "--dir", dir.toString()));
        line.addAll(List.of(more));
        assertThat(session.run(line.toArray(String[]::new))).as(session.err()).isZero();
        return session.out();
    }

    @Test
    void givesTheApiServerEachFileOfTheDocumentation() throws IOException {
        set(ONE);
        String pki = dir + "/pki/";
        assertThat(flags("kube-apiserver").lines())
                .contains(
                        "--client-ca-file=" + pki + "ca.crt",
                        "--tls-cert-file=" + pki + "apiserver.crt",
                        "--tls-private-key-file=" + pki + "apiserver.key",
                        "--kubelet-client-certificate=" + pki + "apiserver-kubelet-client.crt",
                        "--kubelet-client-key=" + pki + "apiserver-kubelet-client.key",
                        "--etcd-cafile=" + pki + "etcd/ca.crt",
                        "--etcd-certfile=" + pki + "apiserver-etcd-client.crt",
                        "--etcd-keyfile=" + pki + "apiserver-etcd-client.key",
                        "--requestheader-client-ca-file=" + pki + "front-proxy-ca.crt",
                        "--requestheader-allowed-names=front-proxy-client",
                        "--proxy-client-cert-file=" + pki + "front-proxy-client.crt",
                        "--proxy-client-key-file=" + pki + "front-proxy-client.key",
                        "--service-account-key-file=" + pki + "sa.pub",
                        "--service-account-signing-key-file=" + pki + "sa.key",
                        "--service-account-issuer=https://kubernetes.default.svc.example.org")
                .allMatch(line -> line.matches("--[a-z-]+=\\S+"));
    }

    @Test
    void givesEtcdServerAndPeerFilesAndAsksForClientCertificates() throws IOException {
        set(ONE);
        String etcd = dir + "/pki/etcd/";
        assertThat(flags("etcd").lines())
                .containsExactly(
                        "--trusted-ca-file=" + etcd + "ca.crt",
                        "--cert-file=" + etcd + "server.crt",
                        "--key-file=" + etcd + "server.key",
                        "--client-cert-auth=true",
                        "--peer-trusted-ca-file=" + etcd + "ca.crt",
                        "--peer-cert-file=" + etcd + "peer.crt",
                        "--peer-key-file=" + etcd + "peer.key",
                        "--peer-client-cert-auth=true");
        assertThat(flags("etcdctl").lines())
                .containsExactly(
                        "--cacert=" + etcd + "ca.crt",
                        "--cert=" + etcd + "healthcheck-client.crt",
                        "--key=" + etcd + "healthcheck-client.key");
    }

    @Test
    void letsTheControllerManagerSignOnlyWithACaKeyThatIsHere() throws IOException {
        set(ONE);
        assertThat(flags("kube-controller-manager")).doesNotContain("cluster-signing");
        assertThat(session.err()).contains("--cluster-signing-cert-file and --cluster-signing-key-file are left out");
        Files.writeString(dir.resolve("pki/ca.key"), "any key");
        assertThat(flags("kube-controller-manager"))
                .contains(
                        "--cluster-signing-key-file=" + dir + "/pki/ca.key\n",
                        "--root-ca-file=" + dir + "/pki/ca.crt\n");
        assertThat(session.err()).doesNotContain("left out");
    }

    @Test
    void warnsOfFilesThatAreNotThere() throws IOException {
        set(ONE);
        flags("kube-scheduler");
        assertThat(session.err()).containsOnlyOnce("warning: " + dir + "/scheduler.conf: there is no such file");
    }

    @Test
    void printsHeadingsOnlyForAListingOfAll() throws IOException {
        set(ONE);
        assertThat(flags().lines().filter(line -> line.startsWith("#")))
                .containsExactly(
                        "# kube-apiserver",
                        "# kube-controller-manager",
                        "# kube-scheduler",
                        "# kubelet",
                        "# kube-proxy",
                        "# etcd",
                        "# etcdctl");
        assertThat(flags("kube-proxy")).isEqualTo("--kubeconfig=" + dir + "/kube-proxy.conf\n");
    }

    @Test
    void takesNamesAndFoldersOfTheHost() throws IOException {
        set(ONE);
        Path map = Files.writeString(dir.resolve("map.yaml"), """
                ca.crt: kube-ca.pem
                apiserver: /var/lib/kubernetes/kube-api-server
                kubelet-server: /var/lib/kubelet/node01
                admin.conf: /root/.kube/config
                """);
        String[] target = {"--installed-at", "/etc/kubernetes", "--map", map.toString()};
        assertThat(flags("kube-apiserver", target[0], target[1], target[2], target[3])
                        .lines())
                .contains(
                        "--client-ca-file=/etc/kubernetes/kube-ca.pem",
                        "--tls-cert-file=/var/lib/kubernetes/kube-api-server.crt",
                        "--tls-private-key-file=/var/lib/kubernetes/kube-api-server.key",
                        "--etcd-cafile=/etc/kubernetes/pki/etcd/ca.crt");
        assertThat(flags("-o", "kubelet-config", target[0], target[1], target[2], target[3]))
                .isEqualTo("""
                apiVersion: kubelet.config.k8s.io/v1beta1
                kind: KubeletConfiguration
                authentication:
                  x509:
                    clientCAFile: /etc/kubernetes/kube-ca.pem
                tlsCertFile: /var/lib/kubelet/node01.crt
                tlsPrivateKeyFile: /var/lib/kubelet/node01.key
                """);
    }

    @Test
    void refusesAMapOfFilesThatNoSetHas() throws IOException {
        set(ONE);
        Path map = Files.writeString(dir.resolve("map.yaml"), "ca.crt: a\napi-server.crt: b\n");
        assertThat(session.run("flags", "etcd", "--dir", dir.toString(), "--map", map.toString()))
                .isEqualTo(1);
        assertThat(session.err()).contains(map + ":2: api-server.crt: is neither a file of a set");
    }

    @Test
    void printsLinesForAStaticPod() throws IOException {
        set(ONE);
        assertThat(flags("kube-scheduler", "--installed-at", "/etc/kubernetes", "-o", "manifest"))
                .isEqualTo("""
                - --kubeconfig=/etc/kubernetes/scheduler.conf
                - --authentication-kubeconfig=/etc/kubernetes/scheduler.conf
                - --authorization-kubeconfig=/etc/kubernetes/scheduler.conf
                """);
    }

    @Test
    void asksForTheNodeWhereSeveralRunTheComponent() throws IOException {
        set(ONE + """
                workers:
                  - name: w-1
                """);
        assertThat(session.run("flags", "kubelet", "--dir", dir.toString())).isEqualTo(2);
        assertThat(session.err()).contains("kubelet runs on 2 hosts; name one with --node", "It runs on cp-1, w-1.");
        assertThat(flags("kubelet", "--node", "w-1")).contains("--kubeconfig=" + dir + "/nodes/w-1/kubelet.conf\n");
        assertThat(flags("kube-scheduler")).contains("--kubeconfig=" + dir + "/nodes/cp-1/scheduler.conf\n");
        assertThat(flags("--node", "w-1").lines().filter(line -> line.startsWith("#")))
                .containsExactly("# kubelet", "# kube-proxy");
    }

    @Test
    void namesTheFilesOfAnEtcdThatSomebodyElseRuns() throws IOException {
        set(ONE + """
                etcd:
                  external:
                    endpoints: [https://192.0.2.31:2379, https://192.0.2.32:2379]
                    caFile: /srv/etcd/ca.crt
                    certFile: /srv/etcd/client.crt
                    keyFile: /srv/etcd/client.key
                """);
        assertThat(flags("kube-apiserver").lines().filter(line -> line.contains("etcd")))
                .containsExactly(
                        "--etcd-servers=https://192.0.2.31:2379,https://192.0.2.32:2379",
                        "--etcd-cafile=/srv/etcd/ca.crt",
                        "--etcd-certfile=/srv/etcd/client.crt",
                        "--etcd-keyfile=/srv/etcd/client.key");
        assertThat(session.run("flags", "etcd", "--dir", dir.toString())).isEqualTo(1);
        assertThat(session.err()).contains("this cluster's etcd is run by somebody else");
    }
}
