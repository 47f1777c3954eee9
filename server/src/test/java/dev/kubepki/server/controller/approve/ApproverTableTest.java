package dev.kubepki.server.controller.approve;

import static dev.kubepki.server.controller.Attacks.row;
import static dev.kubepki.server.controller.Der.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.server.controller.Attacks;
import dev.kubepki.server.controller.Attacks.Row;
import dev.kubepki.server.controller.Draft;
import dev.kubepki.server.controller.EventRecorder;
import dev.kubepki.server.controller.FakeCluster;
import dev.kubepki.server.controller.Keys;
import dev.kubepki.server.request.CsrState;
import dev.kubepki.server.request.RequestObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Each approver against its tables: of the hostile requests it approves none, of the good ones all.
class ApproverTableTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    private static final CryptoProvider PROVIDER = CryptoProvider.jdk();

    private final FakeCluster cluster = new FakeCluster();
    private final EventRecorder events = new EventRecorder(cluster, FakeCluster.EVENTS, "test", CLOCK);
    private ApprovingController controller = controller(ServingOptions.ADDRESSES);

    private ApprovingController controller(ServingOptions options) {
        return ApprovingController.ofClientsAndServing(
                cluster,
                FakeCluster.REQUESTS,
                ApproverTableTest::mayCreate,
                FakeCluster.NODES,
                options,
                events,
                PROVIDER,
                CLOCK);
    }

    /// As a cluster grants it: bootstrap tokens may ask for any node, nodes for themselves. One node here may too much.
    private static boolean mayCreate(ObjectNode csr, String subresource) {
        RequestObject object = new RequestObject(csr);
        return switch (subresource) {
            case "nodeclient" ->
                object.groups().contains("system:bootstrappers")
                        || object.requester().equals("system:node:greedy");
            case "selfnodeclient" -> object.groups().contains("system:nodes");
            default -> false;
        };
    }

    @BeforeEach
    void start() {
        node(
                "node1",
                "Hostname=node1",
                "InternalIP=10.0.0.1",
                "InternalIP=2001:DB8::1",
                "InternalDNS=node1.example.com");
        node("node2", "Hostname=node2", "InternalIP=10.0.0.2", "ExternalIP=203.0.113.2", "ExternalDNS=n2.example.net");
        node("greedy", "Hostname=greedy", "InternalIP=10.0.0.3");
        node(
                "liar",
                "Hostname=kubernetes.default.svc",
                "InternalDNS=localhost",
                "InternalDNS=api.default.svc.cluster.local",
                "InternalDNS=*.example.com",
                "InternalIP=127.0.0.1",
                "InternalIP=0.0.0.0",
                "InternalIP=224.0.0.1",
                "InternalIP=169.254.0.9",
                "InternalIP=10.0.0.2",
                "InternalIP=10.0.0.4",
                "InternalDNS=node2",
                "Comment=10.9.9.9");
        controller.start();
    }

    @AfterEach
    void close() {
        controller.close();
    }

    private void node(String name, String... addresses) {
        StringBuilder list = new StringBuilder();
        for (String address : addresses) {
            String[] parts = address.split("=", 2);
            list.append(list.isEmpty() ? "" : ",").append("{'type':'" + parts[0] + "','address':'" + parts[1] + "'}");
        }
        cluster.create(FakeCluster.NODES, (ObjectNode) JsonMapper.shared()
                .readTree(("{'kind':'Node','apiVersion':'v1','metadata':{'name':'" + name + "'},'status':{'addresses':["
                                + list + "]}}")
                        .replace('\'', '"')));
    }

    private record Table(Supplier<Draft> honest, List<Row> hostile, List<Row> good) {}

    private static final Map<String, Table> TABLES = Map.of(
            "client", new Table(ApproverTableTest::kubelet, hostileClients(), goodClients()),
            "serving", new Table(ApproverTableTest::serving, hostileServing(), goodServing()));

    private static Draft kubelet() {
        return new Draft()
                .signer(
                        "kubernetes.io/kube-apiserver-client-kubelet",
                        "digital signature",
                        "key encipherment",
                        "client auth")
                .by("system:bootstrap:abcdef", "system:bootstrappers", "system:authenticated")
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

    private static Draft asked(Draft draft, String cn) {
        return draft.nobody().o("system:nodes").cn(cn);
    }

    private static List<Row> hostileClients() {
        return List.of(
                row("by somebody without the permission", d -> d.by("jane", "system:authenticated")),
                row("by one who has a node's name and not its group", d -> d.by("system:node:node1", "x")),
                row("by another node", d -> d.by("system:node:node2", "system:nodes")),
                row(
                        "by another node with a new key",
                        d -> d.by("system:node:node2", "system:nodes").key(Keys.OTHER_P256)),
                row("by a node that was granted too much", d -> d.by("system:node:greedy", "system:nodes")),
                row("for a user", d -> asked(d, "kubernetes-admin")),
                row("for no node", d -> asked(d, "system:node:")),
                row("for a node in capitals", d -> asked(d, "system:node:NODE1")),
                row("for a node of look-alike letters", d -> asked(d, "system:node:n\u043ede1")),
                row("for a node with a space", d -> asked(d, "system:node:node1 ")),
                row("with another group", d -> d.o("system:masters")),
                row(
                        "with another group in the same RDN",
                        d -> d.nobody()
                                .rdn(
                                        Draft.attribute(Draft.O, utf8("system:nodes")),
                                        Draft.attribute(Draft.O, utf8("system:masters")))
                                .cn("system:node:node1")),
                row("without the group", d -> d.nobody().cn("system:node:node1")),
                row("with a UID", d -> d.with("1.3.6.1.4.1.57683.2", "42")),
                row("with a unit", d -> d.with("2.5.4.11", "x")),
                row("with a DNS name", d -> d.dns("node1")),
                row("with an address", d -> d.ip("10.0.0.1")),
                row("with an e-mail address", d -> d.email("a@example.com")),
                row("with a URI", d -> d.uri("spiffe://x/y")),
                row("to serve", d -> d.usages("digital signature", "key encipherment", "server auth")),
                row("to serve too", d -> d.usages("digital signature", "client auth", "server auth")),
                row("client alone", d -> d.usages("client auth")),
                row("two requests", d -> d.pem(text -> text + text)));
    }

    private static List<Row> hostileServing() {
        return List.of(
                row("by another node", d -> d.by("system:node:node2", "system:nodes")),
                row("by a person", d -> d.by("jane", "system:authenticated")),
                row("by a bootstrap token", d -> d.by("system:bootstrap:abcdef", "system:bootstrappers")),
                row("by one who has a node's name and not its group", d -> d.by("system:node:node1", "x")),
                row("by one who has a node's group and not its name", d -> d.by("node1", "system:nodes")),
                row(
                        "of a node that is not there",
                        d -> asked(d, "system:node:gone").by("system:node:gone", "system:nodes")),
                row("another node's address", d -> d.ip("10.0.0.2")),
                row("another node's outer address", d -> d.ip("203.0.113.2")),
                row("another node's name", d -> d.dns("node2")),
                row("another node's outer name", d -> d.dns("n2.example.net")),
                row("nobody's address", d -> d.ip("192.0.2.77")),
                row("nobody's name", d -> d.dns("example.com")),
                row("a name below its own", d -> d.dns("a.node1")),
                row("its own name as a wildcard", d -> d.dns("*.node1.example.com")),
                row("its own name with a dot", d -> d.dns("node1.")),
                row("its address as a DNS name", d -> d.dns("10.0.0.1")),
                row("the API server", d -> d.dns("kubernetes.default.svc")),
                row("the API server's address", d -> d.ip("10.96.0.1")),
                row("its own host", d -> d.ip("127.0.0.1")),
                row("its own host's name", d -> d.dns("localhost")),
                row("an e-mail address", d -> d.email("a@example.com")),
                row("a URI", d -> d.uri("https://10.0.0.1/")),
                row(
                        "nothing to serve as",
                        d -> kubelet()
                                .signer("kubernetes.io/kubelet-serving", "digital signature", "server auth")
                                .by("system:node:node1", "system:nodes")),
                row("to be a client", d -> d.usages("digital signature", "key encipherment", "client auth")),
                row("to be a client too", d -> d.usages("digital signature", "server auth", "client auth")),
                row("with another group", d -> d.o("system:masters")),
                row("with a unit", d -> d.with("2.5.4.11", "x")),
                row("two requests", d -> d.pem(text -> text + text)),
                lie("the name of the API server", d -> d.dns("kubernetes.default.svc")),
                lie("the name of a service", d -> d.dns("api.default.svc.cluster.local")),
                lie("localhost", d -> d.dns("localhost")),
                lie("a wildcard", d -> d.dns("*.example.com")),
                lie("its own host", d -> d.ip("127.0.0.1")),
                lie("every host", d -> d.ip("0.0.0.0")),
                lie("many hosts", d -> d.ip("224.0.0.1")),
                lie("the link", d -> d.ip("169.254.0.9")),
                lie("an address that is another node's too", d -> d.ip("10.0.0.2")),
                lie("a name that is another node's too", d -> d.dns("node2")),
                lie("what only looks like an address", d -> d.ip("10.9.9.9")));
    }

    /// By a node that wrote what it likes into its own addresses.
    private static Row lie(String what, java.util.function.UnaryOperator<Draft> change) {
        return row(
                "a liar as " + what,
                d -> change.apply(new Draft()
                        .signer("kubernetes.io/kubelet-serving", "digital signature", "server auth")
                        .by("system:node:liar", "system:nodes")
                        .o("system:nodes")
                        .cn("system:node:liar")));
    }

    private static List<Row> goodKeys() {
        return List.of(
                row("P-256", d -> d.key(Keys.P256)),
                row("P-384", d -> d.key(Keys.P384)),
                row("P-521", d -> d.key(Keys.P521)),
                row("RSA-2048", d -> d.key(Keys.RSA_2048)),
                row("RSA-3072", d -> d.key(Keys.RSA_3072)),
                row("Ed25519", d -> d.key(Keys.ED25519)),
                row("for ten minutes", d -> d.seconds(600)),
                row("for ever", d -> d.seconds(Integer.MAX_VALUE)),
                row("lines that end as Windows ends them", d -> d.pem(text -> text.replace("\n", "\r\n"))),
                row("no CA", d -> d.criticalExtension("2.5.29.19", dev.kubepki.server.controller.Der.seq())),
                row("an unknown extension", d -> d.extension("1.2.3.4", utf8("x"))));
    }

    private static List<Row> goodClients() {
        return Attacks.join(
                goodKeys(),
                List.of(
                        row("the first of a node", d -> d),
                        row("the first of a node that is not there yet", d -> asked(d, "system:node:fresh")),
                        row(
                                "the first of a node in the cloud",
                                d -> asked(d, "system:node:ip-10-0-0-1.eu-west-1.compute.internal")),
                        row("a renewal", d -> d.by("system:node:node1", "system:nodes")),
                        row(
                                "a renewal with a new key",
                                d -> d.by("system:node:node1", "system:nodes").key(Keys.OTHER_P256)),
                        row(
                                "a renewal with a key of another kind",
                                d -> d.by("system:node:node1", "system:nodes").key(Keys.RSA_2048)),
                        row("without key encipherment", d -> d.usages("digital signature", "client auth")),
                        row(
                                "usages in another order",
                                d -> d.usages("client auth", "key encipherment", "digital signature")),
                        row(
                                "the name first",
                                d -> d.nobody().cn("system:node:node1").o("system:nodes")),
                        row("a node of digits", d -> asked(d, "system:node:10.0.0.1"))));
    }

    private static List<Row> goodServing() {
        return Attacks.join(
                goodKeys(),
                List.of(
                        row("its name and address", d -> d),
                        row("its name alone", d -> d.usages("digital signature", "server auth")),
                        row("all of its names", d -> d.dns("node1.example.com").ip("2001:db8::1")),
                        row("its name in capitals", d -> d.dns("NODE1")),
                        row("its name twice", d -> d.dns("node1")),
                        row("a renewal with a new key", d -> d.key(Keys.OTHER_P256)),
                        row("another node as itself", d -> other()),
                        row("another node by its outer name", d -> node2()),
                        row(
                                "a node by an address that nobody else has",
                                d -> new Draft()
                                        .signer("kubernetes.io/kubelet-serving", "digital signature", "server auth")
                                        .by("system:node:liar", "system:nodes")
                                        .o("system:nodes")
                                        .cn("system:node:liar")
                                        .ip("10.0.0.4"))));
    }

    private static Draft node2() {
        return new Draft()
                .signer("kubernetes.io/kubelet-serving", "digital signature", "server auth")
                .by("system:node:node2", "system:nodes")
                .o("system:nodes")
                .cn("system:node:node2")
                .dns("n2.example.net");
    }

    private static Draft other() {
        return new Draft()
                .signer("kubernetes.io/kubelet-serving", "digital signature", "key encipherment", "server auth")
                .by("system:node:greedy", "system:nodes")
                .o("system:nodes")
                .cn("system:node:greedy")
                .dns("greedy");
    }

    private RequestObject settled(ObjectNode csr) throws InterruptedException {
        String name = new RequestObject(csr).name();
        cluster.create(FakeCluster.REQUESTS, csr);
        FakeCluster.becomes(() ->
                now(name).state() != CsrState.PENDING || !cluster.eventsOn(name).isEmpty());
        return now(name);
    }

    private RequestObject now(String name) {
        return new RequestObject(cluster.get(FakeCluster.REQUESTS, "", name).orElseThrow());
    }

    @TestFactory
    Stream<DynamicTest> approvesNoneOfTheHostile() {
        return TABLES.entrySet().stream()
                .flatMap(table -> Attacks.join(Attacks.ON_ANY, table.getValue().hostile()).stream()
                        .map(attack -> DynamicTest.dynamicTest(table.getKey() + ": " + attack.what(), () -> {
                            Draft draft = attack.change()
                                    .apply(table.getValue().honest().get());
                            String name = table.getKey() + "/" + attack.what();
                            assertThat(settled(draft.object(name)).state()).isEqualTo(CsrState.PENDING);
                            assertThat(cluster.eventsOn(name)).hasSize(1);
                        })));
    }

    @TestFactory
    Stream<DynamicTest> approvesAllOfTheGood() {
        return TABLES.entrySet().stream()
                .flatMap(table -> table.getValue().good().stream()
                        .map(row -> DynamicTest.dynamicTest(table.getKey() + ": " + row.what(), () -> {
                            Draft draft =
                                    row.change().apply(table.getValue().honest().get());
                            String name = table.getKey() + "/" + row.what();
                            assertThat(settled(draft.object(name)).state())
                                    .as(() -> cluster.eventsOn(name).toString())
                                    .isEqualTo(CsrState.APPROVED);
                        })));
    }

    @Test
    void hasTablesThatAreLongEnough() {
        TABLES.values().forEach(table -> {
            assertThat(Attacks.ON_ANY.size() + table.hostile().size()).isGreaterThanOrEqualTo(40);
            assertThat(table.good()).hasSizeGreaterThanOrEqualTo(20);
        });
    }

    @Test
    void leavesServingAloneWhereItIsNotSwitchedOn() throws InterruptedException {
        controller.close();
        controller = ApprovingController.ofClients(
                cluster, FakeCluster.REQUESTS, ApproverTableTest::mayCreate, events, PROVIDER, CLOCK);
        controller.start();
        cluster.create(FakeCluster.REQUESTS, serving().object("serving"));
        assertThat(settled(kubelet().object("client")).state()).isEqualTo(CsrState.APPROVED);
        assertThat(now("serving").state()).isEqualTo(CsrState.PENDING);
        assertThat(cluster.eventsOn("serving")).isEmpty();
    }

    @Test
    void approvesOnceTheNodeHasTheAddress() throws InterruptedException {
        assertThat(settled(serving().ip("10.0.0.77").object("early")).state()).isEqualTo(CsrState.PENDING);
        ObjectNode node = cluster.get(FakeCluster.NODES, "", "node1").orElseThrow();
        node.withObject("/status")
                .withArray("addresses")
                .addObject()
                .put("type", "ExternalIP")
                .put("address", "10.0.0.77");
        cluster.update(FakeCluster.NODES, "status", node);
        assertThat(FakeCluster.becomes(() -> now("early").state() == CsrState.APPROVED))
                .isTrue();
    }

    @Test
    void holdsNodesToTheAllowedSuffixesAndRanges() throws InterruptedException {
        controller.close();
        controller = controller(ServingOptions.of(List.of("example.com"), List.of("10.0.0.0/24"), Optional.empty()));
        controller.start();
        assertThat(settled(serving().dns("node1.example.com").object("inside")).state())
                .isEqualTo(CsrState.APPROVED);
        settled(other().object("own-name"));
        assertThat(now("own-name").state()).isEqualTo(CsrState.APPROVED);
        assertThat(settled(serving().ip("2001:db8::1").object("range")).state()).isEqualTo(CsrState.PENDING);
        assertThat(cluster.eventsOn("range"))
                .containsExactly(
                        "NotApproved: not approved: the IP address 2001:db8::1 is in none of the allowed ranges");
        assertThat(settled(node2().object("suffix")).state()).isEqualTo(CsrState.PENDING);
    }

    @Test
    void looksNamesUpWhereItIsToldTo() throws InterruptedException {
        controller.close();
        controller = controller(ServingOptions.of(
                List.of(),
                List.of(),
                Optional.of(name -> name.equals("node1") ? List.of("10.0.0.1") : List.of("10.0.0.99"))));
        controller.start();
        assertThat(settled(serving().object("leads")).state()).isEqualTo(CsrState.APPROVED);
        assertThat(settled(serving().dns("node1.example.com").object("astray")).state())
                .isEqualTo(CsrState.PENDING);
    }
}
