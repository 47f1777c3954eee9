package dev.kubepki.acceptance.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
        server = Server.start(folder, "--runtime-config=certificates.k8s.io/v1beta1/certificatesigningrequests=true");
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
        kubectl.done("kubectl create role developer --verb=create --verb=get --verb=list --verb=update --verb=delete"
                + " --resource=pods");
        kubectl.done("kubectl create rolebinding developer-binding-myuser --role=developer --user=myuser");
        assertThat(kubectl.done("kubectl auth can-i create pods --as myuser")).isEqualTo("yes\n");
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
