package dev.kubepki.acceptance.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.pki.files.Kubeconfig;
import dev.kubepki.pki.files.KubeconfigCluster;
import dev.kubepki.pki.files.KubeconfigContext;
import dev.kubepki.pki.files.KubeconfigUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kubeconfigs after the same steps by kubectl and by kubepki, byte for byte.
class KubectlConfigTest {
    private static final byte[] CA = {'C', 'A', '\n'};
    private static final byte[] CERTIFICATE = {'C', 'E', 'R', 'T', '\n'};
    private static final byte[] KEY = {'K', 'E', 'Y', '\n'};

    @TempDir
    Path dir;

    @Test
    void writesEachStepAsKubectlDoes() throws IOException, InterruptedException {
        Kubectl kubectl = Kubectl.version("1.35", dir);
        Files.write(dir.resolve("ca.crt"), CA);
        Files.write(dir.resolve("a.crt"), CERTIFICATE);
        Files.write(dir.resolve("a.key"), KEY);
        Path file = dir.resolve("theirs");

        config(kubectl, "set-cluster c --server=https://10.0.0.1:6443 --certificate-authority=ca.crt --embed-certs");
        KubeconfigCluster cluster =
                KubeconfigCluster.named("c").withServer("https://10.0.0.1:6443").withEmbeddedAuthority(CA);
        Kubeconfig mine = Kubeconfig.empty(file).with(cluster);
        assertSame(mine);

        config(kubectl, "set-credentials u --client-key=a.key --client-certificate=a.crt --embed-certs");
        mine = mine.with(KubeconfigUser.named("u").withEmbedded(CERTIFICATE, KEY));
        assertSame(mine);

        config(kubectl, "set-context x --cluster=c --user=u");
        mine = mine.with(KubeconfigContext.of("x", "c", "u"));
        assertSame(mine);

        config(kubectl, "use-context x");
        mine = mine.withCurrentContext("x");
        assertSame(mine);

        config(kubectl, "set-cluster a --server=https://a --certificate-authority=ca.crt --tls-server-name=t");
        mine = mine.with(KubeconfigCluster.named("a")
                .withServer("https://a")
                .withTlsServerName("t")
                .withAuthorityFile(dir.resolve("ca.crt")));
        assertSame(mine);

        config(kubectl, "set-cluster c --insecure-skip-tls-verify");
        mine = mine.with(cluster.withoutVerification());
        assertSame(mine);

        config(kubectl, "set-context x --namespace=yes");
        mine = mine.with(mine.context("x").orElseThrow().withNamespace("yes"));
        assertSame(mine);

        config(kubectl, "delete-context x", "delete-cluster c", "delete-cluster a", "delete-user u");
        mine = mine.withoutContext("x").withoutCluster("c").withoutCluster("a").withoutUser("u");
        assertSame(mine);
    }

    @Test
    void everyKubectlReadsWhatIsWritten() throws IOException, InterruptedException {
        Path file = dir.resolve("mine");
        Kubeconfig config = Kubeconfig.of(
                file,
                KubeconfigCluster.named("default-cluster")
                        .withServer("https://h:6443")
                        .withEmbeddedAuthority(CA),
                KubeconfigUser.named("default-admin").withEmbedded(CERTIFICATE, KEY),
                KubeconfigContext.of("default-system", "default-cluster", "default-admin"));
        Files.write(file, config.encoded());
        List<Kubectl> kubectls = Kubectl.all(dir);
        assertThat(kubectls).isNotEmpty();
        for (Kubectl kubectl : kubectls) {
            assertThat(kubectl.run("config", "current-context", "--kubeconfig=mine"))
                    .isEqualTo("default-system\n");
            assertThat(kubectl.run("config", "view", "--kubeconfig=mine", "-o", "jsonpath={.users[0].name}"))
                    .isEqualTo("default-admin");
        }
    }

    private static void config(Kubectl kubectl, String... steps) throws IOException, InterruptedException {
        for (String step : steps) {
            kubectl.run(("config --kubeconfig=theirs " + step).split(" "));
        }
    }

    /// Both what was made from nothing and what was read back must be the same bytes.
    private void assertSame(Kubeconfig mine) throws IOException {
        Path file = dir.resolve("theirs");
        assertThat(new String(mine.encoded(), StandardCharsets.UTF_8)).isEqualTo(Files.readString(file));
        assertThat(Kubeconfig.parse(file, Files.readAllBytes(file)).encoded()).isEqualTo(Files.readAllBytes(file));
    }
}
