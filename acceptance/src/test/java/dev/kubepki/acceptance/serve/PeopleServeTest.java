package dev.kubepki.acceptance.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.acceptance.house.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands for people, against a running server, and kubectl's view of what they made.
class PeopleServeTest {
    @TempDir
    private static Path folder;

    private static Server server;

    @BeforeAll
    static void serves() throws IOException, InterruptedException {
        server = Server.start(folder);
    }

    @AfterAll
    static void stops() throws IOException {
        server.close();
    }

    /// A person at a shell with kubepki and its plug-in for kubectl beside kubectl.
    private static Client person() throws IOException {
        return person(server.kubeconfig());
    }

    private static Client person(Path kubeconfig) throws IOException {
        Client client = Client.of("1.35", folder, kubeconfig);
        Path bin = folder.resolve("bin-1.35");
        if (!Files.exists(bin.resolve("kubepki"))) {
            Path program = Path.of(Server.program());
            Files.writeString(bin.resolve("kubepki"), "#!/bin/sh\nexec " + program + " \"$@\"\n");
            Files.copy(root().resolve("kubectl-pki"), bin.resolve("kubectl-pki"));
            Files.setPosixFilePermissions(bin.resolve("kubepki"), PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(bin.resolve("kubectl-pki"), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return client;
    }

    private static Path root() {
        return Path.of(System.getProperty("kubepki.root")).toAbsolutePath().normalize();
    }

    private static String mode(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
    }

    @Test
    void makesAUserWhoLogsInAndMayDoWhatTheRoleSays() throws IOException, InterruptedException {
        Client admin = person();
        assertThat(admin.done("kubepki user add jane --group devs --role pod-reader --verb get,list --resource pods"))
                .isEqualTo("""
                        certificatesigningrequest.certificates.k8s.io/jane created
                        certificatesigningrequest.certificates.k8s.io/jane approved
                        role.rbac.authorization.k8s.io/pod-reader created
                        rolebinding.rbac.authorization.k8s.io/pod-reader-binding-jane created
                        """);
        assertThat(mode("jane.conf")).isEqualTo("rw-------");
        assertThat(folder.resolve("jane.key")).doesNotExist();
        Client jane = person(folder.resolve("jane.conf"));
        assertThat(jane.done("kubectl auth whoami"))
                .containsPattern("Username +jane\n")
                .containsPattern("Groups +\\[devs system:authenticated]\n");
        jane.done("kubectl get pods");
        assertThat(jane.refused("kubectl delete pod x")).contains("cannot delete resource \"pods\"");
        assertThat(admin.done("kubepki user list")).containsPattern("jane +devs +until .* +pod-reader in default\n");
    }

    @Test
    void leavesTheApprovalToOthersWhereItMust() throws IOException, InterruptedException {
        Client admin = person();
        admin.done("""
                kubectl create clusterrole asker --verb=create,get,list --resource=certificatesigningrequests
                kubepki user add otto --cluster-role asker
                """);
        Client otto = person(folder.resolve("otto.conf"));
        Shell.Result asked = otto.type("kubepki user add paul -o paul.conf");
        assertThat(asked.exit()).as(asked.err()).isEqualTo(3);
        assertThat(asked.err()).contains("kubepki csr approve paul");
        assertThat(mode("paul.key")).isEqualTo("rw-------");
        assertThat(otto.type("kubepki csr wait paul --timeout 1s").exit()).isEqualTo(1);
        Shell.Result refused = admin.type("kubepki csr approve paul");
        assertThat(refused.exit()).as("otto asks to become paul").isEqualTo(2);
        assertThat(refused.err()).contains("other-user");
        admin.done("kubectl pki csr approve paul --yes");
        otto.done("kubepki csr wait paul && kubepki user kubeconfig paul -o paul.conf");
        assertThat(person(folder.resolve("paul.conf")).done("kubectl auth whoami"))
                .containsPattern("Username +paul\n");
    }

    @Test
    void asksBeforeItApprovesWhatIsConspicuous() throws IOException, InterruptedException {
        Client admin = person();
        admin.done("kubepki csr create scheduler --cn system:kube-scheduler");
        assertThat(admin.done("kubepki csr list")).containsPattern("scheduler .* Pending +system-user,other-name\n");
        assertThat(admin.type("kubepki csr review scheduler").exit()).isEqualTo(3);
        assertThat(admin.refused("kubepki csr approve scheduler"))
                .contains("system-user")
                .contains("--yes");
        assertThat(admin.done("kubectl get csr scheduler")).contains("Pending");
        assertThat(admin.done("kubepki csr deny scheduler --message 'no such need'"))
                .isEqualTo("certificatesigningrequest.certificates.k8s.io/scheduler denied\n");
        assertThat(admin.type("kubepki csr wait scheduler").exit()).isEqualTo(3);
        assertThat(admin.refused("kubepki csr download scheduler")).contains("it was denied");
        assertThat(admin.refused("kubepki csr approve scheduler --yes"))
                .contains("certificate signing request \"scheduler\" is already Denied");
        assertThat(admin.done("kubepki csr explain scheduler")).contains("no such need");
    }

    @Test
    void printsWhatKubectlApplies() throws IOException, InterruptedException {
        Client admin = person();
        assertThat(admin.done("kubepki csr create mia --expiration 1h --dry-run=client -o yaml | kubectl apply -f -"))
                .isEqualTo("certificatesigningrequest.certificates.k8s.io/mia created\n");
        assertThat(mode("mia.key")).isEqualTo("rw-------");
        admin.done("kubectl certificate approve mia && kubepki csr wait mia");
        admin.done("kubectl get csr mia -o yaml > mia.yaml && kubectl delete csr mia");
        admin.done("kubepki csr download -f mia.yaml --key mia.key -o mia.crt");
        assertThat(admin.done("openssl verify -purpose sslclient -CAfile set/pki/ca.crt mia.crt"))
                .isEqualTo("mia.crt: OK\n");
        assertThat(admin.refused("kubepki csr create mia --key-algorithm RSA-2048"))
                .contains("mia.key: is there already");
        assertThat(admin.refused("kubepki csr create zoe --expiration 599s")).contains("600");
        assertThat(folder.resolve("zoe.key")).doesNotExist();
    }

    @Test
    void letsAMachineJoinByATokenAndRenew() throws IOException, InterruptedException {
        person().done("kubepki node bootstrap worker-1 --ttl 1h -o bootstrap-kubelet.conf");
        assertThat(mode("bootstrap-kubelet.conf")).isEqualTo("rw-------");
        Client machine = person(folder.resolve("bootstrap-kubelet.conf"));
        assertThat(machine.done("kubectl auth whoami"))
                .containsPattern("Username +system:bootstrap:[a-z0-9]{6}\n")
                .contains("system:bootstrappers:kubeadm:default-node-token");
        machine.done(kubeletRequest("node-csr-1"));
        assertThat(machine.refused("kubectl get nodes")).contains("cannot list resource \"nodes\"");
        machine.done(certificate("node-csr-1"));
        machine.done("""
                cp bootstrap-kubelet.conf kubelet.conf
                KUBECONFIG=kubelet.conf kubectl config set-credentials node --client-key=node-csr-1.key \\
                    --client-certificate=node-csr-1.crt --embed-certs=true
                KUBECONFIG=kubelet.conf kubectl config set-context --current --user=node
                """);
        Client node = person(folder.resolve("kubelet.conf"));
        assertThat(node.done("kubectl auth whoami"))
                .containsPattern("Username +system:node:worker-1\n")
                .contains("[system:nodes system:authenticated]");
        node.done(kubeletRequest("csr-renewal"));
        node.done(certificate("csr-renewal"));
        assertThat(node.done("openssl verify -CAfile set/pki/ca.crt csr-renewal.crt"))
                .isEqualTo("csr-renewal.crt: OK\n");
    }

    /// As a kubelet asks: a key of its own, for the node's name, by whatever credential it has.
    private static String kubeletRequest(String name) {
        return """
                openssl ecparam -genkey -name prime256v1 -noout -out NAME.key
                openssl req -new -key NAME.key -subj /O=system:nodes/CN=system:node:worker-1 -out NAME.csr
                cat <<EOF | kubectl create -f -
                apiVersion: certificates.k8s.io/v1
                kind: CertificateSigningRequest
                metadata:
                  name: NAME
                spec:
                  request: $(base64 -w0 NAME.csr)
                  signerName: kubernetes.io/kube-apiserver-client-kubelet
                  usages: [digital signature, client auth]
                EOF
                """.replace("NAME", name);
    }

    /// Nobody has to approve it.
    private static String certificate(String name) {
        return """
                for i in $(seq 100); do
                    kubectl get csr NAME -o jsonpath='{.status.certificate}' | base64 -d >NAME.crt
                    [ -s NAME.crt ] && exit 0
                    sleep 0.1
                done
                exit 1
                """.replace("NAME", name);
    }
}
