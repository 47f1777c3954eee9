package dev.kubepki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.cli.frame.Session;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.x509.Certificate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
    @TempDir
    Path dir;

    private Session session = new Session(Commands.table());

    @BeforeEach
    void makeSet() throws IOException {
        Files.writeString(dir.resolve("cluster.yaml"), """
                apiVersion: kubepki.dev/v1alpha1
                kind: ClusterPKI
                keyAlgorithm: ECDSA-P256
                controlPlaneNodes:
                  - name: cp-1
                    addresses: 192.0.2.11
                workers:
                  - name: w-1
                    addresses: 192.0.2.21
                """);
        assertThat(run("init", "--dir", "set", "-f", "cluster.yaml")).isZero();
    }

    private int run(String... words) {
        session = new Session(Commands.table()).in(dir).with("SECRET", "correct horse");
        return session.run(words);
    }

    private List<String> files(String folder) throws IOException {
        try (Stream<Path> walk = Files.walk(dir.resolve(folder))) {
            return walk.filter(Files::isRegularFile)
                    .map(f -> dir.resolve(folder).relativize(f).toString())
                    .sorted()
                    .toList();
        }
    }

    private String mode(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve(file)));
    }

    @Test
    void writesExactlyTheThreeFilesOfAServer() throws IOException {
        assertThat(run("export", "apiserver", "--names", "server", "--dir", "set", "--to", "yourdirectory"))
                .as(session.err())
                .isZero();
        assertThat(files("yourdirectory")).containsExactly("ca.crt", "server.crt", "server.key");
        assertThat(dir.resolve("yourdirectory/ca.crt")).hasSameBinaryContentAs(dir.resolve("set/pki/ca.crt"));
        assertThat(dir.resolve("yourdirectory/server.key"))
                .hasSameBinaryContentAs(dir.resolve("set/nodes/cp-1/pki/apiserver.key"));
        assertThat(mode("yourdirectory/server.key")).isEqualTo("rw-------");
        assertThat(mode("yourdirectory/server.crt")).isEqualTo("rw-r--r--");
    }

    @Test
    void takesNamesOfOnesOwnAndRefusesOthers() throws IOException {
        assertThat(run("export", "apiserver", "--names", "kube-ca.pem,a.pem,a-key.pem", "--dir", "set", "--to", "x"))
                .isZero();
        assertThat(files("x")).containsExactly("a-key.pem", "a.pem", "kube-ca.pem");
        for (String bad : List.of("a,b", "a,b,b", "a,../b,c", "serverr")) {
            assertThat(run("export", "apiserver", "--names", bad, "--dir", "set", "--to", "y"))
                    .as(bad)
                    .isEqualTo(2);
        }
        assertThat(dir.resolve("y")).doesNotExist();
    }

    @Test
    void givesANodeItsFolderWithoutKeysOfCas() throws IOException {
        assertThat(run("export", "node", "w-1", "--dir", "set", "--to", "w")).isZero();
        assertThat(files("w"))
                .containsExactly("kube-proxy.conf", "kubelet.conf", "pki/ca.crt", "pki/kubelet.crt", "pki/kubelet.key");
        assertThat(mode("w/kubelet.conf")).isEqualTo("rw-------");
        assertThat(run("export", "node", "cp-1", "--dir", "set", "--to", "c")).isZero();
        assertThat(files("c"))
                .contains("pki/apiserver.key", "pki/sa.key", "admin.conf")
                .doesNotContain("pki/ca.key");
        assertThat(run("export", "node", "w-2", "--dir", "set", "--to", "v")).isEqualTo(2);
        assertThat(session.err()).contains("there is no host 'w-2'", "cp-1, w-1");
    }

    @Test
    void copiesAKeyOfACaOnlyWhereAskedFor() throws IOException {
        assertThat(run("export", "ca", "--dir", "set", "--to", "x")).isZero();
        assertThat(files("x")).containsExactly("pki/ca.crt");
        assertThat(session.err()).contains("pki/ca.key is the key of a CA and stays here");
        assertThat(run("export", "ca", "--format", "p12", "--generate-password", "--dir", "set", "--to", "ca.p12"))
                .isEqualTo(2);
        assertThat(run("export", "ca", "--with-ca-keys", "--dir", "set", "--to", "x"))
                .isZero();
        assertThat(files("x")).containsExactly("pki/ca.crt", "pki/ca.key");
    }

    @Test
    void givesAComponentWhatItReads() throws IOException {
        assertThat(run("export", "etcd", "--dir", "set", "--to", "x")).isZero();
        assertThat(files("x"))
                .containsExactly(
                        "pki/etcd/ca.crt",
                        "pki/etcd/peer.crt",
                        "pki/etcd/peer.key",
                        "pki/etcd/server.crt",
                        "pki/etcd/server.key");
        assertThat(run("export", "kubelet", "--dir", "set", "--to", "y")).isEqualTo(2);
        assertThat(session.err()).contains("kubelet runs on 2 hosts; name one with --node");
        assertThat(run("export", "kubelet", "--node", "w-1", "--dir", "set", "--to", "y"))
                .isZero();
        assertThat(dir.resolve("y/kubelet.conf")).hasSameBinaryContentAs(dir.resolve("set/nodes/w-1/kubelet.conf"));
    }

    @Test
    void replacesADifferentFileOnlyWhereAskedTo() throws IOException {
        run("export", "apiserver", "--names", "server", "--dir", "set", "--to", "x");
        Files.writeString(dir.resolve("x/server.crt"), "mine");
        Files.delete(dir.resolve("x/ca.crt"));
        assertThat(run("export", "apiserver", "--names", "server", "--dir", "set", "--to", "x"))
                .isEqualTo(1);
        assertThat(session.err()).contains("x/server.crt: there is another file already; nothing was written");
        assertThat(files("x")).containsExactly("server.crt", "server.key");
        assertThat(run("export", "apiserver", "--names", "server", "--overwrite", "--dir", "set", "--to", "x"))
                .isZero();
        assertThat(dir.resolve("x/server.crt")).content().contains("BEGIN CERTIFICATE");
    }

    @Test
    void takesCertificateAndKeyOutOfAKubeconfig() throws IOException {
        assertThat(run("export", "admin.conf", "--names", "client", "--chain", "--dir", "set", "--to", "x"))
                .isZero();
        List<Certificate> chain = Certificate.readAll(Files.readAllBytes(dir.resolve("x/client.crt")));
        assertThat(chain).hasSize(2);
        assertThat(chain.getFirst().subject().commonName()).contains("kubernetes-admin");
        assertThat(KeyPem.readPrivateKey(Files.readAllBytes(dir.resolve("x/client.key")))
                        .matches(chain.getFirst().publicKey()))
                .isTrue();
    }

    @Test
    void makesKeystoresThatJavaOpens() throws Exception {
        assertThat(run(
                        "export",
                        "admin.conf",
                        "--format",
                        "p12",
                        "--generate-password",
                        "--dir",
                        "set",
                        "--to",
                        "a.p12"))
                .as(session.err())
                .isZero();
        assertChain("PKCS12", "a.p12", session.out().strip(), "admin.conf");
        assertThat(run(
                        "export",
                        "etcd-server",
                        "--format",
                        "jks",
                        "--password-env",
                        "SECRET",
                        "--dir",
                        "set",
                        "--to",
                        "e.jks"))
                .isZero();
        assertThat(session.out()).isEmpty();
        assertChain("JKS", "e.jks", "correct horse", "etcd-server");
        assertThat(mode("e.jks")).isEqualTo("rw-------");
        assertThat(run("export", "etcd-server", "--format", "jks", "--dir", "set", "--to", "f.jks"))
                .isEqualTo(2);
        assertThat(session.err()).contains("a keystore needs a password");
    }

    private void assertChain(String type, String file, String password, String alias) throws Exception {
        KeyStore store = KeyStore.getInstance(type);
        try (InputStream in = Files.newInputStream(dir.resolve(file))) {
            store.load(in, password.toCharArray());
        }
        assertThat(store.getKey(alias, password.toCharArray())).isNotNull();
        assertThat(store.getCertificateChain(alias)).hasSize(2);
        X509Certificate leaf = (X509Certificate) store.getCertificateChain(alias)[0];
        leaf.verify(store.getCertificateChain(alias)[1].getPublicKey());
    }
}
