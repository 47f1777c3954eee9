package dev.kubepki.acceptance.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Controllers in processes of their own, for a cluster that runs none itself.
class ControllerTest {
    private static final String VERSION = "1.35";
    private static final Pattern SERIAL = Pattern.compile("\"serial\":\"([0-9a-f]+)\".*\"sha256\"");
    private static final Pattern PUBLISHED = Pattern.compile("\"requestUid\":\"([0-9a-f-]+)\",\"fate\":\"published\"");

    @TempDir
    private static Path folder;

    private static Server server;
    private static Client kubectl;

    @BeforeAll
    static void serves() throws IOException, InterruptedException {
        server = Server.start(folder, "--controllers=-*");
        kubectl = Client.of(VERSION, folder, server.kubeconfig());
    }

    @AfterAll
    static void stops() throws IOException {
        server.close();
    }

    private static Controller controller(String name, String... options) throws IOException {
        return Controller.start(server, folder.resolve(name), server.kubeconfig(), options);
    }

    /// Requests of one key by these names, approved.
    private static void approved(String names) throws IOException, InterruptedException {
        kubectl.done("""
                [ -e u.key ] || openssl ecparam -name prime256v1 -genkey -noout -out u.key
                openssl req -new -key u.key -subj /CN=jane -out u.csr
                for n in %1$s; do cat <<EOF
                ---
                apiVersion: certificates.k8s.io/v1
                kind: CertificateSigningRequest
                metadata:
                  name: $n
                spec:
                  request: $(base64 -w0 <u.csr)
                  signerName: kubernetes.io/kube-apiserver-client
                  usages:
                  - client auth
                EOF
                done | kubectl create -f -
                kubectl certificate approve %1$s
                """.formatted(names));
    }

    /// A kubelet's request for its client certificate, which an access review approves.
    private static void kubelet() throws IOException, InterruptedException {
        kubectl.done("""
                openssl req -new -key u.key -subj /O=system:nodes/CN=system:node:n1 -out node.csr
                kubectl create -f - <<EOF
                apiVersion: certificates.k8s.io/v1
                kind: CertificateSigningRequest
                metadata:
                  name: kubelet
                spec:
                  request: $(base64 -w0 <node.csr)
                  signerName: kubernetes.io/kube-apiserver-client-kubelet
                  usages:
                  - digital signature
                  - client auth
                EOF
                """);
    }

    private static void awaitIssued(String names) throws IOException, InterruptedException {
        kubectl.done("""
                for n in %s; do
                  for _ in {1..300}; do
                    c=$(kubectl get csr $n -o jsonpath='{.status.certificate}')
                    [ -n "$c" ] && break
                    sleep 0.2
                  done
                  [ -n "$c" ] || { echo "$n was not issued"; exit 1; }
                done
                """.formatted(names));
    }

    private static String names(String prefix, int count) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < count; i++) {
            names.append(prefix).append('-').append(i).append(' ');
        }
        return names.toString().strip();
    }

    @Test
    void anApprovedRequestBecomesACertificateThatLogsIn() throws Exception {
        try (Controller _ = controller("single").says("controllers run")) {
            approved("login");
            awaitIssued("login");
            assertThat(kubectl.done("""
                            kubectl get csr login -o jsonpath='{.status.certificate}' | base64 -d >u.crt
                            kubectl --client-certificate=u.crt --client-key=u.key auth whoami -o jsonpath='{.status.userInfo.username}'
                            """)).isEqualTo("jane");
            assertThat(kubectl.done("kubectl get configmap kube-root-ca.crt -n default -o jsonpath='{.data.ca\\.crt}'"))
                    .isEqualTo(Files.readString(server.dir().resolve("pki/ca.crt")));
        }
    }

    @Test
    void twoAtOncePublishOneCertificateForEachRequestAlsoWhenTheLeaderIsKilled() throws Exception {
        try (Controller first = controller("first").says("controllers run");
                Controller second = controller("second").says("this one waits")) {
            String before = names("before", 20);
            approved(before);
            first.kill();
            String after = names("after", 20);
            approved(after);
            second.says("controllers run");
            awaitIssued(before + " " + after);
            List<String> lines = new ArrayList<>(first.ledger());
            lines.addAll(second.ledger());
            assertThat(found(SERIAL, lines)).hasSizeGreaterThanOrEqualTo(40).doesNotHaveDuplicates();
            assertThat(found(PUBLISHED, lines)).doesNotHaveDuplicates();
            List<String> issued =
                    kubectl.done("""
                            for n in %s; do
                              kubectl get csr $n -o jsonpath='{.status.certificate}' | base64 -d |
                                openssl x509 -noout -serial | tr A-F a-f | sed 's/serial=0*//'
                            done
                            """.formatted(before + " " + after)).lines().toList();
            assertThat(found(SERIAL, lines))
                    .as("every certificate is in a ledger")
                    .containsAll(issued);
            assertThat(issued).hasSize(40).doesNotHaveDuplicates();
        }
    }

    private static List<String> found(Pattern pattern, List<String> lines) {
        List<String> found = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                found.add(matcher.group(1));
            }
        }
        return found;
    }

    @Test
    void oneThatEndsGivesTheLeaseBack() throws Exception {
        try (Controller first = controller("giver").says("controllers run")) {
            assertThat(kubectl.done("kubectl get lease -n kube-system kubepki-controller"
                            + " -o jsonpath='{.spec.holderIdentity}'"))
                    .isNotEmpty();
            first.terminate();
            assertThat(kubectl.done("kubectl get lease -n kube-system kubepki-controller"
                            + " -o jsonpath='{.spec.holderIdentity}'"))
                    .isEmpty();
        }
    }

    @Test
    void goesOnWhenTheServerComesBack() throws Exception {
        try (Controller _ = controller("patient").says("controllers run")) {
            server.kill();
            server.restart();
            approved("restarted");
            awaitIssued("restarted");
        }
    }

    @Test
    void theRightsOfTheManifestAreEnough() throws Exception {
        Path kubeconfig = folder.resolve("account.conf");
        kubectl.done(Server.program() + " controller --manifest --controllers='*' >manifest.yaml\n" + """
                kubectl apply -f manifest.yaml
                kubectl config view --raw >account.conf
                kubectl --kubeconfig account.conf config unset users
                token=$(kubectl create token -n kube-system kubepki-controller)
                kubectl --kubeconfig account.conf config set-credentials account --token "$token"
                kubectl --kubeconfig account.conf config set-context --current --user account
                """);
        try (Controller _ = Controller.start(server, folder.resolve("account"), kubeconfig, "--approve-kubelet-serving")
                .says("controllers run")) {
            approved("by-account");
            awaitIssued("by-account");
            kubectl.done("kubectl delete configmap kube-root-ca.crt -n default");
            kubectl.done("""
                    for _ in {1..100}; do
                      kubectl get configmap kube-root-ca.crt -n default && break
                      sleep 0.2
                    done
                    kubectl get configmap kube-root-ca.crt -n default
                    """);
            kubelet();
            awaitIssued("kubelet");
            assertThat(kubectl.done("kubectl get csr kubelet -o jsonpath='{.status.conditions[0].reason}'"))
                    .isEqualTo("AutoApproved");
        }
    }
}
