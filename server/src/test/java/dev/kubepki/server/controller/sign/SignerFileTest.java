package dev.kubepki.server.controller.sign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.pki.document.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SignerFileTest {
    private static SignerFile read(String text) {
        return SignerFile.read("signers.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shipsASignerForServices() {
        SignerFile shipped = SignerFile.shipped();
        assertThat(shipped.problems()).isEmpty();
        assertThat(shipped.policies().stream().map(SignerPolicy::signerName))
                .containsExactly("kubepki.dev/service-serving");
    }

    @Test
    void readsARow() {
        SignerFile file = read("""
                signers:
                - name: example.com/serving
                  certificate: ca.crt
                  key: ca.key
                  usages:
                    allowed: [digital signature]
                    required: [server auth]
                  duration: {usual: 24h, longest: 90d}
                  subject:
                    commonNames: ["*.example.com"]
                    organizations: ["team-*"]
                    others: true
                  names:
                    dns: [.example.com, "*.example.net"]
                    wildcards: true
                    ip: [10.0.0.0/8, "2001:db8::/32"]
                    uri: ["spiffe://cluster.local/"]
                    email: ["*@example.com"]
                  keys: {rsa: 3072, ecdsa: 256, ed25519: false}
                """);
        assertThat(file.problems()).isEmpty();
        SignerRow row = file.rows().getFirst();
        assertThat(row.policy().signerName()).isEqualTo("example.com/serving");
        assertThat(row.files()).contains(new SignerRow.Files("ca.crt", "ca.key"));
        assertThat(row.usual()).isEqualTo(Duration.ofHours(24));
        assertThat(row.longest()).isEqualTo(Duration.ofDays(90));
    }

    @Test
    void tellsEveryProblemAtOnceWithItsLine() {
        SignerFile file = read("""
                signers:
                - name: kubernetes.io/kube-apiserver-client
                  key: ca.key
                  usages:
                    allowed: [digital signature, sewing, cert sign]
                  duration: {usual: 90d, longest: 1d}
                - name: nothing
                  usages: {}
                  names:
                    ip: [10.0.0.1]
                    uri: ["spiffe://cluster.local"]
                    dns: [5]
                  keys: {rsa: 512}
                - usages: {required: [server auth]}
                  lifetime: 5d
                colour: blue
                """);
        assertThat(file.rows()).isEmpty();
        assertThat(file.problems().stream().map(Problem::toString))
                .containsExactly(
                        "signers.yaml:2: signers[0].name: lies in a domain of Kubernetes, whose signers are built in;"
                                + " take one of your own",
                        "signers.yaml:2: signers[0].certificate: is missing: a CA has a file with its certificate and one"
                                + " with its key; leave both out for the CA of the built-in signers",
                        "signers.yaml:5: signers[0].usages.allowed[1]: is not a usage of the certificates API, such as"
                                + " digital signature or server auth",
                        "signers.yaml:5: signers[0].usages.allowed[2]: is for CAs, and no signer of this API makes one",
                        "signers.yaml:6: signers[0].duration.usual: must not be longer than duration.longest",
                        "signers.yaml:7: signers[1].name: must be a domain and a path, such as example.com/serving",
                        "signers.yaml:8: signers[1].usages: must allow at least one usage, such as allowed: [digital"
                                + " signature, server auth]",
                        "signers.yaml:10: signers[1].names.ip[0]: must be a range such as 10.0.0.0/8, not '10.0.0.1'",
                        "signers.yaml:11: signers[1].names.uri[0]: must be a scheme, a host and a path that ends in a"
                                + " slash, such as spiffe://cluster.local/",
                        "signers.yaml:12: signers[1].names.dns[0]: must be text, not a whole number; put it in quotes",
                        "signers.yaml:13: signers[1].keys.rsa: must be the least number of bits, 2048 or more",
                        "signers.yaml:14: signers[2].name: is missing",
                        "signers.yaml:15: signers[2].lifetime: is not a known field",
                        "signers.yaml:16: colour: is not a known field");
    }

    @Test
    void tellsWhatIsNoYaml() {
        assertThat(read("signers: [").problems()).hasSize(1);
        assertThat(read("").problems().toString()).contains("signers: is missing");
    }

    @Test
    void refusesANameTwice() {
        assertThat(read("""
                                signers:
                                - {name: example.com/a, usages: {allowed: [server auth]}}
                                - {name: example.com/a, usages: {allowed: [server auth]}}
                                """).problems().toString())
                .contains("signers.yaml:3: signers[1].name: is the name of another signer of this file too");
    }
}
