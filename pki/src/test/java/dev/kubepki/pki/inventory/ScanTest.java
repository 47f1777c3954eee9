package dev.kubepki.pki.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanTest {
    @TempDir
    Path folder;

    private Openssl openssl;

    @BeforeEach
    void makeTools() {
        openssl = new Openssl(folder);
    }

    private Inventory scan() throws IOException {
        return scan(Instant.now());
    }

    private Inventory scan(Instant now) throws IOException {
        Look look = new Look(now, Duration.ofDays(30), folder);
        return Scan.of(List.of(new Scan.Target(folder, "")), look);
    }

    private static List<String> names(Inventory inventory) {
        return inventory.certificates().stream().map(ListedCertificate::name).toList();
    }

    private static ListedCertificate certificate(Inventory inventory, String name) {
        return inventory.certificates().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + names(inventory)));
    }

    @Test
    void tellsFilesByTheirContentAndNotByTheirName() throws Exception {
        openssl.authority("ca", "/CN=root");
        openssl.leaf("ann", "/CN=ann/O=people", "ca");
        Files.move(folder.resolve("ann.key"), folder.resolve("ann.pem"));
        Files.move(folder.resolve("ca.crt"), folder.resolve("readme.txt"));

        Inventory found = scan();

        assertThat(names(found)).containsExactly("ann.crt", "readme.txt");
        assertThat(found.files())
                .extracting(ListedFile::file, ListedFile::what, ListedFile::matches)
                .containsExactly(
                        tuple("ann.csr", "request of CN = ann, O = people", List.of()),
                        tuple("ann.pem", "private key ECDSA-P256", List.of("ann.crt")),
                        tuple("ca.key", "private key ECDSA-P256", List.of("readme.txt")));
    }

    @Test
    void hangsCertificatesBelowTheCaThatSignedThem() throws Exception {
        openssl.authority("ca", "/CN=root");
        openssl.leaf("ann", "/CN=ann", "ca");
        openssl.leaf("bob", "/CN=bob", "ca");

        List<Inventory.Branch> tops = Inventory.branches(scan().certificates());

        assertThat(tops).hasSize(1);
        assertThat(tops.getFirst().certificate().name()).isEqualTo("ca.crt");
        assertThat(tops.getFirst().below())
                .extracting(branch -> branch.certificate().name())
                .containsExactly("ann.crt", "bob.crt");
    }

    @Test
    void doesNotTakeAnotherCaOfTheSameNameForTheSigner() throws Exception {
        openssl.authority("old", "/CN=root");
        openssl.authority("new", "/CN=root");
        openssl.leaf("ann", "/CN=ann", "old");

        assertThat(certificate(scan(), "ann.crt").ca()).isEqualTo("old.crt");

        Files.delete(folder.resolve("old.crt"));
        assertThat(certificate(scan(), "ann.crt").ca()).isEmpty();
    }

    @Test
    void findsTheSignerOfCertificatesWithoutKeyIdentifiersByTheSignature() throws Exception {
        openssl.authority("one", "/CN=root");
        openssl.authority("two", "/CN=root");
        openssl.run("req", "-new", "-key", "one.key", "-subj", "/CN=ann", "-out", "ann.csr");
        openssl.run(
                "x509",
                "-req",
                "-in",
                "ann.csr",
                "-CA",
                "two.crt",
                "-CAkey",
                "two.key",
                "-CAcreateserial",
                "-out",
                "ann.crt");

        ListedCertificate ann = certificate(scan(), "ann.crt");

        assertThat(ann.certificate().orElseThrow().authorityKeyIdentifier()).isEmpty();
        assertThat(ann.ca()).isEqualTo("two.crt");
    }

    @Test
    void listsEveryCertificateOfAFileAndTextAroundIsNoMatter() throws Exception {
        openssl.authority("ca", "/CN=root");
        openssl.leaf("ann", "/CN=ann", "ca");
        openssl.run("x509", "-in", "ann.crt", "-text", "-out", "text.pem");
        openssl.run("x509", "-in", "ann.crt", "-outform", "DER", "-out", "binary");
        Files.writeString(
                folder.resolve("chain.pem"),
                Files.readString(folder.resolve("text.pem")) + Files.readString(folder.resolve("ca.crt")));

        assertThat(names(scan()))
                .containsExactly("ann.crt", "binary", "ca.crt", "chain.pem", "chain.pem#2", "text.pem");
    }

    @Test
    void readsKubeconfigsWithTheFilesTheyReferTo() throws Exception {
        openssl.authority("ca", "/CN=root");
        Files.createDirectories(folder.resolve("users"));
        openssl.leaf("users/ann", "/CN=ann", "ca");
        Files.writeString(folder.resolve("config"), """
                apiVersion: v1
                kind: Config
                clusters:
                - name: test-server
                  cluster: {server: "https://test-server:6443", certificate-authority: ca.crt}
                - name: second-server
                  cluster: {server: "https://second-server:6443", certificate-authority: gone.crt}
                users:
                - name: user
                  user: {client-certificate: users/ann.crt, client-key: users/ann.key}
                - name: second-user
                  user: {client-certificate-data: %s}
                - name: token
                  user: {token: abc}
                """.formatted(
                        Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("users/ann.crt")))));

        Inventory found = Scan.of(
                List.of(new Scan.Target(folder.resolve("config"), "config")),
                new Look(Instant.now(), Duration.ofDays(30), folder));

        assertThat(found.certificates())
                .extracting(ListedCertificate::name, ListedCertificate::state, ListedCertificate::subject)
                .containsExactlyInAnyOrder(
                        tuple("config user user", CertificateState.OK, "CN = ann"),
                        tuple("config user second-user", CertificateState.OK, "CN = ann"),
                        tuple("config cluster test-server", CertificateState.OK, "CN = root"),
                        tuple("config cluster second-server", CertificateState.MISSING, ""));
        assertThat(certificate(found, "config user user").file())
                .isEqualTo(folder.resolve("users/ann.crt").toString());
        assertThat(certificate(found, "config user user").ca()).isEqualTo("config cluster test-server");
    }

    @Test
    void saysHowTheFilesStandThatAStaticPodNames() throws Exception {
        Path pki = Files.createDirectories(folder.resolve("etc/kubernetes/pki"));
        openssl.authority("etc/kubernetes/pki/ca", "/CN=root");
        openssl.leaf("etc/kubernetes/pki/apiserver", "/CN=apiserver", "etc/kubernetes/pki/ca");
        Files.writeString(pki.resolve("sa.key"), "nothing");
        Files.createDirectories(folder.resolve("manifests"));
        Files.writeString(folder.resolve("manifests/kube-apiserver.yaml"), """
                apiVersion: v1
                kind: Pod
                metadata: {name: kube-apiserver}
                spec:
                  containers:
                  - name: kube-apiserver
                    command:
                    - kube-apiserver
                    - --advertise-address=192.0.2.1
                    - --tls-cert-file=/etc/kubernetes/pki/apiserver.crt
                    - --tls-private-key-file=/etc/kubernetes/pki/apiserver.key
                    - --client-ca-file=/etc/kubernetes/pki/ca.crt
                    - --tls-sni-cert-key=/etc/kubernetes/pki/apiserver.crt,/etc/kubernetes/pki/apiserver.key:name
                    args:
                    - --etcd-cafile=/etc/kubernetes/pki/etcd/ca.crt
                    - --service-account-signing-key-file=/etc/kubernetes/pki/sa.key
                """);

        Inventory found = scan();

        String tls = "/etc/kubernetes/pki/apiserver";
        assertThat(found.references())
                .extracting(
                        ListedReference::flag, ListedReference::path, ListedReference::state, ListedReference::holds)
                .startsWith(
                        tuple("--tls-cert-file", tls + ".crt", CertificateState.OK, "CN = apiserver"),
                        tuple("--tls-private-key-file", tls + ".key", CertificateState.OK, "private key ECDSA-P256"),
                        tuple("--client-ca-file", "/etc/kubernetes/pki/ca.crt", CertificateState.OK, "CN = root"),
                        tuple("--tls-sni-cert-key", tls + ".crt", CertificateState.OK, "CN = apiserver"),
                        tuple("--tls-sni-cert-key", tls + ".key", CertificateState.OK, "private key ECDSA-P256"),
                        tuple("--etcd-cafile", "/etc/kubernetes/pki/etcd/ca.crt", CertificateState.MISSING, ""));
        assertThat(found.references().getLast().state()).isEqualTo(CertificateState.UNREADABLE);
        assertThat(found.failsWithin(Duration.ZERO)).isTrue();
        assertThat(scan(Instant.now().plus(Duration.ofDays(51)))
                        .references()
                        .getFirst()
                        .state())
                .isEqualTo(CertificateState.EXPIRED);
    }

    @Test
    void readsSecretsAndNeverKeepsAKey() throws Exception {
        openssl.authority("ca", "/CN=root");
        String key = Files.readString(folder.resolve("ca.key"));
        Files.writeString(
                folder.resolve("secret.yaml"),
                "apiVersion: v1\nkind: Secret\ndata:\n  tls.crt: "
                        + Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("ca.crt")))
                        + "\n  tls.key: "
                        + Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("ca.key")))
                        + "\n");

        Inventory found = scan();

        assertThat(names(found)).containsExactly("ca.crt", "secret.yaml data.tls.crt");
        assertThat(found.files())
                .filteredOn(each -> each.file().equals("secret.yaml data.tls.key"))
                .singleElement()
                .extracting(ListedFile::matches)
                .isEqualTo(List.of("ca.crt", "secret.yaml data.tls.crt"));
        assertThat(found.toString())
                .doesNotContain(key.lines().skip(1).findFirst().orElseThrow());
    }

    @Test
    void tellsDamageOnlyWhereAFileClaimsToBeOfAPki() throws Exception {
        openssl.authority("ca", "/CN=root");
        String whole = Files.readString(folder.resolve("ca.crt"));
        Files.writeString(folder.resolve("half.crt"), whole.substring(0, 200));
        Files.writeString(folder.resolve("notes.md"), whole.substring(0, 200));
        Files.writeString(folder.resolve("empty.pem"), "");
        Files.writeString(folder.resolve("hosts.conf"), "nothing here");

        Inventory found = scan();

        assertThat(found.certificates())
                .filteredOn(each -> each.state() == CertificateState.UNREADABLE)
                .extracting(ListedCertificate::name)
                .containsExactly("empty.pem", "half.crt");
        assertThat(certificate(found, "half.crt").problem()).contains("cut off");
    }

    @Test
    void followsNoLoopsNorLeavesTheFolderAndLooksAtNothingTwice(@TempDir Path outside) throws Exception {
        new Openssl(outside).authority("stranger", "/CN=stranger");
        openssl.authority("ca", "/CN=root");
        Path inner = Files.createDirectories(folder.resolve("inner"));
        Files.createSymbolicLink(inner.resolve("up"), Path.of(".."));
        Files.createSymbolicLink(inner.resolve("outside"), outside);
        Files.createSymbolicLink(inner.resolve("self"), Path.of("self"));
        Files.createSymbolicLink(inner.resolve("gone.crt"), Path.of("nowhere"));
        Files.createSymbolicLink(inner.resolve("ca.crt"), Path.of("../ca.crt"));

        assertThat(names(scan())).containsExactly("ca.crt");
    }

    @Test
    void passesOverTheProgramsOwnRecords() throws Exception {
        Files.createDirectories(folder.resolve(".kubepki/backups"));
        openssl.authority(".kubepki/backups/ca", "/CN=root");

        assertThat(scan().certificates()).isEmpty();
        assertThat(scan().files()).isEmpty();
    }

    @Test
    void leavesOutLargeFilesAndSaysSo() throws Exception {
        Files.write(folder.resolve("large.crt"), new byte[(4 << 20) + 1]);

        assertThat(scan().notes()).singleElement().asString().contains("1 files over 4 MiB");
    }
}
