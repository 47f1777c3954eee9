package dev.kubepki.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.Kinds;
import dev.kubepki.api.kind.RuntimeConfig;
import dev.kubepki.api.kind.ServedKinds;
import dev.kubepki.api.schema.Schemas;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.server.auth.UserInfo;
import dev.kubepki.server.controller.LocalClient;
import dev.kubepki.server.registry.Call;
import dev.kubepki.server.registry.Options;
import dev.kubepki.server.store.MemoryStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class KeepersTest {
    private static final UserInfo ADMIN =
            new UserInfo("admin", "", List.of("system:masters", "system:authenticated"), Map.of());

    private final ServedKinds kinds = ServedKinds.of(Kinds.load(), RuntimeConfig.DEFAULT);
    private final MemoryStore store = new MemoryStore();
    private final Backend backend = Backend.open(
            store, kinds, Schemas.load(), roles -> Map.of(), CryptoProvider.jdk(), Clock.systemUTC(), new Random(1));
    private final LocalClient client = new LocalClient(backend.operations(), ADMIN, "test");

    @BeforeEach
    void start() {
        backend.writeStartObjects("");
        backend.startKeepers();
    }

    @AfterEach
    void close() {
        backend.close();
    }

    private Kind kind(String group, String plural) {
        return kinds.resource(group, plural).orElseThrow();
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    private static boolean becomes(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        return condition.getAsBoolean();
    }

    private boolean exists(Kind kind, String namespace, String name) {
        return client.get(kind, namespace, name).isPresent();
    }

    private ObjectNode namespace(String name) {
        return client.create(
                kind("", "namespaces"),
                json("{'kind':'Namespace','apiVersion':'v1','metadata':{'name':'" + name + "'}}"));
    }

    @Test
    void everyNamespaceGetsAServiceAccountAndGetsItAgain() throws InterruptedException {
        Kind accounts = kind("", "serviceaccounts");
        assertThat(becomes(() -> exists(accounts, "kube-system", "default"))).isTrue();
        namespace("fresh");
        assertThat(becomes(() -> exists(accounts, "fresh", "default"))).isTrue();
        String uid = uid(client.get(accounts, "fresh", "default"));
        client.delete(accounts, "fresh", "default", "");
        assertThat(becomes(() -> {
                    Optional<ObjectNode> found = client.get(accounts, "fresh", "default");
                    return found.isPresent() && !uid(found).equals(uid);
                }))
                .isTrue();
    }

    private static String uid(Optional<ObjectNode> object) {
        return object.orElseThrow().path("metadata").path("uid").asString("");
    }

    @Test
    void aDeletedNamespaceTakesWithItWhatIsInIt() throws InterruptedException {
        Kind namespaces = kind("", "namespaces");
        Kind maps = kind("", "configmaps");
        namespace("doomed");
        for (int i = 0; i < 3; i++) {
            client.create(
                    maps,
                    json("{'kind':'ConfigMap','apiVersion':'v1','metadata':{'name':'m" + i
                            + "','namespace':'doomed'},'data':{'a':'b'}}"));
        }
        client.delete(namespaces, "", "doomed", "");
        assertThat(becomes(() -> !exists(namespaces, "", "doomed"))).isTrue();
        assertThat(store.count("/registry/configmaps/doomed/")).isZero();
        assertThat(store.count("/registry/serviceaccounts/doomed/")).isZero();
    }

    @Test
    void aNamespaceWaitsForObjectsThatFinalizersHold() throws InterruptedException {
        Kind namespaces = kind("", "namespaces");
        Kind maps = kind("", "configmaps");
        namespace("held");
        client.create(
                maps,
                json("{'kind':'ConfigMap','apiVersion':'v1','metadata':{'name':'m','namespace':'held',"
                        + "'finalizers':['example.com/hold']}}"));
        client.delete(namespaces, "", "held", "");
        assertThat(becomes(() -> client.get(maps, "held", "m")
                        .orElseThrow()
                        .path("metadata")
                        .has("deletionTimestamp")))
                .isTrue();
        ObjectNode namespace = client.get(namespaces, "", "held").orElseThrow();
        assertThat(namespace.path("status").path("phase").asString("")).isEqualTo("Terminating");
        assertThat(refusal(() -> client.create(
                        maps,
                        json("{'kind':'ConfigMap','apiVersion':'v1','metadata':{'name':'n','namespace':'held'}}"))))
                .isEqualTo("configmaps \"n\" is forbidden: unable to create new content in namespace held because it is"
                        + " being terminated");
        ObjectNode map = client.get(maps, "held", "m").orElseThrow();
        ((ObjectNode) map.path("metadata")).remove("finalizers");
        client.update(maps, "", map);
        assertThat(becomes(() -> !exists(namespaces, "", "held"))).isTrue();
    }

    private static String refusal(Runnable call) {
        try {
            call.run();
            return "";
        } catch (ApiFailure failure) {
            return failure.message();
        }
    }

    @Test
    void theDefaultNamespaceStays() {
        Call call = new Call(kind("", "namespaces"), "v1", "", "", "default", ADMIN, "test", warning -> {});
        Options.Delete options = new Options.Delete(null, "", "", null, "", "");
        assertThat(refusal(() -> backend.operations().delete(call, options)))
                .isEqualTo("namespaces \"default\" is forbidden: this namespace may not be deleted");
    }

    @Test
    void rolesMadeOfOthersHaveTheirRulesAtOnceAndGetNewOnes() throws InterruptedException {
        Kind roles = kind("rbac.authorization.k8s.io", "clusterroles");
        int before = rules("admin");
        assertThat(rules("view")).isPositive().isLessThan(rules("edit"));
        assertThat(rules("edit")).isLessThan(before);
        client.create(
                roles,
                json("{'kind':'ClusterRole','apiVersion':'rbac.authorization.k8s.io/v1','metadata':{'name':'more',"
                        + "'labels':{'rbac.authorization.k8s.io/aggregate-to-view':'true'}},"
                        + "'rules':[{'verbs':['get'],'apiGroups':['x.y'],'resources':['zs']}]}"));
        assertThat(becomes(() -> rules("admin") == before + 1)).isTrue();
        ObjectNode view = client.get(roles, "", "view").orElseThrow();
        assertThat(view.path("metadata").path("managedFields").toString())
                .contains("\"clusterrole-aggregation-controller\"");
        client.delete(roles, "", "more", "");
        assertThat(becomes(() -> rules("admin") == before)).isTrue();
    }

    private int rules(String role) {
        return client.get(kind("rbac.authorization.k8s.io", "clusterroles"), "", role)
                .orElseThrow()
                .path("rules")
                .size();
    }
}
