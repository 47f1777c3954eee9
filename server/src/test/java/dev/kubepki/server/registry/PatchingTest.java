package dev.kubepki.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kubepki.api.failure.ApiFailure;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PatchingTest {
    private static final String JSON = "application/json-patch+json";
    private static final String MERGE = "application/merge-patch+json";
    private static final String STRATEGIC = "application/strategic-merge-patch+json";
    private static final String APPLY = "application/apply-patch+yaml";

    private final Shelf shelf = Shelf.ofRequests();

    @AfterEach
    void close() {
        shelf.close();
    }

    private static ApiFailure failure(ThrowingCallable call) {
        return catchThrowableOfType(ApiFailure.class, call);
    }

    private Answer patch(String name, String type, String patch) {
        return patch(name, type, patch, "", null);
    }

    private Answer patch(String name, String type, String patch, String manager, @Nullable Boolean force) {
        return shelf.registry.patch(
                shelf.call(name),
                type,
                JsonMapper.shared().readTree(patch.replace('\'', '"')),
                List.of(),
                new Options.Write("PatchOptions", "", manager, "", force));
    }

    private static String configuration(String name, String labels) {
        return "{'apiVersion':'certificates.k8s.io/v1','kind':'CertificateSigningRequest','metadata':{'name':'" + name
                + "','labels':" + labels + "}}";
    }

    @Test
    void patchesInThreeWays() {
        shelf.named("s1");
        assertThat(Metadata.of(patch("s1", MERGE, "{'metadata':{'labels':{'m':'1'}}}")
                                .object())
                        .labels())
                .containsOnlyKeys("m");
        patch("s1", STRATEGIC, "{'metadata':{'labels':{'sm':'1'}}}");
        ObjectNode last = patch("s1", JSON, "[{'op':'add','path':'/metadata/labels/j','value':'1'}]")
                .object();
        assertThat(Metadata.of(last).labels()).containsOnlyKeys("m", "sm", "j");
        assertThat(Shelf.field(last, "metadata", "resourceVersion")).isEqualTo(Long.toString(shelf.store.revision()));
    }

    @Test
    void makesNoRevisionForAPatchThatChangesNothing() {
        shelf.create("{'metadata':{'name':'s1','labels':{'m':'1'}}}");
        long revision = shelf.store.revision();
        patch("s1", MERGE, "{'metadata':{'labels':{'m':'1'}}}");
        assertThat(shelf.store.revision()).isEqualTo(revision);
    }

    @Test
    void wordsFailuresAsRecorded() {
        shelf.create("{'metadata':{'name':'s1','labels':{'j':'1'}}}");
        ApiFailure test = failure(() -> patch("s1", JSON, "[{'op':'test','path':'/metadata/labels/j','value':'2'}]"));
        assertThat(test.code()).isEqualTo(422);
        assertThat(test.message()).isEqualTo("the server rejected our request due to an error in our request");
        assertThat(failure(() -> patch("s1", "application/json", "{}")).message())
                .isEqualTo("415: Unsupported Media Type");
        assertThat(failure(() -> patch("s1", MERGE, "{'metadata':{'resourceVersion':'1'}}"))
                        .message())
                .endsWith("please apply your changes to the latest version and try again");
        assertThat(failure(() -> patch("s1", MERGE, "{'metadata':{'name':'zz'}}"))
                        .message())
                .isEqualTo("the name of the object (zz) does not match the name on the URL (s1)");
        assertThat(failure(() -> patch("absent", MERGE, "{}")).code()).isEqualTo(404);
    }

    @Test
    void namesUnknownFieldsOfAPatchedObject() {
        shelf.named("s1");
        patch("s1", MERGE, "{'spec':{'foo':1}}");
        assertThat(shelf.warnings).containsExactly("unknown field \"spec.foo\"");
        Options.Write strict = new Options.Write("PatchOptions", "", "", "Strict", null);
        ApiFailure failure = failure(() ->
                shelf.registry.patch(shelf.call("s1"), MERGE, Shelf.json("{'spec':{'foo':1}}"), List.of(), strict));
        assertThat(failure.code()).isEqualTo(422);
        assertThat(failure.message())
                .startsWith(" \"\" is invalid: patch: Invalid value: \"{\\\"kind\\\":")
                .endsWith("strict decoding error: unknown field \"spec.foo\"");
    }

    @Test
    void appliesCreatesConflictsAndForces() {
        Answer created = patch("ap1", APPLY, configuration("ap1", "{'a':'b'}"), "m1", null);
        assertThat(created.code()).isEqualTo(201);
        long revision = shelf.store.revision();
        assertThat(patch("ap1", APPLY, configuration("ap1", "{'a':'b'}"), "m1", null)
                        .code())
                .isEqualTo(200);
        assertThat(shelf.store.revision()).isEqualTo(revision);
        ApiFailure conflict = failure(() -> patch("ap1", APPLY, configuration("ap1", "{'a':'c'}"), "m3", null));
        assertThat(conflict.message())
                .isEqualTo("Apply failed with 1 conflict: conflict with \"m1\": .metadata.labels.a");
        Answer forced = patch("ap1", APPLY, configuration("ap1", "{'a':'c'}"), "m3", true);
        assertThat(Metadata.of(forced.object()).labels()).containsEntry("a", "c");
        assertThat(failure(() -> patch("ap1", APPLY, "{}", "", null)).message())
                .isEqualTo("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value:"
                        + " is required for apply patch");
        assertThat(failure(() -> patch("ap1", MERGE, "{}", "", true)).message())
                .isEqualTo("PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden: may not be specified for"
                        + " non-apply patch");
    }

    @Test
    void winsAgainstOthersWhoWriteAtTheSameTime() throws InterruptedException {
        shelf.named("s1");
        Thread[] threads = new Thread[4];
        for (int t = 0; t < threads.length; t++) {
            String label = "t" + t;
            threads[t] = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 50; i++) {
                    patch("s1", MERGE, "{'metadata':{'labels':{'" + label + "':'" + i + "'}}}");
                }
            });
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(Metadata.of(shelf.get("s1")).labels())
                .containsEntry("t0", "49")
                .containsEntry("t1", "49")
                .containsEntry("t2", "49")
                .containsEntry("t3", "49");
    }
}
