package dev.kubepki.server.controller.sign;

import static dev.kubepki.server.controller.Attacks.row;
import static dev.kubepki.server.controller.Der.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.pki.x509.SubjectAltName;
import dev.kubepki.server.controller.Attacks;
import dev.kubepki.server.controller.Attacks.Row;
import dev.kubepki.server.controller.Draft;
import dev.kubepki.server.controller.Keys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

/// The shipped signer of services and one of a file, each against its tables.
class OwnSignerTableTest {
    private static final String FILE = """
            signers:
            - name: example.com/mesh
              usages:
                allowed: [digital signature, key encipherment, server auth, client auth]
                required: [client auth]
              duration: {usual: 1h, longest: 24h}
              subject:
                commonNames: ["svc-*"]
                organizations: [mesh]
              names:
                dns: [.mesh.example.com, "*.example.net", exact.example.org]
                wildcards: true
                ip: [10.1.0.0/16]
                uri: ["spiffe://mesh/ns/"]
                email: ["*@example.com"]
              keys: {ecdsa: 384, rsa: 3072}
            """;

    private final Workshop workshop = new Workshop(Signers.of(signers()));

    private static List<Signer> signers() {
        SignerRule notTheServer = SignerRule.notReserved(
                () -> Set.of(new SubjectAltName.Dns("apiserver.prod.svc"), new SubjectAltName.Ip("10.96.0.1")));
        List<Signer> all = new java.util.ArrayList<>(SignerFile.shipped()
                .signers(
                        Path.of("."),
                        () -> Workshop.AUTHORITY,
                        List.of(notTheServer),
                        Workshop.PROVIDER,
                        new Random(1)));
        all.addAll(SignerFile.read("f", FILE.getBytes(StandardCharsets.UTF_8))
                .signers(Path.of("."), () -> Workshop.AUTHORITY, List.of(), Workshop.PROVIDER, new Random(2)));
        return all;
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    private record Table(Supplier<Draft> honest, List<Row> hostile, List<Row> good) {}

    private static final Map<String, Table> TABLES = Map.of(
            "service", new Table(OwnSignerTableTest::service, hostileServices(), goodServices()),
            "mesh", new Table(OwnSignerTableTest::mesh, hostileMesh(), goodMesh()));

    private static Draft service() {
        return new Draft()
                .signer("kubepki.dev/service-serving", "digital signature", "key encipherment", "server auth")
                .cn("my-svc.prod.svc.cluster.local")
                .dns("my-svc.prod.svc.cluster.local");
    }

    private static Draft mesh() {
        return new Draft()
                .signer("example.com/mesh", "digital signature", "client auth")
                .key(Keys.P384)
                .o("mesh")
                .cn("svc-a");
    }

    private static Draft byAccount(Draft draft, String namespace) {
        return draft.by(
                "system:serviceaccount:" + namespace + ":web",
                "system:serviceaccounts",
                "system:serviceaccounts:" + namespace);
    }

    private static List<Row> hostileServices() {
        return List.of(
                row("the API server", d -> d.dns("kubernetes.default.svc")),
                row("the API server in capitals", d -> d.dns("KUBERNETES.default.SVC")),
                row("the API server in the domain", d -> d.dns("kubernetes.default.svc.cluster.local")),
                row("a host of the API server", d -> d.dns("a.kubernetes.default.svc.cluster.local")),
                row("a reserved name", d -> d.dns("apiserver.prod.svc")),
                row("a reserved address", d -> d.ip("10.96.0.1")),
                row("a reserved address inside of an IPv6 one", d -> d.ip("::ffff:10.96.0.1")),
                row("its own host", d -> d.ip("127.0.0.1")),
                row("every host", d -> d.ip("0.0.0.0")),
                row("a name outside", d -> d.dns("example.com")),
                row("a name outside that ends alike", d -> d.dns("my-svc.prod.svc.cluster.local.example.com")),
                row("another domain", d -> d.dns("my-svc.prod.svc.cluster.remote")),
                row("a service without its kind", d -> d.dns("my-svc.prod")),
                row("a node", d -> d.dns("node1")),
                row("a wildcard", d -> d.dns("*.prod.svc.cluster.local")),
                row("a CN that is no name of it", d -> d.nobody().cn("kubernetes-admin")),
                row("an organization", d -> d.o("system:nodes")),
                row("an e-mail address", d -> d.email("a@example.com")),
                row("a URI", d -> d.uri("spiffe://cluster.local/ns/prod")),
                row("to be a client", d -> d.usages("digital signature", "client auth")),
                row("to be a client too", d -> d.usages("server auth", "client auth")),
                row("no server", d -> d.usages("digital signature")),
                row("a service account in another namespace", d -> byAccount(d, "test")),
                row(
                        "a service account for an address",
                        d -> byAccount(d, "prod").ip("10.0.0.9")),
                row(
                        "a service account for the API server",
                        d -> byAccount(d, "default").dns("kubernetes.default.svc")));
    }

    private static List<Row> goodServices() {
        return List.of(
                row("its name", d -> d),
                row("the short name", d -> d.dns("my-svc.prod.svc")),
                row("a pod of it", d -> d.dns("web-0.my-svc.prod.svc.cluster.local")),
                row("a pod", d -> d.dns("my-pod.my-namespace.pod.cluster.local")),
                row("an address", d -> d.ip("10.0.34.2")),
                row("an address elsewhere", d -> d.ip("172.168.0.24")),
                row("an IPv6 address", d -> d.ip("2001:db8::7")),
                row("another kubernetes", d -> d.dns("kubernetes.prod.svc")),
                row("no CN", Draft::nobody),
                row("a service account for its own namespace", d -> byAccount(d, "prod")),
                row("server alone", d -> d.usages("server auth")),
                row("without key encipherment", d -> d.usages("digital signature", "server auth")),
                row("two names", d -> d.dns("other.prod.svc")),
                row("a name twice", d -> d.dns("my-svc.prod.svc.cluster.local")),
                row("P-384", d -> d.key(Keys.P384)),
                row("P-521", d -> d.key(Keys.P521)),
                row("RSA-2048", d -> d.key(Keys.RSA_2048)),
                row("RSA-3072", d -> d.key(Keys.RSA_3072)),
                row("Ed25519", d -> d.key(Keys.ED25519)),
                row("an hour", d -> d.seconds(3600)),
                row("for ever", d -> d.seconds(Integer.MAX_VALUE)));
    }

    private static List<Row> hostileMesh() {
        return List.of(
                row("another organization", d -> d.o("system:masters")),
                row("another name", d -> d.nobody().o("mesh").cn("admin")),
                row("a unit", d -> d.with("2.5.4.11", "x")),
                row("a name beside the domain", d -> d.dns("mesh.example.com")),
                row("a name that ends alike", d -> d.dns("evilmesh.example.com.example.org")),
                row("two labels where one may be", d -> d.dns("a.b.example.net")),
                row("a wildcard below the exact name", d -> d.dns("*.exact.example.org")),
                row("an address outside", d -> d.ip("10.2.0.1")),
                row("a path that leads out", d -> d.uri("spiffe://mesh/ns/../admin")),
                row("another host", d -> d.uri("spiffe://mesh.evil/ns/a")),
                row("another address", d -> d.email("a@example.com@evil.example")),
                row("a key that is too short", d -> d.key(Keys.P256)),
                row("an RSA key that is too short", d -> d.key(Keys.RSA_2048)),
                row("a key of another kind", d -> d.key(Keys.ED25519)),
                row("to sign code", d -> d.usages("client auth", "code signing")),
                row("not what it must", d -> d.usages("digital signature")));
    }

    private static List<Row> goodMesh() {
        return List.of(
                row("its name", d -> d),
                row("no organization", d -> d.nobody().cn("svc-b")),
                row("a name below", d -> d.dns("a.mesh.example.com")),
                row("a name far below", d -> d.dns("a.b.c.mesh.example.com")),
                row("a wildcard below", d -> d.dns("*.mesh.example.com")),
                row("one label", d -> d.dns("a.example.net")),
                row("the exact name", d -> d.dns("exact.example.org")),
                row("the exact name in capitals", d -> d.dns("EXACT.example.org")),
                row("an address", d -> d.ip("10.1.255.1")),
                row("a path", d -> d.uri("spiffe://mesh/ns/prod/sa/web")),
                row("an e-mail address", d -> d.email("jane@example.com")),
                row("P-521", d -> d.key(Keys.P521)),
                row("RSA-3072", d -> d.key(Keys.RSA_3072)),
                row("as a server too", d -> d.usages("client auth", "server auth", "digital signature")));
    }

    @TestFactory
    Stream<DynamicTest> signsNoneOfTheHostile() {
        return TABLES.entrySet().stream()
                .flatMap(table -> Attacks.join(Attacks.ON_ANY, table.getValue().hostile()).stream()
                        .map(attack -> DynamicTest.dynamicTest(table.getKey() + ": " + attack.what(), () -> {
                            Draft draft = attack.change()
                                    .apply(table.getValue().honest().get());
                            ObjectNode after = workshop.settled(draft.approved(table.getKey() + "/" + attack.what()));
                            assertThat(Workshop.failure(after)).isNotEmpty();
                            assertThat(after.path("status").has("certificate")).isFalse();
                        })));
    }

    @TestFactory
    Stream<DynamicTest> signsAllOfTheGood() {
        return TABLES.entrySet().stream()
                .flatMap(table -> table.getValue().good().stream()
                        .map(row -> DynamicTest.dynamicTest(table.getKey() + ": " + row.what(), () -> {
                            Draft draft =
                                    row.change().apply(table.getValue().honest().get());
                            ObjectNode after = workshop.settled(draft.approved(table.getKey() + "/" + row.what()));
                            assertThat(Workshop.failure(after)).isEmpty();
                            assertThat(Workshop.certificate(after).isCa()).isFalse();
                        })));
    }

    @Test
    void givesTheUsualLifetimeAndNoMoreThanTheLongest() throws InterruptedException {
        assertThat(life(workshop.settled(mesh().approved("usual")))).isEqualTo(Duration.ofMinutes(60));
        assertThat(life(workshop.settled(mesh().seconds(90_000).approved("longest"))))
                .isEqualTo(Duration.ofHours(24).minusMinutes(5));
        assertThat(life(workshop.settled(service().approved("service"))))
                .isEqualTo(Duration.of(90, ChronoUnit.DAYS).minusMinutes(5));
    }

    private static Duration life(ObjectNode csr) {
        return Duration.between(
                Workshop.NOW, Workshop.certificate(csr).validity().notAfter());
    }

    @Test
    void takesUtf8WhereItIsPlain() throws InterruptedException {
        Draft draft = mesh().nobody().rdn(Draft.attribute(Draft.CN, utf8("svc-caf\u00e9")));
        assertThat(Workshop.failure(workshop.settled(draft.approved("cafe")))).isEmpty();
    }
}
