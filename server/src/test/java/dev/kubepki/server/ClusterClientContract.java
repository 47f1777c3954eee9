package dev.kubepki.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.client.ListQuery;
import dev.kubepki.api.client.ObjectPage;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.Kinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What controllers may rely on, whichever way leads to the cluster.
abstract class ClusterClientContract {
    static final Kind MAPS = kind("", "configmaps");
    private static final Kind UNKNOWN = new Kind(
            "certificates.k8s.io",
            "Wish",
            "wishes",
            "wish",
            List.of(),
            List.of(),
            false,
            List.of("v1"),
            List.of("v1alpha1"),
            new GroupVersion("certificates.k8s.io", "v1"),
            "wishes",
            List.of(),
            List.of(),
            Kind.Support.KNOWN,
            Set.of());

    abstract ClusterClient client();

    static Kind kind(String group, String plural) {
        return Kinds.load().stream()
                .filter(kind -> kind.group().equals(group) && kind.plural().equals(plural))
                .findFirst()
                .orElseThrow();
    }

    static ObjectNode map(String name, String value) {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        map.put("kind", "ConfigMap").put("apiVersion", "v1");
        map.putObject("metadata").put("name", name).put("namespace", "default");
        map.putObject("data").put("k", value);
        return map;
    }

    /// Takes down what it is told, a line each.
    static final class Told implements ClusterClient.Follower {
        final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        @Override
        public void present(ObjectNode object) {
            tell("+", object);
        }

        @Override
        public void gone(ObjectNode object) {
            tell("-", object);
        }

        private void tell(String sign, ObjectNode object) {
            assertThat(object.path("kind").asString("")).isEqualTo("ConfigMap");
            assertThat(object.path("apiVersion").asString("")).isEqualTo("v1");
            assertThat(object.path("metadata").path("uid").asString("")).isNotEmpty();
            String name = object.path("metadata").path("name").asString("");
            if (!name.equals("kube-root-ca.crt")
                    && !object.path("metadata").path("namespace").asString("").startsWith("kube-")) {
                lines.add(sign + name + object.path("data").path("k").asString(""));
            }
        }

        String next() throws InterruptedException {
            return String.valueOf(lines.poll(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void readsWhatItWrote() {
        client().create(MAPS, map("one", "1"));
        assertThat(client().get(MAPS, "default", "one")
                        .orElseThrow()
                        .path("data")
                        .path("k")
                        .asString(""))
                .isEqualTo("1");
        assertThat(client().get(MAPS, "default", "none")).isEmpty();
    }

    @Test
    void refusesToWriteOverANewerObject() {
        ObjectNode first = client().create(MAPS, map("old", "1"));
        ObjectNode second = first.deepCopy();
        second.withObject("/data").put("k", "2");
        client().update(MAPS, "", second);
        ApiFailure failure = catchThrowableOfType(ApiFailure.class, () -> {
            first.withObject("/data").put("k", "3");
            client().update(MAPS, "", first);
        });
        assertThat(failure.code()).isEqualTo(409);
        assertThat(failure.reason()).isEqualTo("Conflict");
        assertThat(failure.details()).extracting(ApiFailure.Details::name).isEqualTo("old");
    }

    @Test
    void tellsAnExistingNameFromAConflict() {
        client().create(MAPS, map("taken", "1"));
        assertThatThrownBy(() -> client().create(MAPS, map("taken", "1")))
                .isInstanceOfSatisfying(
                        ApiFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo("AlreadyExists"))
                .hasMessage("configmaps \"taken\" already exists");
    }

    @Test
    void deletesOnlyTheObjectThatIsMeant() {
        ObjectNode made = client().create(MAPS, map("victim", "1"));
        String uid = made.path("metadata").path("uid").asString("");
        assertThatThrownBy(() -> client().delete(MAPS, "default", "victim", "00000000-0000-4000-8000-000000000000"))
                .isInstanceOfSatisfying(
                        ApiFailure.class, failure -> assertThat(failure.code()).isEqualTo(409));
        client().delete(MAPS, "default", "victim", uid);
        assertThat(client().get(MAPS, "default", "victim")).isEmpty();
    }

    @Test
    void listsPageByPage() {
        for (int i = 0; i < 7; i++) {
            client().create(MAPS, map("page-" + i, ""));
        }
        ListQuery query = new ListQuery("default", "", "", 3, "");
        List<String> names = new ArrayList<>();
        for (ObjectPage page = client().list(MAPS, query);
                ;
                page = client().list(MAPS, query.from(page.continueToken()))) {
            assertThat(page.items()).hasSizeLessThanOrEqualTo(3);
            assertThat(page.resourceVersion()).isNotEmpty();
            page.items().forEach(item -> {
                assertThat(item.path("kind").asString("")).isEqualTo("ConfigMap");
                names.add(item.path("metadata").path("name").asString(""));
            });
            if (page.continueToken().isEmpty()) {
                break;
            }
        }
        assertThat(names).contains("page-0", "page-6").doesNotHaveDuplicates().isSorted();
    }

    @Test
    void listsByFields() {
        client().create(MAPS, map("chosen", "1"));
        ObjectPage page = client().list(MAPS, new ListQuery("", "", "metadata.name=chosen", 0, ""));
        assertThat(page.items()).hasSize(1);
    }

    @Test
    void knowsWhichKindsThereAre() {
        assertThat(client().serves(MAPS)).isTrue();
        assertThat(client().serves(kind("certificates.k8s.io", "certificatesigningrequests")))
                .isTrue();
        assertThat(client().serves(kind("certificates.k8s.io", "clustertrustbundles")))
                .isTrue();
        assertThat(client().serves(UNKNOWN)).isFalse();
    }

    @Test
    void tellsWhatIsThereThenEachChange() throws Exception {
        client().create(MAPS, map("followed", "1"));
        Told told = new Told();
        try (AutoCloseable _ = client().follow(MAPS, told)) {
            assertThat(told.lines).contains("+followed1");
            told.lines.clear();
            ObjectNode changed = client().get(MAPS, "default", "followed").orElseThrow();
            changed.withObject("/data").put("k", "2");
            client().update(MAPS, "", changed);
            assertThat(told.next()).isEqualTo("+followed2");
            client().delete(MAPS, "default", "followed", "");
            assertThat(told.next()).isEqualTo("-followed2");
        }
        client().create(MAPS, map("unheard", "1"));
        assertThat(told.lines.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }
}
