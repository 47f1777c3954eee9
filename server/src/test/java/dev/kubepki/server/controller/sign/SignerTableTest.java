package dev.kubepki.server.controller.sign;

import static dev.kubepki.server.controller.Attacks.row;
import static dev.kubepki.server.controller.Der.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.server.controller.Attacks;
import dev.kubepki.server.controller.Attacks.Row;
import dev.kubepki.server.controller.Der;
import dev.kubepki.server.controller.Draft;
import dev.kubepki.server.controller.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

/// Each signer against its tables: of the hostile requests it signs none, of the good ones all.
class SignerTableTest {
    private final Workshop workshop = new Workshop(Signers.builtIn(() -> Workshop.AUTHORITY, Duration.ofDays(365)));

    @AfterEach
    void close() {
        workshop.close();
    }

    private record Table(Supplier<Draft> honest, List<Row> hostile, List<Row> good) {}

    private static final Map<String, Table> TABLES = Map.of(
            "client", new Table(SignerTableTest::client, hostileClients(), goodClients()),
            "kubelet client", new Table(SignerTableTest::kubelet, hostileKubelets(), goodKubelets()),
            "kubelet serving", new Table(SignerTableTest::serving, hostileServing(), goodServing()));

    private static Draft client() {
        return new Draft()
                .signer("kubernetes.io/kube-apiserver-client", "digital signature", "key encipherment", "client auth")
                .o("developers")
                .cn("jane");
    }

    private static Draft kubelet() {
        return new Draft()
                .signer(
                        "kubernetes.io/kube-apiserver-client-kubelet",
                        "digital signature",
                        "key encipherment",
                        "client auth")
                .by("system:node:node1", "system:nodes", "system:authenticated")
                .o("system:nodes")
                .cn("system:node:node1");
    }

    private static Draft serving() {
        return new Draft()
                .signer("kubernetes.io/kubelet-serving", "digital signature", "key encipherment", "server auth")
                .by("system:node:node1", "system:nodes", "system:authenticated")
                .o("system:nodes")
                .cn("system:node:node1")
                .dns("node1")
                .ip("10.0.0.1");
    }

    private static List<Row> hostileClients() {
        return List.of(
                row("the group of masters", d -> d.o("system:masters")),
                row(
                        "the group of masters in an RDN of two",
                        d -> d.rdn(
                                Draft.attribute(Draft.O, utf8("a")), Draft.attribute(Draft.O, utf8("system:masters")))),
                row(
                        "the group of masters in UTF-16",
                        d -> d.rdn(Draft.attribute(
                                Draft.O, Der.tlv(0x1e, "system:masters".getBytes(StandardCharsets.UTF_16BE))))),
                row("to serve", d -> d.usages("client auth", "server auth")),
                row("to serve alone", d -> d.usages("server auth")),
                row("no client", d -> d.usages("digital signature")),
                row("to sign mail", d -> d.usages("client auth", "email protection")),
                row("nobody", Draft::nobody));
    }

    private static List<Row> hostileKubelets() {
        return List.of(
                row("no group", d -> d.nobody().cn("system:node:node1")),
                row("another group too", d -> d.o("system:masters")),
                row(
                        "another group in the same RDN",
                        d -> d.nobody()
                                .rdn(
                                        Draft.attribute(Draft.O, utf8("system:nodes")),
                                        Draft.attribute(Draft.O, utf8("system:masters")))
                                .cn("system:node:node1")),
                row("the group in capitals", d -> d.nobody().o("System:Nodes").cn("system:node:node1")),
                row("no name", d -> d.nobody().o("system:nodes")),
                row("a user's name", d -> d.nobody().o("system:nodes").cn("kubernetes-admin")),
                row("the name in capitals", d -> d.nobody().o("system:nodes").cn("SYSTEM:NODE:NODE1")),
                row("no node", d -> d.nobody().o("system:nodes").cn("system:node:")),
                row("a node that can't be", d -> d.nobody().o("system:nodes").cn("system:node:../../x")),
                row(
                        "a node of Cyrillic letters",
                        d -> d.nobody().o("system:nodes").cn("system:node:\u0430\u0431")),
                row("a space behind the name", d -> d.nobody().o("system:nodes").cn("system:node:node1 ")),
                row("a name to serve as", d -> d.dns("node1")),
                row("an address to serve at", d -> d.ip("10.0.0.1")),
                row("an e-mail address", d -> d.email("a@example.com")),
                row("a URI", d -> d.uri("spiffe://cluster.local/node1")),
                row("to serve", d -> d.usages("digital signature", "key encipherment", "server auth")),
                row("to serve too", d -> d.usages("digital signature", "client auth", "server auth")),
                row("no signature", d -> d.usages("key encipherment", "client auth")),
                row("client alone", d -> d.usages("client auth")));
    }

    private static List<Row> hostileServing() {
        return List.of(
                row("no group", d -> d.nobody().cn("system:node:node1")),
                row("another group too", d -> d.o("system:masters")),
                row("a user's name", d -> d.nobody().o("system:nodes").cn("kubernetes-admin")),
                row("no node", d -> d.nobody().o("system:nodes").cn("system:node:")),
                row("an e-mail address", d -> d.email("a@example.com")),
                row("a URI", d -> d.uri("spiffe://cluster.local/node1")),
                row("to be a client", d -> d.usages("digital signature", "key encipherment", "client auth")),
                row("to be a client too", d -> d.usages("digital signature", "server auth", "client auth")),
                row("no signature", d -> d.usages("key encipherment", "server auth")),
                row(
                        "nothing to serve as",
                        d -> kubelet().signer("kubernetes.io/kubelet-serving", "digital signature", "server auth")),
                row(
                        "an e-mail address alone",
                        d -> kubelet()
                                .signer("kubernetes.io/kubelet-serving", "digital signature", "server auth")
                                .email("a@example.com")));
    }

    private static List<Row> goodKeys() {
        return List.of(
                row("P-256", d -> d.key(Keys.P256)),
                row("P-384", d -> d.key(Keys.P384)),
                row("P-521", d -> d.key(Keys.P521)),
                row("RSA-2048", d -> d.key(Keys.RSA_2048)),
                row("RSA-3072", d -> d.key(Keys.RSA_3072)),
                row("Ed25519", d -> d.key(Keys.ED25519)),
                row("as long as it goes", d -> d.seconds(Integer.MAX_VALUE)),
                row("as short as it goes", d -> d.seconds(600)),
                row("a day", d -> d.seconds(86_400)),
                row("text before the block", d -> d.pem(text -> "Hello:\n" + text)),
                row("text behind the block", d -> d.pem(text -> text + "-- \nJane\n")),
                row("lines that end as Windows ends them", d -> d.pem(text -> text.replace("\n", "\r\n"))),
                row("no CA", d -> d.criticalExtension("2.5.29.19", Der.seq())),
                row("an unknown extension", d -> d.criticalExtension("1.2.3.4", utf8("x"))),
                row(
                        "usages in the request too",
                        d -> d.extension("2.5.29.15", Der.tlv(3, new byte[] {5, (byte) 0xa0}))),
                row("a challenge password", d -> d.attributeOf("1.2.840.113549.1.9.7", utf8("x"))),
                row("a place", d -> d.with("2.5.4.6", "DE").with("2.5.4.7", "Berlin")),
                row("a unit", d -> d.with("2.5.4.11", "platform")),
                row("what is left out", d -> d.with(DistinguishedName.KUBERNETES_UID, "1")));
    }

    private static List<Row> goodClients() {
        return Attacks.join(
                goodKeys(),
                List.of(
                        row("a name alone", d -> d.nobody().cn("jane")),
                        row("two groups", d -> d.o("testers")),
                        row(
                                "two groups in one RDN",
                                d -> d.rdn(Draft.attribute(Draft.O, utf8("a")), Draft.attribute(Draft.O, utf8("b")))),
                        row("a German name", d -> d.nobody().cn("J\u00fcrgen M\u00fcller")),
                        row("a Russian name", d -> d.nobody().cn("\u0418\u0432\u0430\u043d")),
                        row("a Japanese name", d -> d.nobody().cn("\u5c71\u7530\u30bfaro")),
                        row("an e-mail address as the name", d -> d.nobody().cn("jane@example.com")),
                        row("a client alone", d -> d.usages("client auth")),
                        row("without key encipherment", d -> d.usages("digital signature", "client auth")),
                        row(
                                "names of every kind",
                                d -> d.dns("jane.example.com")
                                        .email("jane@example.com")
                                        .ip("10.0.0.9")
                                        .ip("2001:db8::9")
                                        .uri("https://example.com/jane")),
                        row("a name twice", d -> d.dns("jane.example.com").dns("jane.example.com"))));
    }

    private static List<Row> goodKubelets() {
        return Attacks.join(
                goodKeys(),
                List.of(
                        row("without key encipherment", d -> d.usages("digital signature", "client auth")),
                        row(
                                "a node with a domain",
                                d -> d.nobody()
                                        .o("system:nodes")
                                        .cn("system:node:ip-10-0-0-1.eu-west-1.compute.internal")),
                        row(
                                "a node of digits",
                                d -> d.nobody().o("system:nodes").cn("system:node:10.0.0.1")),
                        row(
                                "the name first",
                                d -> d.nobody().cn("system:node:node1").o("system:nodes")),
                        row(
                                "both in one RDN",
                                d -> d.nobody()
                                        .rdn(
                                                Draft.attribute(Draft.O, utf8("system:nodes")),
                                                Draft.attribute(Draft.CN, utf8("system:node:node1"))))));
    }

    private static List<Row> goodServing() {
        return Attacks.join(
                goodKeys(),
                List.of(
                        row("without key encipherment", d -> d.usages("digital signature", "server auth")),
                        row("IPv6 too", d -> d.ip("2001:db8::1")),
                        row("a longer name", d -> d.dns("node1.example.com")),
                        row("a name twice", d -> d.dns("node1"))));
    }

    @TestFactory
    Stream<DynamicTest> signsNoneOfTheHostile() {
        return TABLES.entrySet().stream()
                .flatMap(table -> Attacks.join(Attacks.ON_ANY, table.getValue().hostile()).stream()
                        .map(attack -> DynamicTest.dynamicTest(table.getKey() + ": " + attack.what(), () -> {
                            Draft draft = attack.change()
                                    .apply(table.getValue().honest().get());
                            ObjectNode after = workshop.settled(draft.approved(name(table.getKey(), attack)));
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
                            ObjectNode after = workshop.settled(draft.approved(name(table.getKey(), row)));
                            assertThat(Workshop.failure(after)).isEmpty();
                            Certificate certificate = Workshop.certificate(after);
                            assertThat(certificate.basicConstraints()).contains(BasicConstraints.END_ENTITY);
                            assertThat(certificate.authorityKeyIdentifier()).isPresent();
                            assertThat(certificate.subject().values(DistinguishedName.KUBERNETES_UID))
                                    .isEmpty();
                        })));
    }

    private static String name(String table, Row row) {
        return table + "/" + row.what();
    }

    @Test
    void hasTablesThatAreLongEnough() {
        TABLES.values().forEach(table -> {
            assertThat(Attacks.ON_ANY.size() + table.hostile().size()).isGreaterThanOrEqualTo(40);
            assertThat(table.good()).hasSizeGreaterThanOrEqualTo(20);
        });
    }
}
