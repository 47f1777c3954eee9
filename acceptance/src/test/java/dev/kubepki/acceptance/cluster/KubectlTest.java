package dev.kubepki.acceptance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.acceptance.document.Kubectl;
import dev.kubepki.acceptance.house.Shell;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kubeconfig of a set in the hands of every kubectl.
class KubectlTest {
    private static final Map<String, String> SUBJECTS_OF_DOCUMENTED = Map.of(
            "admin.conf", "CN=kubernetes-admin,O=system:masters",
            "kubelet.conf", "CN=system:node:node-1,O=system:nodes",
            "controller-manager.conf", "CN=system:kube-controller-manager",
            "scheduler.conf", "CN=system:kube-scheduler",
            "kube-proxy.conf", "CN=system:kube-proxy,O=system:node-proxier");
    private static final Map<String, String> SUBJECTS_OF_KUBEADM = Map.of(
            "admin.conf", "CN=kubernetes-admin,O=kubeadm:cluster-admins",
            "super-admin.conf", "CN=kubernetes-super-admin,O=system:masters",
            "kubelet.conf", "CN=system:node:node-1,O=system:nodes",
            "controller-manager.conf", "CN=system:kube-controller-manager",
            "scheduler.conf", "CN=system:kube-scheduler",
            "kube-proxy.conf", "CN=system:kube-proxy,O=system:node-proxier");

    @TempDir
    Path temporary;

    static Stream<Variant> variants() {
        return Stream.of(
                new Variant("documented", "RSA-2048", "separate"),
                new Variant("kubeadm", "ECDSA-P256", "separate"),
                new Variant("documented", "ECDSA-P256", "single-root"),
                new Variant("kubeadm", "Ed25519", "single-root"));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void everyKubectlReadsEveryKubeconfigAndIsKnownByItsNameAndGroups(Variant variant) throws Exception {
        int port = FreePort.on("127.0.0.1");
        ClusterSet set = ClusterSet.make(
                temporary.resolve("set"), variant, variant.description() + "apiServerPort: " + port + "\n");
        Map<String, String> subjects =
                variant.style().equals("documented") ? SUBJECTS_OF_DOCUMENTED : SUBJECTS_OF_KUBEADM;
        assertThat(set.kubeconfigs()).containsExactlyInAnyOrderElementsOf(subjects.keySet());
        List<Kubectl> kubectls = Kubectl.all(temporary);
        assertThat(kubectls).isNotEmpty();
        try (ApiServer _ = ApiServer.start(set, port)) {
            for (Kubectl kubectl : kubectls) {
                for (String kubeconfig : set.kubeconfigs()) {
                    String file = set.file(kubeconfig).toString();
                    assertThat(kubectl.run("config", "view", "--minify", "--kubeconfig=" + file))
                            .contains("server: https://127.0.0.1:" + port, "certificate-authority-data: DATA+OMITTED")
                            .contains("client-certificate-data: ", "client-key-data: ");
                    assertThat(kubectl.run("get", "--raw", "/whoami", "--kubeconfig=" + file))
                            .as("%s with %s", kubectl.program(), kubeconfig)
                            .isEqualTo(subjects.get(kubeconfig) + "\n");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void kubectlOfAnotherClusterIsTurnedAway(Variant variant) throws Exception {
        int port = FreePort.on("127.0.0.1");
        String description = variant.description() + "apiServerPort: " + port + "\n";
        ClusterSet set = ClusterSet.make(temporary.resolve("set"), variant, description);
        ClusterSet foreign = ClusterSet.make(temporary.resolve("foreign"), variant, description);
        Kubectl kubectl = Kubectl.version("1.35", temporary);
        Shell shell = new Shell(temporary, System.getenv());
        String[] whoami = {
            kubectl.program().toString(), "get", "--raw", "/whoami", "--kubeconfig=" + foreign.file("admin.conf")
        };
        try (ApiServer _ = ApiServer.start(set, port)) {
            assertThat(shell.run(whoami).err()).contains("certificate signed by unknown authority");

            String[] blind = Stream.concat(Stream.of(whoami), Stream.of("--insecure-skip-tls-verify"))
                    .toArray(String[]::new);
            Shell.Result refused = shell.run(blind);
            assertThat(refused.exit()).as(refused.err()).isNotZero();
            assertThat(refused.out().getBytes(StandardCharsets.UTF_8)).isEmpty();
        }
    }
}
