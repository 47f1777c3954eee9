package dev.kubepki.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kubepki.api.failure.ApiFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class WatchingTest {
    private final Shelf shelf = Shelf.ofRequests();

    @AfterEach
    void close() {
        shelf.close();
    }

    /// The first one of a kind comes when the history of the time before has been read.
    @Test
    void goesOnAfterARestart() throws InterruptedException {
        long a = revision(shelf.named("a"));
        long b = revision(shelf.named("b"));
        Shelf restarted =
                new Shelf("certificates.k8s.io", "certificatesigningrequests", new Strategy() {}, shelf.store);
        Thread.sleep(300);
        Heard heard = new Heard();
        Options.ListWatch options = new Options.ListWatch("", "", Long.toString(a), "", 0, "", null, false, null);
        restarted.registry.watch(restarted.call(""), options, heard);
        assertThat(heard.next(1)).containsExactly("ADDED b@" + b);
        restarted.registry.close();
    }

    private Heard watch(String version) {
        return watch("", "", version, null, false, null);
    }

    private Heard watch(
            String labels,
            String fields,
            String version,
            @Nullable Long timeout,
            boolean bookmarks,
            @Nullable Boolean initial) {
        Heard heard = new Heard();
        watch(heard, labels, fields, version, timeout, bookmarks, initial);
        return heard;
    }

    private AutoCloseable watch(
            Heard heard,
            String labels,
            String fields,
            String version,
            @Nullable Long timeout,
            boolean bookmarks,
            @Nullable Boolean initial) {
        String match = initial == null ? "" : "NotOlderThan";
        Options.ListWatch options =
                new Options.ListWatch(labels, fields, version, match, 0, "", timeout, bookmarks, initial);
        return shelf.registry.watch(shelf.call(""), options, heard);
    }

    private long revision(ObjectNode object) {
        return Long.parseLong(Shelf.field(object, "metadata", "resourceVersion"));
    }

    @Test
    void tellsChangesAfterARevisionAndNoOthers() throws InterruptedException {
        long a = revision(shelf.named("a"));
        long b = revision(shelf.named("b"));
        Heard heard = watch(Long.toString(a));
        shelf.delete("a");
        assertThat(heard.next(2)).containsExactly("ADDED b@" + b, "DELETED a@" + (b + 1));
        assertThat(heard.isQuiet()).isTrue();
    }

    @Test
    void tellsWhatIsThereFirstWhenNoRevisionIsGiven() throws InterruptedException {
        long a = revision(shelf.named("a"));
        long b = revision(shelf.named("b"));
        for (String version : List.of("", "0")) {
            assertThat(watch(version).next(2)).containsExactly("ADDED a@" + a, "ADDED b@" + b);
        }
        Heard heard = watch("");
        assertThat(heard.next(2)).hasSize(2);
        long c = revision(shelf.named("c"));
        assertThat(heard.next()).isEqualTo("ADDED c@" + c);
    }

    @Test
    void endsTheInitialEventsWithAMarkedBookmark() throws InterruptedException {
        long a = revision(shelf.named("a"));
        Heard heard = watch("", "", "", null, true, true);
        assertThat(heard.next(2)).containsExactly("ADDED a@" + a, "INITIAL@" + a);
        long b = revision(shelf.named("b"));
        assertThat(heard.next()).isEqualTo("ADDED b@" + b);
    }

    @Test
    void skipsTheInitialEventsWhenAskedTo() throws InterruptedException {
        shelf.named("a");
        Heard heard = watch("", "", "", null, true, false);
        assertThat(heard.isQuiet()).isTrue();
        long b = revision(shelf.named("b"));
        assertThat(heard.next()).isEqualTo("ADDED b@" + b);
    }

    @Test
    void wordsWrongOptionsAsTheApiDoes() {
        Options.ListWatch noMatch = new Options.ListWatch("", "", "", "", 0, "", null, true, true);
        assertThat(catchThrowableOfType(
                                ApiFailure.class, () -> shelf.registry.watch(shelf.call(""), noMatch, new Heard()))
                        .message())
                .isEqualTo("ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden:"
                        + " sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        ApiFailure bad = catchThrowableOfType(ApiFailure.class, () -> watch("abc"));
        assertThat(bad.code()).isEqualTo(500);
        assertThat(bad.reason()).isEmpty();
        ApiFailure future = catchThrowableOfType(ApiFailure.class, () -> watch("99999"));
        assertThat(future.code()).isEqualTo(504);
    }

    @Test
    void tellsObjectsThatComeIntoTheSelectionAndLeaveIt() throws InterruptedException {
        String start = Long.toString(revision(shelf.named("other")));
        Heard heard = watch("x=y", "", start, null, false, null);
        ObjectNode object = shelf.named("a");
        Metadata.of(object).node().putObject("labels").put("x", "y");
        ObjectNode chosen = shelf.update(object).object();
        long added = revision(chosen);
        Metadata.of(chosen).node().putObject("annotations").put("n", "1");
        ObjectNode changed = shelf.update(chosen).object();
        Metadata.of(changed).node().remove("labels");
        ObjectNode gone = shelf.update(changed).object();
        shelf.delete("a");
        assertThat(heard.next(3))
                .containsExactly("ADDED a@" + added, "MODIFIED a@" + revision(changed), "DELETED a@" + revision(gone));
        assertThat(heard.isQuiet()).isTrue();
    }

    @Test
    void watchesOneName() throws InterruptedException {
        String start = Long.toString(revision(shelf.named("a")));
        Heard heard = watch("", "metadata.name=b", start, null, false, null);
        long b = revision(shelf.named("b"));
        shelf.named("c");
        shelf.delete("b");
        assertThat(heard.next(2)).containsExactly("ADDED b@" + b, "DELETED b@" + (b + 2));
        assertThat(heard.isQuiet()).isTrue();
    }

    @Test
    void endsAfterItsTime() throws InterruptedException {
        Heard plain = watch("", "", "0", 1L, false, null);
        Heard marked = watch("", "", "0", 1L, true, null);
        assertThat(plain.next()).isEqualTo("END");
        assertThat(marked.next(2)).containsExactly("BOOKMARK@" + shelf.store.revision(), "END");
        shelf.named("a");
        assertThat(plain.isQuiet()).isTrue();
    }

    @Test
    void tellsThoseWhoComeTooLateThatTheyDo() throws InterruptedException {
        shelf.named("a");
        for (int i = 0; i < 5; i++) {
            shelf.named("b" + i);
        }
        shelf.store.compact(5);
        try (Shelf again =
                new Shelf("certificates.k8s.io", "certificatesigningrequests", new Strategy() {}, shelf.store)) {
            Heard heard = new Heard();
            Options.ListWatch options = new Options.ListWatch("", "", "1", "", 0, "", null, false, null);
            again.registry.watch(again.call(""), options, heard);
            assertThat(heard.next()).isEqualTo("END too old resource version: 1 (5)");
        }
    }

    @Test
    void readsHistoryWhenItNoLongerRemembers() throws InterruptedException {
        String big = "x".repeat(100_000);
        long first = revision(shelf.named("a"));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            ObjectNode object = shelf.create("{'metadata':{'name':'b" + i + "','annotations':{'a':'" + big + "'}}}")
                    .object();
            expected.add("ADDED b" + i + "@" + revision(object));
        }
        Heard heard = watch(Long.toString(first));
        assertThat(heard.next(60)).isEqualTo(expected);
        long last = revision(shelf.named("last"));
        assertThat(heard.next()).isEqualTo("ADDED last@" + last);
        long after = revision(shelf.named("after"));
        assertThat(heard.next()).isEqualTo("ADDED after@" + after);
        assertThat(heard.isQuiet()).isTrue();
    }

    @Test
    void cutsOffWhoTakesNoMore() throws InterruptedException {
        String start = Long.toString(revision(shelf.named("first")));
        Heard slow = new Heard(1);
        watch(slow, "", "", start, null, false, null);
        Heard other = watch(start);
        shelf.named("a");
        shelf.named("b");
        shelf.named("c");
        assertThat(slow.next()).startsWith("ADDED a");
        assertThat(slow.isQuiet()).isTrue();
        assertThat(other.next(3)).hasSize(3).noneMatch("nothing"::equals);
    }

    @Test
    void tellsNothingAfterItWasClosed() throws Exception {
        Heard heard = new Heard();
        AutoCloseable watch = watch(heard, "", "", "0", null, false, null);
        watch.close();
        shelf.named("a");
        assertThat(heard.isQuiet()).isTrue();
    }

    @Test
    void losesAndRepeatsNothingBetweenListAndWatch() throws InterruptedException {
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 300; i++) {
                shelf.named("n" + i);
            }
        });
        List<Heard> all = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 40; i++) {
            all.add(watch(""));
            Thread.sleep(3);
        }
        writer.join();
        for (Heard heard : all) {
            List<String> names = heard.next(300).stream()
                    .map(event -> event.substring(6, event.indexOf('@')))
                    .toList();
            assertThat(names).doesNotHaveDuplicates().hasSize(300);
            assertThat(heard.isQuiet()).isTrue();
        }
    }

    @Test
    void tellsFollowersBeforeTheWriteIsAnswered() {
        shelf.named("before");
        List<String> seen = new CopyOnWriteArrayList<>();
        shelf.registry.follow(
                shelf.kind(),
                change -> seen.add(
                        change.type() + " " + Resource.nameOf(change.object().key())));
        assertThat(seen).containsExactly("ADDED before");
        shelf.named("a");
        assertThat(seen).endsWith("ADDED a");
        shelf.delete("a");
        assertThat(seen).endsWith("DELETED a");
    }

    @Test
    void servesThousandsOfWatches() throws InterruptedException {
        List<Heard> all = new ArrayList<>();
        String start = Long.toString(revision(shelf.named("first")));
        for (int i = 0; i < 3000; i++) {
            all.add(watch("", i % 2 == 0 ? "" : "metadata.name=n" + i, start, null, false, null));
        }
        for (int i = 0; i < 20; i++) {
            shelf.named("n" + i);
        }
        for (int i = 0; i < 3000; i += 2) {
            assertThat(all.get(i).next(20)).hasSize(20).noneMatch("nothing"::equals);
        }
        for (int i = 1; i < 20; i += 2) {
            assertThat(all.get(i).next()).startsWith("ADDED n" + i);
        }
        assertThat(all.get(1001).isQuiet()).isTrue();
    }
}
