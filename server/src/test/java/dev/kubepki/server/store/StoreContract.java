package dev.kubepki.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kubepki.server.store.Store.Change;
import dev.kubepki.server.store.Store.Page;
import dev.kubepki.server.store.Store.Stored;
import dev.kubepki.server.store.StoreFailure.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every store promises.
abstract class StoreContract {
    private Store store;

    /// An empty store that keeps as little as possible in memory, so that old things come from where they are kept.
    abstract Store open();

    /// The store after a restart; one that lives in memory goes on.
    abstract Store reopen(Store before);

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private long put(String key, String value, long expected) {
        return store.put(key, value.getBytes(UTF_8), expected);
    }

    private static String text(Stored stored) {
        return new String(stored.value(), UTF_8);
    }

    private Reason refusal(Runnable call) {
        return catchThrowableOfType(StoreFailure.class, call::run).reason();
    }

    @Test
    void startsAtARevisionThatDoesNotMeanNow() {
        assertThat(store.revision()).isPositive();
        assertThat(store.list("/", "", 0, 0).revision()).isEqualTo(store.revision());
    }

    @Test
    void getsWhatWasPut() {
        long revision = put("/a", "one", 0);
        Stored stored = store.get("/a").orElseThrow();
        assertThat(text(stored)).isEqualTo("one");
        assertThat(stored.revision()).isEqualTo(revision).isEqualTo(store.revision());
        assertThat(store.get("/b")).isEmpty();
    }

    @Test
    void givesEachWriteTheNextRevision() {
        long first = put("/a", "1", 0);
        assertThat(put("/b", "2", 0)).isEqualTo(first + 1);
        assertThat(put("/a", "3", first)).isEqualTo(first + 2);
        assertThat(store.delete("/a", first + 2)).isEqualTo(first + 3);
        assertThat(put("/a", "4", 0)).isEqualTo(first + 4);
    }

    @Test
    void refusesWritesThatExpectAnotherRevisionAndShowsWhatIsThere() {
        long revision = put("/a", "one", 0);
        for (long expected : new long[] {0, revision - 1, revision + 1}) {
            StoreFailure failure = catchThrowableOfType(StoreFailure.class, () -> put("/a", "two", expected));
            assertThat(failure.reason()).isEqualTo(Reason.CONFLICT);
            assertThat(failure.current().map(StoreContract::text)).contains("one");
            assertThat(refusal(() -> store.delete("/a", expected))).isEqualTo(Reason.CONFLICT);
        }
        assertThat(store.revision()).isEqualTo(revision);
    }

    @Test
    void refusesToChangeOrRemoveWhatIsAbsent() {
        StoreFailure failure = catchThrowableOfType(StoreFailure.class, () -> put("/a", "two", 1));
        assertThat(failure.reason()).isEqualTo(Reason.CONFLICT);
        assertThat(failure.current()).isEmpty();
        assertThat(refusal(() -> store.delete("/a", 0))).isEqualTo(Reason.CONFLICT);
        assertThat(refusal(() -> store.delete("/a", 1))).isEqualTo(Reason.CONFLICT);
    }

    @Test
    void listsByPrefixInTheOrderOfTheKeysBytes() {
        // In UTF-16 the last two would change places.
        List<String> keys =
                List.of("/r/A", "/r/a", "/r/a-b", "/r/a/b", "/r/aa", "/r/ä", "/r/\uffee", "/r/\ud83d\ude00");
        keys.reversed().forEach(key -> put(key, key, 0));
        put("/r", "no", 0);
        put("/s/a", "no", 0);
        Page page = store.list("/r/", "", 0, 0);
        assertThat(page.items()).extracting(Stored::key).isEqualTo(keys);
        assertThat(page.items()).extracting(StoreContract::text).isEqualTo(keys);
        assertThat(page.more()).isFalse();
        assertThat(store.count("/r/")).isEqualTo(keys.size());
        assertThat(store.count("")).isEqualTo(keys.size() + 2);
    }

    @Test
    void listsInPagesOfOneRevision() {
        for (int i = 0; i < 10; i++) {
            put("/r/" + i, "old", 0);
        }
        Page first = store.list("/r/", "", 4, 0);
        assertThat(first.items()).hasSize(4);
        assertThat(first.more()).isTrue();
        assertThat(first.remaining()).isEqualTo(6);
        store.delete("/r/5", store.get("/r/5").orElseThrow().revision());
        put("/r/6", "new", store.get("/r/6").orElseThrow().revision());
        put("/r/55", "new", 0);
        Page second = store.list("/r/", "/r/4", 4, first.revision());
        assertThat(second.revision()).isEqualTo(first.revision());
        assertThat(second.items()).extracting(Stored::key).containsExactly("/r/4", "/r/5", "/r/6", "/r/7");
        assertThat(second.items()).extracting(StoreContract::text).containsOnly("old");
        assertThat(second.remaining()).isEqualTo(2);
        Page third = store.list("/r/", "/r/8", 4, first.revision());
        assertThat(third.items()).hasSize(2);
        assertThat(third.more()).isFalse();
        assertThat(third.remaining()).isZero();
    }

    @Test
    void refusesRevisionsThatDoNotExistYet() {
        long next = store.revision() + 1;
        assertThat(refusal(() -> store.list("/", "", 0, next))).isEqualTo(Reason.FUTURE);
        assertThat(refusal(() -> store.watch("/", next, new Collected()))).isEqualTo(Reason.FUTURE);
        assertThat(refusal(() -> store.compact(next))).isEqualTo(Reason.FUTURE);
    }

    @Test
    void watchesFromNowOn() {
        put("/r/a", "before", 0);
        Collected heard = new Collected();
        store.watch("/r/", store.revision(), heard);
        long made = put("/r/b", "1", 0);
        put("/s/b", "no", 0);
        long changed = put("/r/b", "2", made);
        long removed = store.delete("/r/b", changed);
        List<Change> changes = heard.await(3);
        assertThat(changes).extracting(Change::revision).containsExactly(made, changed, removed);
        assertThat(changes).extracting(Change::previousRevision).containsExactly(0L, made, changed);
        assertThat(changes)
                .extracting(c -> c.value().map(v -> new String(v, UTF_8)).orElse("-"))
                .containsExactly("1", "2", "-");
        assertThat(changes)
                .extracting(c -> c.previous().map(v -> new String(v, UTF_8)).orElse("-"))
                .containsExactly("-", "1", "2");
    }

    @Test
    void watchesFromAnyKeptRevision() {
        long start = store.revision();
        List<Long> revisions = new ArrayList<>();
        long last = 0;
        for (int i = 0; i < 2000; i++) {
            last = put("/r/a", "value " + i, last);
            revisions.add(last);
            put("/s/" + i, "no", 0);
        }
        for (int from : new int[] {0, 1, 1000, 1999}) {
            Collected heard = new Collected();
            store.watch("/r/", from == 0 ? start : revisions.get(from - 1), heard);
            assertThat(heard.await(2000 - from)).extracting(Change::revision).isEqualTo(revisions.subList(from, 2000));
        }
    }

    @Test
    void endsOnlyTheWatchWhoseListenerFails() {
        Collected good = new Collected();
        CountDownLatch ended = new CountDownLatch(1);
        store.watch("/", store.revision(), new Store.Listener() {
            @Override
            public void changed(List<Change> changes) {
                throw new IllegalStateException("a bug");
            }

            @Override
            public void ended(StoreFailure reason) {
                ended.countDown();
            }
        });
        store.watch("/", store.revision(), good);
        put("/a", "1", 0);
        put("/b", "2", 0);
        assertThat(good.await(2)).hasSize(2);
        assertThat(ended.getCount()).isZero();
    }

    @Test
    void tellsNothingMoreToAClosedWatch() {
        Collected closed = new Collected();
        Collected open = new Collected();
        store.watch("/", store.revision(), closed).close();
        store.watch("/", store.revision(), open);
        put("/a", "1", 0);
        open.await(1);
        assertThat(closed.changes()).isEmpty();
    }

    @Test
    void doesNotLetACommitWaitForAListener() throws InterruptedException {
        CountDownLatch hold = new CountDownLatch(1);
        store.watch("/", store.revision(), new Store.Listener() {
            @Override
            public void changed(List<Change> changes) {
                try {
                    hold.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void ended(StoreFailure reason) {
                // Not looked at.
            }
        });
        Collected late = new Collected();
        store.watch("/", store.revision(), late);
        for (int i = 0; i < 1000; i++) {
            put("/" + i, "x".repeat(100), 0);
        }
        hold.countDown();
        assertThat(late.await(1000)).hasSize(1000);
    }

    @Test
    void endsItsWatchesWhenItCloses() {
        Collected heard = new Collected();
        store.watch("/", store.revision(), heard);
        put("/a", "1", 0);
        store.close();
        assertThat(heard.awaitEnd().reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(heard.changes()).hasSize(1);
        assertThat(refusal(() -> store.get("/a"))).isEqualTo(Reason.UNAVAILABLE);
        assertThat(refusal(() -> put("/b", "1", 0))).isEqualTo(Reason.UNAVAILABLE);
        assertThat(refusal(() -> store.watch("/", 1, heard))).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void forgetsHistoryButNeverWhatIsThere() {
        long first = put("/a", "1", 0);
        long second = put("/a", "2", first);
        long other = put("/b", "1", 0);
        long gone = store.delete("/b", other);
        long third = put("/a", "3", second);
        store.compact(gone);
        assertThat(store.compactedRevision()).isEqualTo(gone);
        assertThat(store.revision()).isEqualTo(third);
        assertThat(store.get("/a").map(StoreContract::text)).contains("3");
        assertThat(store.list("/", "", 0, gone).items())
                .extracting(StoreContract::text)
                .containsExactly("2");
        assertThat(refusal(() -> store.list("/", "", 0, gone - 1))).isEqualTo(Reason.COMPACTED);
        assertThat(refusal(() -> store.watch("/", gone - 1, new Collected()))).isEqualTo(Reason.COMPACTED);
        Collected heard = new Collected();
        store.watch("/", gone, heard);
        assertThat(heard.await(1)).extracting(Change::revision).containsExactly(third);
        assertThat(heard.changes().getFirst().previous().map(v -> new String(v, UTF_8)))
                .contains("2");
    }

    @Test
    void keepsTheRevisionWhenEverythingIsForgotten() {
        long gone = store.delete("/a", put("/a", "1", 0));
        store.compact(gone);
        assertThat(store.revision()).isEqualTo(gone);
        assertThat(store.count("/")).isZero();
        assertThat(put("/a", "2", 0)).isEqualTo(gone + 1);
    }

    /// Two runs that are the same every time, and one that never was before.
    static long[] seeds() {
        return new long[] {1, 2, System.nanoTime()};
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void doesWhatAPlainModelDoes(long seed) {
        try {
            store = new ModelRun(store, this::reopen, seed, Duration.ofSeconds(20)).go(400);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsItsPromisesToManyCallersAtOnce(long seed) throws InterruptedException {
        ConcurrentRun.of(store, seed, 16, 300).check();
    }

    @Test
    void refusesKeysThatHaveNoBytes() {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> put("/\ud800", "x", 0));
        put("/?", "a question mark is no fault", 0);
    }
}
