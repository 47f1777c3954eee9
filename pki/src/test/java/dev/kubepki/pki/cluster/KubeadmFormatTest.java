package dev.kubepki.pki.cluster;

import static dev.kubepki.pki.cluster.OwnFormatTest.problems;
import static dev.kubepki.pki.cluster.OwnFormatTest.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.pki.document.Problem;
import dev.kubepki.pki.key.KeyAlgorithm;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubeadmFormatTest {
    private static final String CLUSTER4 = "apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\n";
    private static final String CLUSTER3 = "apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\n";
    private static final String INIT = """
            ---
            apiVersion: kubeadm.k8s.io/v1beta4
            kind: InitConfiguration
            localAPIEndpoint: {advertiseAddress: 192.0.2.11}
            nodeRegistration: {name: cp-1}
            """;

    @Test
    void readsAWholeV1beta4File() {
        Parsed.Valid valid = valid("""
                apiVersion: kubeadm.k8s.io/v1beta4
                kind: InitConfiguration
                bootstrapTokens:
                - token: abcdef.0123456789abcdef
                  ttl: 24h0m0s
                  usages: [signing, authentication]
                  groups: ["system:bootstrappers:kubeadm:default-node-token"]
                localAPIEndpoint:
                  advertiseAddress: 2001:db8::11
                  bindPort: 6444
                nodeRegistration:
                  name: cp-1
                  criSocket: unix:///run/containerd/containerd.sock
                  imagePullSerial: true
                  taints: null
                  kubeletExtraArgs:
                  - {name: node-ip, value: "2001:db8::11"}
                timeouts: {controlPlaneComponentHealthCheck: 4m0s}
                ---
                apiVersion: kubeadm.k8s.io/v1beta4
                kind: ClusterConfiguration
                clusterName: prod
                kubernetesVersion: 1.36.2
                controlPlaneEndpoint: api.example.com
                certificatesDir: /etc/kubernetes/pki
                caCertificateValidityPeriod: 43800h0m0s
                certificateValidityPeriod: 2160h
                encryptionAlgorithm: ECDSA-P384
                imageRepository: registry.k8s.io
                apiServer:
                  certSANs: [192.0.2.100, "*.example.com"]
                  extraArgs: [{name: audit-log-path, value: "-"}]
                controllerManager: {}
                scheduler: {}
                dns: {disabled: false}
                proxy: {disabled: true}
                etcd:
                  local:
                    dataDir: /var/lib/etcd
                    serverCertSANs: [etcd.example.com]
                    peerCertSANs: [10.1.1.1]
                featureGates: {RootlessControlPlane: true}
                networking:
                  serviceSubnet: fd00:10:96::/112,10.96.0.0/16
                  podSubnet: fd00:10:244::/56
                  dnsDomain: prod.local
                ---
                apiVersion: kubelet.config.k8s.io/v1beta1
                kind: KubeletConfiguration
                cgroupDriver: systemd
                """);
        ClusterConfig config = valid.config();
        assertThat(config.style()).isEqualTo(NamingStyle.KUBEADM);
        assertThat(config.clusterName()).isEqualTo("prod");
        assertThat(config.controlPlaneNodes())
                .containsExactly(new ClusterNode("cp-1", List.of(new IpAddress("2001:db8::11"))));
        assertThat(config.endpoint().httpsUrl()).isEqualTo("https://api.example.com:6444");
        assertThat(config.network().kubernetesServiceAddress()).hasToString("fd00:10:96::1");
        assertThat(config.network().dnsDomain()).isEqualTo("prod.local");
        assertThat(config.keys().of(CertificateName.SA)).isEqualTo(KeyAlgorithm.ECDSA_P384);
        assertThat(config.validity().of(CertificateName.APISERVER)).isEqualTo(Duration.ofDays(90));
        assertThat(config.validity().of(CertificateName.CA)).isEqualTo(Duration.ofDays(1825));
        assertThat(config.extraSansOf(CertificateName.APISERVER)).containsExactly("192.0.2.100", "*.example.com");
        assertThat(config.extraSansOf(CertificateName.ETCD_SERVER)).containsExactly("etcd.example.com");
        assertThat(config.extraSansOf(CertificateName.ETCD_PEER)).containsExactly("10.1.1.1");
        assertThat(config.certificatesDir()).isEqualTo(Optional.of("/etc/kubernetes/pki"));
        assertThat(valid.notices())
                .allMatch(notice -> notice.kind() == Notice.Kind.IGNORED)
                .extracting(notice -> notice.line() + " " + notice.path())
                .containsExactly(
                        "3 bootstrapTokens",
                        "13 nodeRegistration.criSocket",
                        "14 nodeRegistration.imagePullSerial",
                        "16 nodeRegistration.kubeletExtraArgs",
                        "18 timeouts",
                        "23 kubernetesVersion",
                        "29 imageRepository",
                        "32 apiServer.extraArgs",
                        "35 dns",
                        "36 proxy",
                        "39 etcd.local.dataDir",
                        "42 featureGates.RootlessControlPlane",
                        "45 networking.podSubnet",
                        "48 ");
    }

    @Test
    void readsV1beta3WithFlagsAsAMapping() {
        Parsed.Valid valid = valid(CLUSTER3 + """
                apiServer:
                  timeoutForControlPlane: 4m0s
                  extraArgs:
                    service-cluster-ip-range: 10.0.0.0/24
                    tls-cert-file: /etc/other.crt
                featureGates: {PublicKeysECDSA: true}
                etcd:
                  external:
                    endpoints: ["https://etcd.example.com:2379"]
                    caFile: /etc/etcd/ca.crt
                    certFile: ""
                    keyFile: ""
                """ + INIT);
        assertThat(valid.config().keys().overall()).isEqualTo(KeyAlgorithm.ECDSA_P256);
        assertThat(valid.config().etcd())
                .isEqualTo(new EtcdTopology.External(
                        List.of("https://etcd.example.com:2379"),
                        Optional.of("/etc/etcd/ca.crt"),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(valid.notices())
                .filteredOn(notice -> notice.kind() == Notice.Kind.WARNING)
                .extracting(notice -> notice.line() + " " + notice.message())
                .satisfiesExactly(
                        text -> assertThat(text).startsWith("6 ").contains("made for 10.96.0.0/12"),
                        text -> assertThat(text).startsWith("7 'tls-cert-file' names a file itself"));
    }

    @Test
    void takesThisHostWhereTheFileNamesNone() {
        ClusterConfig config = valid(CLUSTER4).config();
        assertThat(config.controlPlaneNodes())
                .containsExactly(new ClusterNode("here", List.of(new IpAddress("192.0.2.5"))));
        assertThat(config.parts()).isEqualTo(new OptionalParts(true, false, false));
    }

    @Test
    void lowerCasesANodesNameAsKubeadmDoesAndSaysSo() {
        Parsed.Valid valid = valid(INIT.replace("cp-1", "CP-1"));
        assertThat(valid.config().controlPlaneNodes().getFirst().name()).isEqualTo("cp-1");
        assertThat(valid.notices()).singleElement().asString().contains("'CP-1' is taken as cp-1");
    }

    @Test
    void doubtsTheSampleAddressOfPrintedDefaults() {
        assertThat(valid(INIT.replace("192.0.2.11", "1.2.3.4")).notices())
                .singleElement()
                .asString()
                .contains("sample of kubeadm config print init-defaults");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clusterNam: x                                   | did you mean clusterName",
                "controlPlaneEndpoint: \"<LB>:6443\"             | placeholder <LB>",
                "networking: {podsubnet: 10.0.0.0/8}             | did you mean podSubnet",
                "networking: {serviceSubnet: '10.96.0.0/12,'}    | is empty",
                "networking: {serviceSubnet: '10.0.0.0/16,10.1.0.0/16'} | same family",
                "networking: {serviceSubnet: '10.0.0.0/16,fd00::/112,10.1.0.0/16'} | one range too many",
                "apiServer: {certSANs: [Example.com]}            | write example.com",
                "apiServer: {certSANs: ['']}                     | is empty",
                "apiServer: {extraArgs: {v: '4'}}                | must be a list",
                "apiServer: {timeoutForControlPlane: 4m}         | belongs to v1beta3, not to v1beta4",
                "apiServer: {extraVolumes: [{nam: x}]}           | did you mean name",
                "dns: {imageTags: x}                             | did you mean imageTag",
                "certificateValidityPeriod: 365d                 | not a duration as Go writes it",
                "caCertificateValidityPeriod: -1h                | longer than zero",
                "encryptionAlgorithm: Ed25519                    | is not one of kubeadm's algorithms: ECDSA-P256",
                "encryptionAlgorithm: rsa-2048                   | is not one of kubeadm's algorithms",
                "certificatesDir: pki                            | not an absolute path",
                "etcd: {local: {dataDir: /x}, external: {endpoints: ['https://e:1']}} | contradicts local",
                "etcd: {external: {caFile: /x}}                  | endpoints: is missing",
            })
    void refusesByName(String line, String reason) {
        assertThat(problems(CLUSTER4 + line.strip() + "\n" + INIT))
                .singleElement()
                .extracting(Problem::toString)
                .asString()
                .startsWith("cluster.yaml:3:")
                .contains(reason);
    }

    @Test
    void refusesWhatItsVersionDoesNotHave() {
        assertThat(problems(CLUSTER3 + "encryptionAlgorithm: RSA-3072\ncertificateValidityPeriod: 1h\n"))
                .extracting(Problem::message)
                .containsExactly("belongs to v1beta4, not to v1beta3", "belongs to v1beta4, not to v1beta3");
        assertThat(problems("apiVersion: kubeadm.k8s.io/v1beta2\nkind: ClusterConfiguration\n"))
                .singleElement()
                .asString()
                .contains("kubeadm config migrate");
        assertThat(problems(CLUSTER4 + "---\n" + CLUSTER4))
                .singleElement()
                .asString()
                .contains("already a Cluster");
        assertThat(problems("apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n"))
                .singleElement()
                .asString()
                .contains("describes no cluster");
    }
}
