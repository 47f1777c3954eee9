package dev.kubepki.acceptance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.acceptance.document.Kubectl;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kubectl config` and `kubepki kubeconfig` with the same words, one after another: the same answers, and after each
/// of
/// them the same bytes in the file.
class KubeconfigWordsTest {
    private static final String[] STEPS = {
        "set-cluster c --server=https://10.0.0.1:6443 --certificate-authority=ca.crt --embed-certs",
        "set-cluster b --server=https://b --tls-server-name=t --proxy-url=http://p:1",
        "set-cluster b --insecure-skip-tls-verify=true",
        "set-credentials u --client-certificate=a.crt --client-key=a.key --embed-certs=true",
        "set-credentials v --client-certificate=a.crt --client-key=a.key",
        "set-credentials basic --username=anna --password=secret",
        "set-credentials basic --token=t",
        "set-credentials basic --username=berta",
        "set-credentials none --exec-arg=x",
        "set-credentials plugin --exec-command=/p --exec-api-version=client.authentication.k8s.io/v1 --exec-arg=a"
                + " --exec-arg=b --exec-env=K=v",
        "set-credentials plugin --exec-env=L=w=x",
        "set-credentials plugin --exec-arg=c --exec-env=K=z --exec-env=L-",
        "set-credentials plugin --exec-env=K-",
        "set-credentials plugin --exec-command=/q",
        "set-context x --cluster=c --user=u",
        "set-context y --cluster=b --user=plugin -n yes",
        "set-context y --namespace=other",
        "use-context x",
        "set-context --current --user=basic",
        "view",
        "view --minify",
        "view -o json",
        "view -o json --raw",
        "view --flatten",
        "current-context",
        "rename-context x z",
        "delete-context y",
        "delete-cluster b",
        "delete-user u",
        "view -o json --minify",
    };

    @TempDir
    Path dir;

    @Test
    void answerAndWriteAsKubectlDoesByteForByte() throws Exception {
        Kubectl kubectl = Kubectl.version("1.35", Files.createDirectory(dir.resolve("theirs")));
        Kubepki kubepki = Kubepki.in(Files.createDirectory(dir.resolve("ours")));
        for (Path folder : new Path[] {kubectl.folder(), kubepki.shell().folder()}) {
            Files.writeString(folder.resolve("ca.crt"), "CA\n");
            Files.writeString(folder.resolve("a.crt"), "CERT\n");
            Files.writeString(folder.resolve("a.key"), "KEY\n");
        }
        for (String step : STEPS) {
            String theirs = kubectl.run(("config --kubeconfig=config " + step).split(" "));
            String ours = kubepki.done(("kubeconfig " + step + " --kubeconfig=config").split(" "));
            assertThat(ours).as(step).isEqualTo(theirs.replace(kubectl.folder().toString(), folder(kubepki)));
            assertThat(Files.readString(kubepki.shell().folder().resolve("config")))
                    .as(step)
                    .isEqualTo(Files.readString(kubectl.folder().resolve("config")));
        }
    }

    private static String folder(Kubepki kubepki) {
        return kubepki.shell().folder().toString();
    }
}
