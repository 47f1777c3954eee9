package dev.kubepki.pki.fuzz;

import dev.kubepki.pki.cluster.ExampleDescription;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// Sound texts of every kind that is read.
final class Texts {
    private static final String KUBEADM = """
            apiVersion: kubeadm.k8s.io/v1beta4
            kind: InitConfiguration
            localAPIEndpoint: {advertiseAddress: 192.0.2.11, bindPort: 6444}
            nodeRegistration: {name: cp-1}
            ---
            apiVersion: kubeadm.k8s.io/v1beta4
            kind: ClusterConfiguration
            controlPlaneEndpoint: api.example.com:6443
            certificateValidityPeriod: 2160h
            encryptionAlgorithm: ECDSA-P384
            networking: {serviceSubnet: "10.96.0.0/12,fd00::/108", dnsDomain: cluster.local}
            apiServer:
              certSANs: [192.0.2.100, "*.example.com"]
            etcd:
              local: {serverCertSANs: [e1], peerCertSANs: [10.1.2.3]}
            """;

    private static final String ROWS = """
            apiVersion: kubepki.dev/v1alpha1
            kind: ClusterPKI
            controlPlaneNodes:
            - {name: cp, addresses: [10.0.0.1]}
            workers:
            - {name: "worker-[001-003]", addresses: [10.0.1.1]}
            """;

    private Texts() {}

    static List<byte[]> documents() {
        return List.of(
                utf8(
                        "a: &x [1, 0x1F, 1.5e3, ~, yes, 'q''', \"\\u00e9\\n\"]\nb: *x\n---\n- |\n  block\n- >-\n  folded\n"),
                utf8("{\"a\": [1, -2.5e10, true, null, \"\\ud83d\\ude00\"], \"b\": {}}"),
                utf8(KUBEADM));
    }

    static List<byte[]> descriptions() {
        return List.of(utf8(ExampleDescription.text()), utf8(KUBEADM), utf8(ROWS));
    }

    static byte[] kubeconfig(byte[] certificate, byte[] key) {
        return utf8("""
                apiVersion: v1
                kind: Config
                preferences: {}
                clusters:
                - name: c
                  cluster: {server: "https://10.0.0.1:6443", certificate-authority-data: %s}
                users:
                - name: u
                  user: {client-certificate: a.crt, client-key-data: %s}
                contexts:
                - name: x
                  context: {cluster: c, user: u}
                current-context: x
                """.formatted(base64(certificate), base64(key)));
    }

    static List<byte[]> objects(byte[] certificate, byte[] request) {
        return List.of(
                kubeconfig(certificate, certificate),
                utf8("""
                        apiVersion: certificates.k8s.io/v1
                        kind: CertificateSigningRequest
                        metadata: {name: anna}
                        spec:
                          request: %s
                          signerName: kubernetes.io/kube-apiserver-client
                          expirationSeconds: 86400
                          usages: [client auth]
                        status: {certificate: %s, conditions: [{type: Approved, status: "True"}]}
                        """.formatted(base64(request), base64(certificate))),
                utf8("""
                        {"apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/tls",
                         "data": {"tls.crt": "%s", "tls.key": ""}}""".formatted(base64(certificate))),
                utf8("""
                        apiVersion: v1
                        kind: ConfigMap
                        data:
                          ca.crt: "%s"
                        """.formatted(new String(certificate, StandardCharsets.UTF_8).replace("\n", "\\n"))),
                utf8("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzeXN0ZW06c2VydmljZWFjY291bnQ6YTpiIiwiZXhwIjoxfQ.AAAA"));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
