package dev.kubepki.server.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.api.kind.Kind;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RenamingTest {
    private final Shelf shelf = new Shelf("events.k8s.io", "events");
    private final Kind core = shelf.kinds.resource("", "events").orElseThrow();

    @BeforeEach
    void namespace() {
        shelf.registry.create(
                shelf.call(shelf.kinds.resource("", "namespaces").orElseThrow(), "", "", ""),
                new Body(Shelf.json("{'metadata':{'name':'default'}}"), List.of()),
                Shelf.write("CreateOptions"));
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    private ObjectNode core(String name) {
        return shelf.registry
                .get(shelf.call(core, "", "default", name), new Options.Get(""))
                .tree("v1");
    }

    @Test
    void showsTheSameEventInBothGroups() {
        shelf.create(
                "default",
                "{'metadata':{'name':'e'},'note':'hello','regarding':{'kind':'Pod','name':'p'},"
                        + "'reportingController':'x.y/z','eventTime':'2026-11-22T15:00:00.000000Z'}");
        ObjectNode event = core("e");
        assertThat(Shelf.field(event, "apiVersion")).isEqualTo("v1");
        assertThat(Shelf.field(event, "message")).isEqualTo("hello");
        assertThat(Shelf.field(event, "involvedObject", "name")).isEqualTo("p");
        assertThat(Shelf.field(event, "reportingComponent")).isEqualTo("x.y/z");
        assertThat(event.has("note")).isFalse();
        Metadata.of(event).node().remove("managedFields");
        event.put("message", "changed").put("count", 3);
        shelf.registry.update(
                shelf.call(core, "", "default", "e"), shelf.body(event, core), Shelf.write("UpdateOptions"));
        StoredObject shown = shelf.registry.get(shelf.call("default", "e"), new Options.Get(""));
        ObjectNode tree = shown.tree("events.k8s.io/v1");
        assertThat(Shelf.field(tree, "note")).isEqualTo("changed");
        assertThat(tree.path("deprecatedCount").asInt()).isEqualTo(3);
        assertThat(new String(shown.json("events.k8s.io/v1", true), java.nio.charset.StandardCharsets.UTF_8))
                .startsWith("{\"metadata\":{\"name\":\"e\"")
                .contains("\"note\":\"changed\"");
    }

    @Test
    void watchesUnderTheNamesOfTheGroup() throws InterruptedException {
        long before = shelf.store.revision();
        StringBuilder notes = new StringBuilder();
        WatchSink sink = new WatchSink() {
            @Override
            public boolean event(Type type, StoredObject object) {
                synchronized (notes) {
                    notes.append(Shelf.field(object.tree("events.k8s.io/v1"), "note"));
                    notes.notifyAll();
                }
                return true;
            }

            @Override
            public boolean bookmark(long revision, boolean initialEventsEnd) {
                return true;
            }

            @Override
            public void ended(dev.kubepki.api.failure.@org.jspecify.annotations.Nullable ApiFailure failure) {}
        };
        shelf.registry.watch(
                shelf.call("default", ""),
                new Options.ListWatch("", "", Long.toString(before), "", 0, "", null, false, null),
                sink);
        shelf.registry.create(
                shelf.call(core, "", "default", ""),
                shelf.body(Shelf.json("{'metadata':{'name':'e'},'message':'hi'}"), core),
                Shelf.write("CreateOptions"));
        synchronized (notes) {
            for (int i = 0; i < 50 && notes.isEmpty(); i++) {
                notes.wait(100);
            }
        }
        assertThat(notes).hasToString("hi");
    }
}
