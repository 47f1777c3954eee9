package dev.kubepki.acceptance.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command sequences that the field's documents teach, typed as they stand there.
class DocumentsServeTest {
    private static final String REQUEST = """
            cat <<EOF | kubectl apply -f -
            apiVersion: certificates.k8s.io/v1
            kind: CertificateSigningRequest
            metadata:
              name: myuser # example
            spec:
              # This is an encoded CSR. Change this to the base64-encoded contents of myuser.csr
              request: $(cat myuser.csr | base64 | tr -d "\\n")
              signerName: kubernetes.io/kube-apiserver-client
              expirationSeconds: 86400 # one day
              usages:
              - client auth
            EOF
            """;
    private static final String OLD_REQUEST = """
            cat <<EOF | kubectl create -f -
            apiVersion: certificates.k8s.io/v1beta1
            kind: CertificateSigningRequest
            metadata:
              name: my-svc.my-namespace
            spec:
              groups:
              - system:authenticated
              request: $(cat server.csr | base64 | tr -d '\\n')
              usages:
              - digital signature
              - key encipherment
              - server auth
            EOF
            """;
    private static final String NEW_KEY = """
            cat <<EOF | cfssl genkey - | cfssljson -bare server
            {
              "hosts": [
                "my-svc.my-namespace.svc.cluster.local",
                "my-pod.my-namespace.pod.cluster.local",
                "172.168.0.24",
                "10.0.34.2"
              ],
              "CN": "my-pod.my-namespace.pod.cluster.local",
              "key": {
                "algo": "ecdsa",
                "size": 256
              }
            }
            EOF
            """;

    @TempDir
    private Path folder;

    private Server server;

    @BeforeEach
    void serves() throws IOException, InterruptedException {
        server = Server.start(
                folder,
                "--runtime-config=certificates.k8s.io/v1beta1/certificatesigningrequests=true",
                "--enable-legacy-unknown-signer");
    }

    @AfterEach
    void stops() throws IOException, InterruptedException {
        server.close();
    }

    private Client client(String version) throws IOException {
        return Client.of(version, folder, server.kubeconfig());
    }

    @Test
    void aUserAsksForACertificateAndIsGivenARole() throws IOException, InterruptedException {
        Client kubectl = client("1.35");
        kubectl.done("openssl genrsa -out myuser.key 3072");
        kubectl.done("openssl req -new -key myuser.key -out myuser.csr -subj \"/CN=myuser\"");
        assertThat(kubectl.done(REQUEST)).isEqualTo("certificatesigningrequest.certificates.k8s.io/myuser created\n");
        assertThat(kubectl.done("kubectl get csr")).contains("myuser").contains("Pending");
        kubectl.done("kubectl certificate approve myuser");
        assertThat(kubectl.done("kubectl get csr/myuser -o yaml")).contains("reason: KubectlApprove");
        awaitIssued(kubectl, "myuser");
        kubectl.done("kubectl get csr myuser -o jsonpath='{.status.certificate}'| base64 -d > myuser.crt");
        kubectl.done("kubectl config set-credentials myuser --client-key=myuser.key --client-certificate=myuser.crt"
                + " --embed-certs=true");
        kubectl.done("kubectl config set-context myuser --cluster=kubernetes --user=myuser");
        assertThat(kubectl.done("kubectl --context myuser auth whoami"))
                .containsPattern("Username +myuser\n")
                .containsPattern("Groups +\\[system:authenticated]\n");
        assertThat(kubectl.refused("kubectl --context myuser get pods"))
                .contains("User \"myuser\" cannot list resource \"pods\"");
        kubectl.done("kubectl create role developer --verb=create --verb=get --verb=list --verb=update --verb=delete"
                + " --resource=pods");
        kubectl.done("kubectl create rolebinding developer-binding-myuser --role=developer --user=myuser");
        kubectl.done("kubectl --context myuser get pods");
        assertThat(kubectl.done(serving(
                        "-cert set/pki/apiserver.crt -key set/pki/apiserver.key -CAfile set/pki/ca.crt -Verify 2"
                                + " -verify_return_error",
                        "--insecure --cert myuser.crt --key myuser.key https://127.0.0.1:PORT/")))
                .contains("myuser");
    }

    @Test
    void aServiceAsksInTheOldVersion() throws IOException, InterruptedException {
        Client old = client("1.20");
        old.done(NEW_KEY);
        assertThat(old.done(OLD_REQUEST))
                .isEqualTo("certificatesigningrequest.certificates.k8s.io/my-svc.my-namespace created\n");
        assertThat(client("1.35").done("kubectl describe csr my-svc.my-namespace"))
                .containsPattern("Status: +Pending\n")
                .containsPattern("Common Name: +my-pod.my-namespace.pod.cluster.local\n")
                .containsPattern("DNS Names: +my-svc.my-namespace.svc.cluster.local\n")
                .containsPattern("IP Addresses: +172.168.0.24\n");
        old.done("kubectl certificate approve my-svc.my-namespace");
        awaitIssued(old, "my-svc.my-namespace");
        assertThat(old.done("kubectl get csr"))
                .containsPattern("my-svc.my-namespace .*kubernetes.io/legacy-unknown .*Approved,Issued\n");
        startsAServer(old);
    }

    @Test
    void aServiceAsksInTheNewVersion() throws IOException, InterruptedException {
        Client kubectl = client("1.35");
        kubectl.done(NEW_KEY);
        kubectl.done(OLD_REQUEST
                .replace("certificates.k8s.io/v1beta1", "certificates.k8s.io/v1")
                .replace("  usages:", "  signerName: kubepki.dev/service-serving\n  usages:"));
        kubectl.done("kubectl certificate approve my-svc.my-namespace");
        awaitIssued(kubectl, "my-svc.my-namespace");
        startsAServer(kubectl);
    }

    /// With the certificate downloaded as the document says, and the key that cfssl made.
    private static void startsAServer(Client kubectl) throws IOException, InterruptedException {
        kubectl.done("""
                kubectl get csr my-svc.my-namespace -o jsonpath='{.status.certificate}' \\
                    | base64 -d > server.crt
                """);
        String host = "my-svc.my-namespace.svc.cluster.local:PORT";
        assertThat(kubectl.done(serving(
                        "-cert server.crt -key server-key.pem",
                        "--cacert set/pki/ca.crt --resolve " + host + ":127.0.0.1 https://" + host + "/")))
                .contains("s_server");
    }

    /// What curl gets from a real HTTPS server.
    private static String serving(String server, String curl) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        return """
                openssl s_server -accept 127.0.0.1:PORT -www SERVER >server.log 2>&1 &
                trap "kill $!" EXIT
                for i in $(seq 100); do grep -q ACCEPT server.log && break; sleep 0.1; done
                curl --silent --show-error --max-time 20 CURL
                """.replace("SERVER", server).replace("CURL", curl).replace("PORT", Integer.toString(port));
    }

    private static void awaitIssued(Client kubectl, String name) throws IOException, InterruptedException {
        kubectl.done("""
                for i in $(seq 100); do
                    [ -n "$(kubectl get csr %s -o jsonpath='{.status.certificate}')" ] && exit 0
                    sleep 0.1
                done
                exit 1
                """.formatted(name));
    }

    @Test
    void aUserIsNamedInEachCallWithoutAKubeconfig() throws IOException, InterruptedException {
        Client kubectl = client("1.35");
        kubectl.done("openssl genrsa -out user.key 2048");
        kubectl.done("openssl req -new -key user.key -subj \"/CN=KUBECTL-USR/O=system:masters\" -out user.csr");
        assertThat(kubectl.refused(userRequest())).contains("system:masters group is not allowed");
        kubectl.done("openssl req -new -key user.key -subj \"/CN=KUBECTL-USR/O=devs\" -out user.csr");
        kubectl.done(userRequest());
        assertThat(kubectl.done("kubectl get csr")).contains("name-surname");
        kubectl.done("kubectl certificate approve name-surname");
        awaitIssued(kubectl, "name-surname");
        kubectl.done("kubectl get csr name-surname -o yaml | sed -n 's/^  certificate: //p' | base64 -d > user.crt");
        kubectl.done("kubectl create clusterrolebinding devs --clusterrole=view --group=devs");
        kubectl.done("cp set/pki/ca.crt ca.crt");
        // The document leaves out the scheme; kubectl then speaks plain HTTP, whatever certificates it is given.
        kubectl.done("KUBECONFIG=none kubectl get pods --server=https://127.0.0.1:" + server.port()
                + " --client-key=user.key --client-certificate=user.crt --certificate-authority=ca.crt");
    }

    /// The document's object, with the usage that logs in, and its request in lines of 76 signs.
    private static String userRequest() {
        return """
                cat <<EOF | kubectl apply -f -
                apiVersion: certificates.k8s.io/v1
                kind: CertificateSigningRequest
                metadata:
                  name: name-surname
                spec:
                  groups:
                  - system:authenticated
                  usages:
                  - digital signature
                  - key encipherment
                  - client auth
                  signerName: kubernetes.io/kube-apiserver-client
                  request: |
                $(cat user.csr | base64 | sed 's/^/    /')
                EOF
                """;
    }

    @Test
    void aPersonIsWhoTheCertificateSays() throws IOException, InterruptedException {
        Client kubectl = client("1.35");
        kubectl.done("""
                openssl ecparam -genkey -name prime256v1 -noout -out bob.key
                openssl req -new -key bob.key -subj /O=devs/CN=bob -out bob.csr
                openssl x509 -req -in bob.csr -CA set/pki/ca.crt -CAkey set/pki/ca.key -CAcreateserial -days 1 \\
                    -extfile <(printf 'extendedKeyUsage=clientAuth') -out bob.crt 2>/dev/null
                kubectl config set-credentials bob --client-key=bob.key --client-certificate=bob.crt --embed-certs=true
                kubectl config set-context bob --cluster=kubernetes --user=bob
                """);
        assertThat(kubectl.done("kubectl --context bob auth whoami"))
                .containsPattern("Username +bob\n")
                .containsPattern("Groups +\\[devs system:authenticated]\n");
        assertThat(kubectl.refused("kubectl --context bob get csr"))
                .contains("User \"bob\" cannot list resource \"certificatesigningrequests\"");
    }

    @Test
    void aStrangerIsUnauthorizedAndNotAnonymous() throws IOException, InterruptedException {
        Client kubectl = client("1.35");
        kubectl.done("""
                openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout eve.key -days 1 \\
                    -subj /O=system:masters/CN=eve -out eve.crt 2>/dev/null
                kubectl config set-credentials eve --client-key=eve.key --client-certificate=eve.crt --embed-certs=true
                kubectl config set-context eve --cluster=kubernetes --user=eve
                """);
        assertThat(kubectl.refused("kubectl --context eve get --raw /healthz")).contains("Unauthorized");
    }
}
