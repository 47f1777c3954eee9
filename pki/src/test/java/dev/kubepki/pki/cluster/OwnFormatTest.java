package dev.kubepki.pki.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.pki.document.Problem;
import dev.kubepki.pki.key.KeyAlgorithm;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnFormatTest {
    private static final String HEAD = "apiVersion: kubepki.dev/v1alpha1\nkind: ClusterPKI\n";
    private static final String ONE_NODE = HEAD + "controlPlaneNodes:\n- name: cp-1\n  addresses: 192.0.2.11\n";
    private static final Host HOST = new Host("here", List.of(new IpAddress("192.0.2.5")), List.of());

    @Test
    void twoLinesMeanThisHostWithEveryDefault() {
        Parsed.Valid valid = valid(HEAD);
        assertThat(valid.config()).isEqualTo(ClusterConfig.forHost("here", List.of(new IpAddress("192.0.2.5"))));
        assertThat(valid.notices()).singleElement().satisfies(notice -> {
            assertThat(notice.kind()).isEqualTo(Notice.Kind.NOTE);
            assertThat(notice.toString()).contains("this host is meant: here at 192.0.2.5");
        });
    }

    @Test
    void tellsEveryMistakeAtOnceWithItsLine() {
        List<Problem> problems = problems("""
                apiVersion: kubepki.dev/v1alpha1
                kind: ClusterPKI
                clustername: prod
                controlPlaneEndpoint: <MASTER_IP>:6443
                apiServerPort: 70000
                networking:
                  serviceSubnets: [10.96.0.0/33]
                controlPlaneNodes:
                  - name: NODE01
                    addresses:
                      - 10.0.0.300
                      -
                workers:
                  - name: SYSTEM:NODE:NODE02
                validity: 0h
                certificates:
                  etcd-pear:
                    validity: 1y
                  ca:
                    extraSans: [x.example.com]
                """);
        assertThat(problems)
                .extracting(problem -> problem.line() + " " + problem.path() + ": " + problem.message())
                .satisfiesExactlyInAnyOrder(
                        text -> assertThat(text)
                                .startsWith("3 clustername: is not a known field; did you mean clusterName"),
                        text -> assertThat(text)
                                .startsWith("4 controlPlaneEndpoint: still holds the placeholder <MASTER_IP>"),
                        text -> assertThat(text).startsWith("5 apiServerPort: 70000 is not a port"),
                        text -> assertThat(text)
                                .startsWith("7 networking.serviceSubnets[0]: '10.96.0.0/33' is not a range"),
                        text -> assertThat(text)
                                .startsWith("9 controlPlaneNodes[0].name: 'NODE01' has upper-case letters")
                                .endsWith("write node01"),
                        text -> assertThat(text)
                                .startsWith("11 controlPlaneNodes[0].addresses[0]: '10.0.0.300' is not an IP address"),
                        text -> assertThat(text).startsWith("12 controlPlaneNodes[0].addresses[1]: is empty"),
                        text -> assertThat(text)
                                .startsWith("14 workers[0].name: 'SYSTEM:NODE:NODE02' is the user name of a kubelet")
                                .endsWith("write node02"),
                        text -> assertThat(text).startsWith("15 validity: '0h' is no time at all"),
                        text -> assertThat(text)
                                .startsWith("17 certificates.etcd-pear: is not the name of a certificate")
                                .contains("did you mean etcd-peer?"),
                        text -> assertThat(text).startsWith("20 certificates.ca.extraSans: 'ca' serves nothing"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clusterName: 'a b'                                   | holds blanks",
                "style: kubadm                                        | is not documented or kubeadm",
                "controlPlaneEndpoint: https://api.example.com        | is a URL",
                "controlPlaneEndpoint: api.example.com:0              | is not a port",
                "controlPlaneEndpoint: LOAD_BALANCER_DNS:6443         | placeholder LOAD_BALANCER_DNS",
                "controlPlaneEndpoint: Api.example.com                | write api.example.com",
                "loadBalancerNames: ['lb.example.com:443']            | has a port",
                "loadBalancerNames: ['10.0.0.999']                    | neither an IP address nor a DNS name",
                "loadBalancerNames: ['010.0.0.1']                     | write 10.0.0.1",
                "loadBalancerNames: ['${LB}']                         | placeholder ${LB}",
                "networking: {serviceSubnets: [10.0.0.0/30]}          | too small",
                "networking: {serviceSubnets: [10.0.0.0/16, 10.1.0.0/16]} | same family",
                "networking: {serviceSubnets: []}                     | is empty",
                "networking: {dnsDomain: cluster.local.}              | without the dot",
                "workers: [{name: cp-1}]                              | already the name of the node",
                "workers: [{name: 'w-[5-1]'}]                         | count upwards",
                "workers: [{name: 'w-[1-2]-[1-2]'}]                   | two places",
                "workers: [{name: 'w-[1-9]', addresses: 255.255.255.250}] | no room",
                "workers: [{name: 'w-[1-9]', dnsNames: [w.example.com]}]  | must count as the row",
                "workers: [{name: w, addresses: 0.0.0.0}]             | any address",
                "workers: [{name: w, addresses: 10.0.0.1/24}]         | write the address alone",
                "etcd: {members: [{name: e}]}                         | is missing",
                "etcd: {members: [{name: cp-1, addresses: 192.0.2.77}]}   | has other addresses",
                "etcd: {external: {endpoints: [10.0.0.1]}}            | is not a URL",
                "etcd: {external: {endpoints: ['https://e:2379'], certFile: /c}} | go together",
                "etcd: {external: {endpoints: ['https://e:2379']}, members: [{name: e, addresses: 10.0.0.1}]} | contradicts",
                "keyAlgorithm: RSA-1024                               | is not a key algorithm; write RSA-2048",
                "validity: 8760                                       | must be text",
                "validity: '8760'                                     | lacks its unit",
                "validity: -1h                                        | longer than zero",
                "validity: 101y                                       | hundred years",
                "validity: 1 year                                     | is not a duration",
                "certificates: {sa: {keyAlgorithm: Ed25519}}          | service-account tokens",
                "certificates: {sa: {validity: 1y}}                   | never expires",
                "certificates: {apiserver: {extraSans: ['IP:10.0.0.1']}} | without IP:",
                "certificates: {apiserver: {extraSans: ['a.*.example.com']}} | is not a DNS name",
                "authorities: {external: [apiserver]}                 | is not a CA",
                "authorities: {keysOn: [cp-2]}                        | did you mean cp-1?",
                "authorities: {model: single}                         | is not separate or single-root",
                "certificatesDir: pki                                 | not an absolute path",
            })
    void refusesByName(String line, String reason) {
        assertThat(problems(ONE_NODE + line.strip() + "\n"))
                .singleElement()
                .extracting(Problem::toString)
                .asString()
                .startsWith("cluster.yaml:6:")
                .contains(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "caValidity: 30d                                      | caValidity: CAs are valid for a shorter time",
                "certificates: {admin.conf: {validity: 11y}}          | certificates.admin.conf.validity: is longer than caValidity",
                "keyAlgorithm: Ed25519                                | keyAlgorithm: kubeadm reads no Ed25519 keys",
                "keyAlgorithm: Ed25519                                | so sa is ECDSA-P256",
                "certificates: {ca: {keyAlgorithm: Ed25519}}          | so its commands will refuse",
                "certificates: {root: {validity: 20y}}                | there is a root only under model: single-root",
                "certificates: {super-admin.conf: {validity: 1d}}     | only in the kubeadm style",
                "networking: {serviceSubnets: [10.96.0.9/12]}         | is taken as 10.96.0.0/12",
                "networking: {serviceSubnets: [10.0.0.0/8]}           | they stop at /12",
                "networking: {serviceSubnets: [fd00::/112]}           | in one family",
                "networking: {serviceSubnets: [192.0.2.0/24]}         | holds an address of cp-1",
                "workers: [{name: w, addresses: 192.0.2.11}]          | is also an address of cp-1",
                "workers: [{name: w, addresses: 127.0.0.1}]           | loopback",
                "etcd: {external: {endpoints: ['http://e:2379']}}     | is not encrypted",
                "loadBalancerNames: [a.example.com, a.example.com]    | is there twice",
                "workers: [{name: abcdefghij-abcdefghij-abcdefghij-abcdefghij-abcdefghij-abc}] | more than 64 characters",
            })
    void warnsByName(String line, String reason) {
        Parsed.Valid valid = valid(ONE_NODE + line.strip() + "\n");
        assertThat(valid.notices())
                .allMatch(notice -> notice.kind() == Notice.Kind.WARNING && notice.line() == 6)
                .anySatisfy(notice -> assertThat(notice.toString()).contains(reason));
    }

    @Test
    void readsWhatWasWritten() {
        ClusterConfig config = valid(ONE_NODE + """
                style: kubeadm
                controlPlaneEndpoint: "[2001:DB8::1]:443"
                apiServerPort: 8443
                validity: 1y12h
                keyAlgorithm: P-256
                certificates:
                  apiserver: {extraSans: ["2001:DB8::2", "*.example.com"], keyAlgorithm: rsa-4096}
                  admin.conf: {validity: 90m}
                authorities: {external: true, keysOn: all-control-plane-nodes}
                frontProxy: false
                """).config();
        assertThat(config.style()).isEqualTo(NamingStyle.KUBEADM);
        assertThat(config.endpoint().httpsUrl()).isEqualTo("https://[2001:db8::1]:443");
        assertThat(config.localEndpoint(config.controlPlaneNodes().getFirst())).hasToString("192.0.2.11:8443");
        assertThat(config.validity().of(CertificateName.APISERVER))
                .isEqualTo(Duration.ofDays(365).plusHours(12));
        assertThat(config.validity().of(CertificateName.ADMIN_CONF)).isEqualTo(Duration.ofMinutes(90));
        assertThat(config.validity().of(CertificateName.ETCD_CA)).isEqualTo(Duration.ofDays(3650));
        assertThat(config.keys().of(CertificateName.CA)).isEqualTo(KeyAlgorithm.ECDSA_P256);
        assertThat(config.keys().of(CertificateName.APISERVER)).isEqualTo(KeyAlgorithm.RSA_4096);
        assertThat(config.extraSansOf(CertificateName.APISERVER)).containsExactly("2001:db8::2", "*.example.com");
        assertThat(config.authorities().keysOn()).isEqualTo(Set.of("cp-1"));
        assertThat(config.authorities().isExternal(CertificateName.FRONT_PROXY_CA))
                .isTrue();
        assertThat(config.parts()).isEqualTo(new OptionalParts(false, true, true));
    }

    @Test
    void countsARowOfNodes() {
        ClusterConfig config = valid(
                        ONE_NODE
                                + "workers: [{name: 'w-[098-101]', addresses: [10.0.0.254, 'fd00::fe'], dnsNames: ['w[098-101].x']}]\n")
                .config();
        assertThat(config.workers()).extracting(ClusterNode::name).containsExactly("w-098", "w-099", "w-100", "w-101");
        assertThat(config.workers().get(2))
                .isEqualTo(new ClusterNode(
                        "w-100", List.of(new IpAddress("10.0.1.0"), new IpAddress("fd00::100")), List.of("w100.x")));
    }

    @Test
    void lettersOfARowsNameMayNotClashWithAnotherNode() {
        assertThat(problems(ONE_NODE + "workers:\n- name: w-2\n- name: w-[1-3]\n"))
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains("'w-2' is already the name of the node at line 7");
    }

    @Test
    void etcdMayRunOnNodesOfTheCluster() {
        Parsed.Valid valid = valid(ONE_NODE + "etcd: {members: [{name: cp-1, addresses: 192.0.2.11}]}\n");
        assertThat(valid.notices()).isEmpty();
        assertThat(valid.config().etcdMembers()).hasSize(1);
    }

    @Test
    void readsFiveThousandWorkersInWellUnderASecond() {
        StringBuilder text = new StringBuilder(ONE_NODE).append("workers:\n");
        for (int i = 0; i < 5000; i++) {
            text.append("- name: worker-")
                    .append(i)
                    .append("\n  addresses: [10.")
                    .append(i / 250)
                    .append('.')
                    .append(i % 250)
                    .append(".7]\n  dnsNames: [w")
                    .append(i)
                    .append(".x]\n");
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        // this thread's own time, for the machine may be busy with something else
        long start = threads.getCurrentThreadCpuTime();
        ClusterConfig config = valid(text.toString()).config();
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start)).isLessThan(Duration.ofSeconds(1));
        assertThat(config.workers()).hasSize(5000);
    }

    @Test
    void refusesNothingAndWhatIsNeitherFormat() {
        assertThat(problems("")).singleElement().asString().contains("kubepki init --example");
        assertThat(problems("a: [")).singleElement().asString().contains("cluster.yaml");
        assertThat(problems("hosts: []\n")).singleElement().asString().contains("lacks apiVersion or kind");
        assertThat(problems("apiVersion: v1\nkind: Secret\n"))
                .singleElement()
                .asString()
                .contains("'Secret' of v1");
        assertThat(problems(HEAD + "---\n" + HEAD)).singleElement().asString().contains("describes one cluster");
        assertThat(problems("apiVersion: kubepki.dev/v9\nkind: ClusterPKI\n"))
                .singleElement()
                .asString()
                .contains("apiVersion: must be kubepki.dev/v1alpha1");
    }

    static Parsed parse(String text) {
        return ClusterDescription.parse("cluster.yaml", text.getBytes(StandardCharsets.UTF_8), () -> HOST);
    }

    static Parsed.Valid valid(String text) {
        Parsed parsed = parse(text);
        assertThat(parsed).as("%s", parsed).isInstanceOf(Parsed.Valid.class);
        return (Parsed.Valid) parsed;
    }

    static List<Problem> problems(String text) {
        Parsed parsed = parse(text);
        assertThat(parsed).as("%s", parsed).isInstanceOf(Parsed.Invalid.class);
        return ((Parsed.Invalid) parsed).problems();
    }
}
