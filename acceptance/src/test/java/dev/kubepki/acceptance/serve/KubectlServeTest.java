package dev.kubepki.acceptance.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kubectl that npm offers does its daily work against `kubepki serve`.
class KubectlServeTest {
    @TempDir
    private static Path folder;

    private static Server server;

    @BeforeAll
    static void serves() throws IOException, InterruptedException {
        server = Server.start(folder);
    }

    @AfterAll
    static void stops() throws IOException, InterruptedException {
        server.close();
    }

    static List<String> versions() throws IOException {
        return Client.versions();
    }

    private static Client client(String version) throws IOException {
        return Client.of(version, folder, server.kubeconfig());
    }

    /// A request of its own for each version, as they share the server.
    private static String request(String name) {
        return """
                openssl genrsa -out %1$s.key 2048 2>/dev/null
                openssl req -new -key %1$s.key -subj /O=devs/CN=%1$s -out %1$s.csr
                cat >%1$s.yaml <<EOF
                apiVersion: certificates.k8s.io/v1
                kind: CertificateSigningRequest
                metadata:
                  name: %1$s
                spec:
                  request: $(base64 -w0 <%1$s.csr)
                  signerName: kubernetes.io/kube-apiserver-client
                  expirationSeconds: 86400
                  usages:
                  - client auth
                EOF
                """.formatted(name);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void requestsAreAppliedApprovedDeniedAndDeleted(String version) throws IOException, InterruptedException {
        Client kubectl = client(version);
        String name = "jane-" + version;
        kubectl.done(request(name));
        String object = "certificatesigningrequest.certificates.k8s.io/" + name;
        assertThat(kubectl.done("kubectl apply -f " + name + ".yaml")).isEqualTo(object + " created\n");
        assertThat(kubectl.done("kubectl apply -f " + name + ".yaml")).isEqualTo(object + " unchanged\n");
        assertThat(kubectl.done("kubectl get csr " + name))
                .matches("NAME +AGE +SIGNERNAME +REQUESTOR +REQUESTEDDURATION +CONDITION\n" + name
                        + " +\\d+s +kubernetes.io/kube-apiserver-client +kubernetes-super-admin +24h +Pending\n");
        assertThat(kubectl.done("kubectl certificate approve " + name)).isEqualTo(object + " approved\n");
        assertThat(kubectl.refused("kubectl certificate deny " + name)).contains("is already Approved");
        assertThat(kubectl.done("kubectl wait --for=condition=Approved --timeout=10s csr/" + name))
                .isEqualTo(object + " condition met\n");
        assertThat(kubectl.done("kubectl describe csr " + name))
                .containsPattern("Requesting User: +kubernetes-super-admin\n")
                .containsPattern("Common Name: +" + name + "\n")
                .containsPattern("Events: +<none>\n");
        kubectl.done("kubectl label csr " + name + " team=a && kubectl annotate csr " + name + " note=b");
        assertThat(kubectl.done("kubectl get csr -l team=a -o name")).isEqualTo(object + "\n");
        kubectl.done("kubectl label csr " + name + " team-");
        assertThat(kubectl.done("kubectl delete csr " + name)).contains("\"" + name + "\" deleted");
        assertThat(kubectl.refused("kubectl get csr " + name))
                .isEqualTo("Error from server (NotFound): certificatesigningrequests.certificates.k8s.io \"" + name
                        + "\" not found\n");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void rolesAndBindingsAreMadeAndTried(String version) throws IOException, InterruptedException {
        Client kubectl = client(version);
        String user = "dev-" + version;
        kubectl.done("kubectl create namespace n" + version.replace('.', '-'));
        String here = " -n n" + version.replace('.', '-');
        kubectl.done("kubectl create role developer --verb=create,get,list --resource=pods,deployments.apps" + here);
        kubectl.done("kubectl create rolebinding developer --role=developer --user=" + user + here);
        assertThat(kubectl.done("kubectl auth can-i create pods --as " + user + here))
                .isEqualTo("yes\n");
        assertThat(kubectl.type("kubectl auth can-i delete pods --as " + user + here)
                        .out())
                .isEqualTo("no\n");
        assertThat(kubectl.done("kubectl describe role developer" + here)).contains("deployments.apps");
        assertThat(kubectl.refused("kubectl get secrets --as " + user + here))
                .contains("User \"" + user + "\" cannot list resource \"secrets\" in API group \"\"");
        kubectl.done("kubectl create configmap c --from-literal=a=b" + here);
        kubectl.done("kubectl create secret generic s --from-literal=a=b" + here);
        assertThat(kubectl.done("kubectl get configmap c -o jsonpath='{.data.a}'" + here))
                .isEqualTo("b");
        kubectl.done("kubectl delete namespace n" + version.replace('.', '-'));
        assertThat(kubectl.refused("kubectl get configmap c" + here)).contains("not found");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void mistakesAreNamed(String version) throws IOException, InterruptedException {
        Client kubectl = client(version);
        String name = "bad-" + version;
        kubectl.done(request(name));
        assertThat(kubectl.refused(
                        "sed 's#kubernetes.io/kube-apiserver-client#foo#' " + name + ".yaml | kubectl create -f -"))
                .contains("is invalid: spec.signerName: Invalid value: \"foo\": must be a fully qualified domain");
        assertThat(kubectl.refused("sed 's/client auth/nope/' " + name + ".yaml | kubectl create -f -"))
                .contains("spec.usages[0]: Unsupported value: \"nope\": supported values: \"any\"");
        assertThat(kubectl.refused("sed 's/  usages:/  usage:/' " + name + ".yaml | kubectl create -f -"))
                .contains("unknown field \"");
        assertThat(kubectl.refused("kubectl get csr --field-selector spec.foo=bar"))
                .contains("field label not supported: spec.foo");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theApiExplainsItself(String version) throws IOException, InterruptedException {
        Client kubectl = client(version);
        assertThat(kubectl.done("kubectl api-versions")).contains("certificates.k8s.io/v1\n");
        assertThat(kubectl.done("kubectl api-resources --api-group=certificates.k8s.io"))
                .containsPattern("certificatesigningrequests +csr +certificates.k8s.io/v1 +false");
        assertThat(kubectl.done("kubectl explain csr.spec.signerName")).containsIgnoringCase("signer");
        assertThat(kubectl.done("kubectl version 2>&1")).contains("v1.36");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void watchesSeeWhatHappens(String version) throws IOException, InterruptedException {
        Client kubectl = client(version);
        String name = "seen-" + version;
        kubectl.done(request(name));
        // The one that is there before shows that the watch runs; the last line shows that it saw the end.
        String seen = kubectl.done("""
                sed 's/name: %1$s/name: before-%1$s/' %1$s.yaml | kubectl create -f - >/dev/null
                timeout 90 kubectl get csr -w --no-headers >%1$s.txt &
                lines() { for _ in {1..300}; do [ "$(grep -c "^$1" %1$s.txt)" -ge "$2" ] && break; sleep 0.2; done; }
                lines before-%1$s 1
                kubectl create -f %1$s.yaml >/dev/null
                kubectl certificate approve %1$s >/dev/null
                kubectl delete csr %1$s >/dev/null
                lines %1$s 3
                kill %%%%
                kubectl delete csr before-%1$s >/dev/null
                cat %1$s.txt
                """.formatted(name));
        assertThat(seen.lines().filter(line -> line.startsWith(name)).toList())
                .hasSizeGreaterThanOrEqualTo(3)
                .first()
                .asString()
                .endsWith("Pending");
    }
}
