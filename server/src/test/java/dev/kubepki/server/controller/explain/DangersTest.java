package dev.kubepki.server.controller.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.Pem;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.CertificateExtensions;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.DistinguishedName.Attribute;
import dev.kubepki.pki.x509.Extension;
import dev.kubepki.pki.x509.SubjectAltName;
import dev.kubepki.server.controller.sign.SignerPolicy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class DangersTest {
    private static final CryptoProvider PROVIDER = CryptoProvider.jdk();
    private static final SigningKey KEY = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
    private static final List<String> CLIENT = List.of("client auth");
    private static final List<String> SERVER = List.of("server auth", "digital signature");
    private static final String SERVICES = "example.com/serving";

    /// RSA of 1024 bits, signed with SHA-1.
    private static final String WEAK = """
            -----BEGIN CERTIFICATE REQUEST-----
            MIIBTjCBuAIBADAPMQ0wCwYDVQQDDARhbm5hMIGfMA0GCSqGSIb3DQEBAQUAA4GN
            ADCBiQKBgQCz6Uys78IQ6h5R2VQcDUD2KLPK6Ep1STe+96KTguvpYJLgqgvwp1Vk
            iUpzdqvnfp3cFtZivrbh5PhoZ8HhWv9hMTukzfGiJcHkVW/zKUO/0P2akkq0b4iG
            Kfz+uw3CW5/00ejEPK4a4tHBWmZUIKy2IqYCWsp1lyMAPxanvrzzFQIDAQABoAAw
            DQYJKoZIhvcNAQEFBQADgYEAjX8NJ/GsMQr9++ZX7WzGR8RT55cauly7iAgOBKMM
            h/9R35HUdvdAFvN/b5ejLRjZQnM2vBW2C+DaDjfjw+EcWIIVRT/tOWEHzoLuQELq
            RNDQ7AcW+zaZ++v6bzwCgjwxGgXVZ1sV+EG6pDofI2hUKxznlZPXFqCuAPooz4PY
            LJQ=
            -----END CERTIFICATE REQUEST-----
            """;

    /// What is asked for: by default what nobody has to worry about.
    record Asking(
            DistinguishedName subject,
            List<Extension> extensions,
            String signer,
            List<String> usages,
            String requester,
            List<String> groups,
            String name,
            long seconds) {
        static Asking user(String user, String... groups) {
            return new Asking(
                    DistinguishedName.of(user, List.of(groups)),
                    List.of(),
                    SignerPolicy.CLIENT,
                    CLIENT,
                    user,
                    List.of("system:authenticated"),
                    user,
                    0);
        }

        static Asking subject(DistinguishedName subject) {
            return new Asking(subject, List.of(), SignerPolicy.CLIENT, CLIENT, "anna", List.of(), "anna", 0);
        }

        static Asking node(String signer, List<String> usages, String... names) {
            return new Asking(
                    DistinguishedName.of("system:node:n1", List.of("system:nodes")),
                    sans(names),
                    signer,
                    usages,
                    "system:node:n1",
                    List.of("system:nodes", "system:authenticated"),
                    "csr-x7k2q",
                    0);
        }

        static Asking server(String... names) {
            return new Asking(
                    DistinguishedName.of("my-svc", List.of()),
                    sans(names),
                    SERVICES,
                    SERVER,
                    "ops",
                    List.of(),
                    "my-svc.my-namespace",
                    0);
        }

        Asking by(String requester, String... groups) {
            return new Asking(subject, extensions, signer, usages, requester, List.of(groups), name, seconds);
        }

        Asking called(String name) {
            return new Asking(subject, extensions, signer, usages, requester, groups, name, seconds);
        }

        Asking of(String signer, List<String> usages) {
            return new Asking(subject, extensions, signer, usages, requester, groups, name, seconds);
        }

        Asking with(List<Extension> extensions) {
            return new Asking(subject, extensions, signer, usages, requester, groups, name, seconds);
        }

        Asking lasting(long seconds) {
            return new Asking(subject, extensions, signer, usages, requester, groups, name, seconds);
        }

        ObjectNode object() {
            return object(CertificateRequest.sign(subject, extensions, KEY, PROVIDER)
                    .pem()
                    .encoded());
        }

        ObjectNode object(byte[] pem) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            object.putObject("metadata").put("name", name);
            ObjectNode spec = object.putObject("spec");
            spec.put("request", Base64.getEncoder().encodeToString(pem));
            spec.put("signerName", signer).put("username", requester);
            if (seconds > 0) {
                spec.put("expirationSeconds", seconds);
            }
            ArrayNode array = spec.putArray("usages");
            usages.forEach(array::add);
            ArrayNode all = spec.putArray("groups");
            groups.forEach(all::add);
            return object;
        }

        private static List<Extension> sans(String... names) {
            return List.of(CertificateExtensions.subjectAltNames(
                    Stream.of(names).map(SubjectAltName::of).toList(), false));
        }
    }

    record Row(String danger, Asking asking) {
        @Override
        public String toString() {
            return danger + " " + asking.subject();
        }
    }

    private static Stream<Row> conspicuous() {
        DistinguishedName withUid = DistinguishedName.of(List.of(
                new Attribute(DistinguishedName.COMMON_NAME, "anna"),
                new Attribute(DistinguishedName.KUBERNETES_UID, "1234")));
        List<Extension> authority =
                List.of(CertificateExtensions.basicConstraints(new BasicConstraints(true, OptionalInt.empty())));
        return Stream.of(
                new Row("masters-group", Asking.user("anna", "system:masters")),
                new Row("masters-group", Asking.user("anna", "devs", "system:masters")),
                new Row("signer-refuses", Asking.user("anna", "system:masters")),
                new Row("admins-group", Asking.user("anna", "kubeadm:cluster-admins")),
                new Row("nodes-group", Asking.user("anna", "system:nodes")),
                new Row("system-group", Asking.user("anna", "system:authenticated2")),
                new Row(
                        "node-user",
                        Asking.user("system:node:n1", "system:nodes").by("anna")),
                new Row("system-user", Asking.user("system:kube-scheduler")),
                new Row("look-alike", Asking.user("SYSTEM:NODE:NODE01")),
                new Row("look-alike", Asking.user("anna", "System:Masters")),
                new Row("other-user", Asking.user("bob").by("anna", "system:authenticated")),
                new Row("other-name", Asking.user("angela").called("myuser")),
                new Row("requested-uid", Asking.subject(withUid)),
                new Row("wildcard", Asking.server("*.my-namespace.svc")),
                new Row("api-server-name", Asking.server("kubernetes.default.svc")),
                new Row("api-server-name", Asking.server("KUBERNETES")),
                new Row("foreign-name", Asking.server("example.com")),
                new Row("foreign-name", Asking.node(SignerPolicy.KUBELET_SERVING, SERVER, "n2", "10.0.0.1")),
                new Row("names-on-client", Asking.user("anna").with(Asking.sans("a.example.com"))),
                new Row("authority", Asking.user("anna").with(authority)),
                new Row("powerful-usage", Asking.server("a.b.svc").of(SERVICES, List.of("cert sign"))),
                new Row("long-life", Asking.user("anna").lasting(63_072_000)),
                new Row("signs-anything", Asking.user("anna").of(SignerPolicy.LEGACY_UNKNOWN, CLIENT)),
                new Row("signer-refuses", Asking.user("anna").of(SignerPolicy.CLIENT, SERVER)),
                new Row("signer-refuses", Asking.user("anna\u200b")));
    }

    @ParameterizedTest
    @MethodSource("conspicuous")
    void tellsWhatIsConspicuous(Row row) {
        assertThat(names(Dangers.of(row.asking().object(), Optional.of(Set.of("n1", "10.0.0.1")), PROVIDER)))
                .contains(row.danger());
    }

    private static Stream<Asking> harmless() {
        return Stream.of(
                Asking.user("anna", "devs"),
                Asking.user("anna").called("anna-x7k2q"),
                Asking.user("anna").called("csr-x7k2q"),
                Asking.user("anna").by("kubernetes-admin", "kubeadm:cluster-admins"),
                Asking.user("anna").lasting(86_400),
                Asking.node(SignerPolicy.KUBELET_CLIENT, List.of("client auth", "digital signature"))
                        .with(List.of()),
                Asking.node(SignerPolicy.KUBELET_CLIENT, List.of("client auth", "digital signature"))
                        .with(List.of())
                        .by("system:bootstrap:abcdef", "system:bootstrappers"),
                Asking.node(SignerPolicy.KUBELET_SERVING, SERVER, "n1", "10.0.0.1"),
                Asking.server("my-svc.my-namespace.svc.cluster.local", "my-svc.my-namespace.svc", "10.0.34.2"));
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void hasNothingToSayOfWhatIsUsual(Asking asking) {
        assertThat(Dangers.of(asking.object(), Optional.of(Set.of("n1", "10.0.0.1")), PROVIDER))
                .isEmpty();
    }

    @Test
    void takesNoNameOfANodeForGranted() {
        ObjectNode serving = Asking.node(SignerPolicy.KUBELET_SERVING, SERVER, "n1", "10.0.0.1")
                .object();
        assertThat(names(Dangers.of(serving, Optional.empty(), PROVIDER))).containsExactly("foreign-name");
    }

    @Test
    void tellsOfWeakKeysAndSignatures() {
        ObjectNode object = Asking.user("anna").object(WEAK.getBytes(StandardCharsets.US_ASCII));
        assertThat(names(Dangers.of(object, Optional.empty(), PROVIDER))).contains("weak-key", "weak-signature");
    }

    @Test
    void tellsOfRequestsThatNobodyCanRead() {
        byte[] text = "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n"
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(names(Dangers.of(Asking.user("anna").object(text), Optional.empty(), PROVIDER)))
                .containsExactly("unreadable");
    }

    @Test
    void tellsOfKeysThatOthersHold() {
        CertificateRequest request =
                CertificateRequest.sign(DistinguishedName.ofCommonName("anna"), List.of(), KEY, PROVIDER);
        byte[] changed = request.der();
        changed[changed.length - 3] ^= 1;
        ObjectNode object = Asking.user("anna")
                .object(Pem.of("CERTIFICATE REQUEST", changed).encoded());
        assertThat(names(Dangers.of(object, Optional.empty(), PROVIDER))).containsExactly("foreign-key");
    }

    @Test
    void hasAnExampleOfEachDanger() {
        Set<String> shown = new HashSet<>(List.of("unreadable", "foreign-key", "weak-key", "weak-signature"));
        conspicuous().forEach(row -> shown.add(row.danger()));
        assertThat(shown).containsExactlyInAnyOrderElementsOf(Dangers.names());
    }

    private static List<String> names(List<Danger> dangers) {
        return new ArrayList<>(dangers.stream().map(Danger::name).toList());
    }
}
