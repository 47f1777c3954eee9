package dev.kubepki.server.controller.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.server.controller.Draft;
import dev.kubepki.server.controller.EventRecorder;
import dev.kubepki.server.controller.FakeCluster;
import dev.kubepki.server.controller.sign.Workshop;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ExplainerTest {
    private static final Known NOTHING = new Known(List.of(), List.of(), List.of(), Workshop.NOW);

    private static Explanation explain(ObjectNode csr, Known known) {
        return new Explainer(known, Workshop.PROVIDER).explain(csr);
    }

    private static Draft client(String signer) {
        return new Draft().cn("jane").signer(signer, "client auth");
    }

    private static ObjectNode lease(String name, String renewed) {
        return (ObjectNode) JsonMapper.shared()
                .readTree("{\"metadata\":{\"name\":\"" + name
                        + "\"},\"spec\":{\"holderIdentity\":\"host1\",\"renewTime\":\"" + renewed + "\"}}");
    }

    @Test
    void saysWhoApproves() {
        Explanation why = explain(client("kubernetes.io/kube-apiserver-client").object("x"), NOTHING);
        assertThat(why.actor()).startsWith("a person");
        assertThat(why.cause()).startsWith("no machine approves requests for clients");
        assertThat(why.remedy()).contains("kubepki csr show x");
        assertThat(why.isSettled()).isFalse();
    }

    @Test
    void foretellsWhatTheSignerWillRefuse() {
        Explanation why = explain(
                client("kubernetes.io/kube-apiserver-client")
                        .usages("server auth")
                        .object("x"),
                NOTHING);
        assertThat(why.cause())
                .endsWith("its signer will refuse it: invalid usage for client certificate: server auth");
        assertThat(why.remedy()).contains("make a new request");
    }

    @Test
    void saysThatTheSignerDoesNotRun() {
        ObjectNode csr = client("kubernetes.io/kube-apiserver-client").approved("x");
        assertThat(explain(csr, NOTHING).activity()).startsWith("not known");
        Known stopped = new Known(
                List.of(),
                List.of(lease("kube-controller-manager", "2026-03-01T11:00:00.000000Z")),
                List.of(),
                Workshop.NOW);
        assertThat(explain(csr, stopped).activity())
                .isEqualTo("kube-controller-manager does not run: its lease was last renewed 3600 seconds ago");
        Known runs = new Known(
                List.of(),
                List.of(lease("kubepki-controller", "2026-03-01T11:59:58.000000Z")),
                List.of(),
                Workshop.NOW);
        assertThat(explain(csr, runs).activity()).isEqualTo("kubepki-controller runs (host1)");
    }

    @Test
    void knowsSignersThatAreNobodys() {
        assertThat(explain(client("kubernetes.io/my-signer").approved("x"), NOTHING)
                        .actor())
                .isEqualTo("nobody: Kubernetes has no signer kubernetes.io/my-signer");
        assertThat(explain(client("example.com/x").approved("x"), NOTHING).remedy())
                .startsWith("ask who runs the signers of example.com");
    }

    @Test
    void takesTheLatestEventOfTheRequestAndOfNoOther() {
        FakeCluster cluster = new FakeCluster();
        ObjectNode csr = cluster.create(
                FakeCluster.REQUESTS,
                client("kubernetes.io/kube-apiserver-client").approved("x"));
        ObjectNode other = cluster.create(
                FakeCluster.REQUESTS,
                client("kubernetes.io/kube-apiserver-client").approved("y"));
        tell(cluster, csr, 0, "SigningCAMissing", "ca.key is not there");
        tell(cluster, csr, 5, "SigningCAExpired", "the CA ended");
        tell(cluster, other, 9, "SigningCAKeyMismatch", "another key");
        Known known = new Known(cluster.all(FakeCluster.EVENTS), List.of(), List.of(), Workshop.NOW);
        Explanation why = explain(csr, known);
        assertThat(why.cause()).isEqualTo("the CA ended");
        assertThat(why.remedy()).startsWith("renew the CA's certificate");
    }

    private static void tell(FakeCluster cluster, ObjectNode csr, long after, String reason, String message) {
        Clock clock = Clock.fixed(Workshop.NOW.plusSeconds(after), ZoneOffset.UTC);
        new EventRecorder(cluster, FakeCluster.EVENTS, "signer", clock).warning(csr, reason, message);
    }

    @Test
    void tellsTheSameOnceAndCountsItLater() {
        FakeCluster cluster = new FakeCluster();
        ObjectNode csr =
                cluster.create(FakeCluster.REQUESTS, client("example.com/x").approved("Wei\u00df_nicht:\u2026"));
        java.time.Instant[] now = {Workshop.NOW};
        Clock clock = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public java.time.Instant instant() {
                return now[0];
            }
        };
        EventRecorder recorder = new EventRecorder(cluster, FakeCluster.EVENTS, "signer", clock);
        for (int i = 0; i < 10; i++) {
            recorder.warning(csr, "R", "m");
        }
        assertThat(cluster.all(FakeCluster.EVENTS)).hasSize(1);
        now[0] = now[0].plusSeconds(400);
        recorder.warning(csr, "R", "m");
        ObjectNode event = cluster.all(FakeCluster.EVENTS).getFirst();
        assertThat(event.path("count").asInt(0)).isEqualTo(2);
        assertThat(event.path("metadata").path("name").asString(""))
                .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
        for (int i = 0; i < 1000; i++) {
            recorder.warning(csr, "R" + i, "m");
        }
        assertThat(cluster.all(FakeCluster.EVENTS).size()).isBetween(190, 210);
    }
}
