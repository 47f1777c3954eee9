package dev.kubepki.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kubepki.api.failure.ApiFailure;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ScalingTest {
    private final Shelf shelf = new Shelf("apps", "deployments");

    @BeforeEach
    void deployment() {
        shelf.registry.create(
                shelf.call(shelf.kinds.resource("", "namespaces").orElseThrow(), "", "", ""),
                new Body(Shelf.json("{'metadata':{'name':'default'}}"), List.of()),
                Shelf.write("CreateOptions"));
        shelf.create(
                "default",
                "{'metadata':{'name':'web'},'spec':{'replicas':2,'selector':{'matchLabels':{'b':'2','a':'1'}}}}");
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    private Call scale() {
        return shelf.call(shelf.kind(), "scale", "default", "web");
    }

    private ObjectNode view() {
        return shelf.registry.get(scale(), new Options.Get("")).tree("autoscaling/v1");
    }

    private int replicas() {
        return shelf.registry
                .get(shelf.call("default", "web"), new Options.Get(""))
                .tree("apps/v1")
                .path("spec")
                .path("replicas")
                .asInt();
    }

    @Test
    void showsReplicasAsAScale() {
        ObjectNode view = view();
        assertThat(Shelf.field(view, "kind")).isEqualTo("Scale");
        assertThat(Shelf.field(view, "apiVersion")).isEqualTo("autoscaling/v1");
        assertThat(view.path("spec").path("replicas").asInt()).isEqualTo(2);
        assertThat(Shelf.field(view, "status", "selector")).isEqualTo("a=1,b=2");
        assertThat(Shelf.field(view, "metadata", "resourceVersion")).isEqualTo(Long.toString(shelf.store.revision()));
    }

    @Test
    void writesReplicasAlone() {
        ObjectNode view = view();
        ((ObjectNode) view.path("spec")).put("replicas", 5);
        Answer answer = shelf.registry.update(scale(), new Body(view, List.of()), Shelf.write("UpdateOptions"));
        assertThat(Shelf.field(answer.object(), "kind")).isEqualTo("Scale");
        assertThat(replicas()).isEqualTo(5);
        ApiFailure stale = catchThrowableOfType(
                ApiFailure.class,
                () -> shelf.registry.update(scale(), new Body(view, List.of()), Shelf.write("UpdateOptions")));
        assertThat(stale.code()).isEqualTo(409);
    }

    @Test
    void patchesReplicas() {
        shelf.registry.patch(
                scale(),
                "application/merge-patch+json",
                Shelf.json("{'spec':{'replicas':7}}"),
                List.of(),
                Shelf.write("PatchOptions"));
        assertThat(replicas()).isEqualTo(7);
        ApiFailure negative = catchThrowableOfType(
                ApiFailure.class,
                () -> shelf.registry.patch(
                        scale(),
                        "application/merge-patch+json",
                        Shelf.json("{'spec':{'replicas':-1}}"),
                        List.of(),
                        Shelf.write("PatchOptions")));
        assertThat(negative.message())
                .isEqualTo("Scale.autoscaling \"web\" is invalid: spec.replicas: Invalid value: -1:"
                        + " must be greater than or equal to 0");
    }
}
