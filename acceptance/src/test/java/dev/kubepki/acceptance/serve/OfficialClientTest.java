package dev.kubepki.acceptance.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import io.kubernetes.client.util.generic.options.PatchOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The official Java client against `kubepki serve`.
class OfficialClientTest {
    @TempDir
    private static Path folder;

    private static Server server;
    private static ApiClient client;

    @BeforeAll
    static void serves() throws Exception {
        server = Server.start(folder);
        try (var reader = Files.newBufferedReader(server.kubeconfig())) {
            client = ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(reader)).build();
        }
        client.setReadTimeout(0);
    }

    @AfterAll
    static void stops() throws Exception {
        server.close();
    }

    private static V1ObjectMeta metadata(V1ConfigMap map) {
        return Objects.requireNonNull(map.getMetadata());
    }

    private static String nameOf(V1ConfigMap map) {
        return Objects.requireNonNull(metadata(map).getName());
    }

    private static V1ConfigMap map(String name, String key, String value) {
        return new V1ConfigMap()
                .apiVersion("v1")
                .kind("ConfigMap")
                .metadata(new V1ObjectMeta().name(name).namespace("default"))
                .data(Map.of(key, value));
    }

    @Test
    void createsReadsReplacesAndDeletes() throws Exception {
        CoreV1Api core = new CoreV1Api(client);
        core.createNamespacedConfigMap("default", map("one", "a", "1")).execute();
        V1ConfigMap read = core.readNamespacedConfigMap("one", "default").execute();
        assertThat(read.getData()).containsEntry("a", "1");
        read.setData(Map.of("a", "2"));
        core.replaceNamespacedConfigMap("one", "default", read).execute();
        assertThat(core.readNamespacedConfigMap("one", "default").execute().getData())
                .containsEntry("a", "2");
        core.deleteNamespacedConfigMap("one", "default").execute();
        assertThat(core.listNamespacedConfigMap("default").execute().getItems())
                .noneMatch(item -> nameOf(item).equals("one"));
    }

    @Test
    void informersSeeEveryChange() throws Exception {
        GenericKubernetesApi<V1ConfigMap, V1ConfigMapList> api =
                new GenericKubernetesApi<>(V1ConfigMap.class, V1ConfigMapList.class, "", "v1", "configmaps", client);
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        SharedInformerFactory factory = new SharedInformerFactory(client);
        SharedIndexInformer<V1ConfigMap> informer =
                factory.sharedIndexInformerFor(api, V1ConfigMap.class, 1000, "default");
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(V1ConfigMap object) {
                note("add", object);
            }

            @Override
            public void onUpdate(V1ConfigMap old, V1ConfigMap object) {
                if (!Objects.equals(
                        metadata(old).getResourceVersion(), metadata(object).getResourceVersion())) {
                    note("update", object);
                }
            }

            @Override
            public void onDelete(V1ConfigMap object, boolean unknown) {
                note("delete", object);
            }

            private void note(String verb, V1ConfigMap object) {
                if (nameOf(object).equals("two")) {
                    events.add(verb);
                }
            }
        });
        factory.startAllRegisteredInformers();
        api.create(map("two", "a", "1")).throwsApiException();
        assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("add");
        api.patch("default", "two", V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH, new V1Patch("{\"data\":{\"a\":\"2\"}}"))
                .throwsApiException();
        assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("update");
        api.delete("default", "two").throwsApiException();
        assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("delete");
        factory.stopAllRegisteredInformers();
    }

    @Test
    void appliesOnTheServer() throws Exception {
        GenericKubernetesApi<V1ConfigMap, V1ConfigMapList> api =
                new GenericKubernetesApi<>(V1ConfigMap.class, V1ConfigMapList.class, "", "v1", "configmaps", client);
        PatchOptions options = new PatchOptions();
        options.setFieldManager("official");
        String applied = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"three\",\"namespace\":"
                + "\"default\"},\"data\":{\"a\":\"1\"}}";
        api.patch("default", "three", V1Patch.PATCH_FORMAT_APPLY_YAML, new V1Patch(applied), options)
                .throwsApiException();
        // This client leaves out who manages what when it reads, so what shows it is what others may not change.
        PatchOptions others = new PatchOptions();
        others.setFieldManager("another");
        V1Patch changed = new V1Patch(applied.replace("\"1\"", "\"2\""));
        assertThat(api.patch("default", "three", V1Patch.PATCH_FORMAT_APPLY_YAML, changed, others)
                        .getHttpStatusCode())
                .isEqualTo(409);
        others.setForce(true);
        api.patch("default", "three", V1Patch.PATCH_FORMAT_APPLY_YAML, changed, others)
                .throwsApiException();
        assertThat(api.get("default", "three").throwsApiException().getObject().getData())
                .containsEntry("a", "2");
    }
}
