package dev.kubepki.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kubepki.api.failure.ApiFailure;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class DeletionTest {
    private final Shelf shelf = Shelf.ofRequests();

    @AfterEach
    void close() {
        shelf.close();
    }

    private static ApiFailure failure(ThrowingCallable call) {
        return catchThrowableOfType(ApiFailure.class, call);
    }

    @Test
    void answersAStatusThatNamesWhatIsGone() {
        String uid = Shelf.field(shelf.named("page0"), "metadata", "uid");
        Answer answer = shelf.delete("page0");
        assertThat(answer.object())
                .isEqualTo(Shelf.json("{'kind':'Status','apiVersion':'v1','metadata':{},'status':'Success','details':"
                        + "{'name':'page0','group':'certificates.k8s.io','kind':'certificatesigningrequests','uid':'"
                        + uid + "'}}"));
        assertThat(failure(() -> shelf.delete("page0")).code()).isEqualTo(404);
    }

    @Test
    void wordsAForeignUidAsRecorded() {
        String uid = Shelf.field(shelf.named("page0"), "metadata", "uid");
        Options.Delete options = new Options.Delete(null, "x", "", null, "", "");
        ApiFailure failure = failure(() -> shelf.registry.delete(shelf.call("page0"), options));
        assertThat(failure.message())
                .isEqualTo("Operation cannot be fulfilled on CertificateSigningRequest.certificates.k8s.io \"page0\":"
                        + " the UID in the precondition (x) does not match the UID in record (" + uid
                        + "). The object might have been deleted and then recreated");
    }

    @Test
    void keepsWhatAFinalizerHoldsUntilItIsGone() {
        shelf.create("{'metadata':{'name':'held','finalizers':['example.com/hold']}}");
        Answer marked = shelf.delete("held");
        assertThat(marked.code()).isEqualTo(200);
        assertThat(Shelf.field(marked.object(), "metadata", "deletionTimestamp"))
                .isEqualTo("2026-11-22T15:20:16Z");
        assertThat(marked.object()
                        .path("metadata")
                        .path("deletionGracePeriodSeconds")
                        .asInt(-1))
                .isZero();
        ObjectNode object = shelf.get("held");
        assertThat(object.path("metadata")).isEqualTo(marked.object().path("metadata"));
        assertThat(shelf.delete("held").object().path("metadata")).isEqualTo(object.path("metadata"));
        assertThat(failure(() -> shelf.named("held")).message()).startsWith("object is being deleted: ");
        ObjectNode more = object.deepCopy();
        Metadata.of(more).node().withArray("finalizers").add("x/y");
        assertThat(failure(() -> shelf.update(more)).message())
                .endsWith("metadata.finalizers: Forbidden: no new finalizers can be added if the object is being"
                        + " deleted, found new finalizers []string{\"x/y\"}");
        Metadata.of(object).node().remove("finalizers");
        Answer last = shelf.update(object);
        assertThat(Shelf.field(last.object(), "metadata", "resourceVersion"))
                .isEqualTo(Shelf.field(marked.object(), "metadata", "resourceVersion"));
        assertThat(failure(() -> shelf.get("held")).code()).isEqualTo(404);
    }

    @Test
    void addsTheFinalizerOfThePropagationPolicy() {
        shelf.named("a");
        Options.Delete foreground = new Options.Delete(null, "", "", null, "Foreground", "");
        Answer answer = shelf.registry.delete(shelf.call("a"), foreground);
        assertThat(Metadata.of(answer.object()).finalizers()).containsExactly("foregroundDeletion");
        Options.Delete both = new Options.Delete(null, "", "", true, "Orphan", "");
        assertThat(failure(() -> shelf.registry.delete(shelf.call("a"), both)).message())
                .isEqualTo("DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Invalid value: \"Orphan\":"
                        + " orphanDependents and deletionPropagation cannot be both set");
    }

    @Test
    void answersTheObjectForKindsThatReturnIt() {
        try (Shelf namespaces = new Shelf("", "namespaces")) {
            namespaces.named("n");
            assertThat(namespaces.delete("n").object().path("kind").asString()).isEqualTo("Namespace");
        }
    }

    @Test
    void deletesWhatASelectorChooses() {
        shelf.create("{'metadata':{'name':'a','labels':{'x':'y'}}}");
        shelf.create("{'metadata':{'name':'b'}}");
        Options.ListWatch chosen = new Options.ListWatch("x=y", "", "", "", 0, "", null, false, null);
        ObjectList deleted = shelf.registry.deleteCollection(shelf.call(""), chosen, Shelf.delete());
        assertThat(deleted.items())
                .extracting(StoredObject::key)
                .containsExactly("/registry/certificatesigningrequests/a");
        assertThat(shelf.registry.list(shelf.call(""), Shelf.all()).items()).hasSize(1);
    }

    @Test
    void leavesEverythingOnADryRun() {
        shelf.named("a");
        shelf.registry.delete(shelf.call("a"), new Options.Delete(null, "", "", null, "", "All"));
        assertThat(shelf.get("a").path("metadata").path("name").asString()).isEqualTo("a");
    }
}
