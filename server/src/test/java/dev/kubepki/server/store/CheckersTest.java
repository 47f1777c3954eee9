package dev.kubepki.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// A checker's silence counts only if it finds faults that were put there. Each fault here is found by one of the two.
class CheckersTest {
    private static final Map<String, UnaryOperator<Store>> FAULTS = Map.of(
            "a change that a watch misses", Broken.LosesChanges::new,
            "a change that a watch hears twice", Broken.RepeatsChanges::new,
            "a revision used twice", Broken.RepeatsRevisions::new,
            "a stale read", Broken.ReadsStale::new,
            "pages of several moments", Broken.TearsLists::new,
            "a write that is acknowledged and not done", Broken.ForgetsWrites::new,
            "a conflict that is ignored", Broken.IgnoresConflicts::new);

    private static final Map<String, UnaryOperator<Store>> RACES = Map.of(
            "a change that a watch misses", Broken.LosesChanges::new,
            "a change that a watch hears twice", Broken.RepeatsChanges::new,
            "a revision used twice", Broken.RepeatsRevisions::new,
            "a stale read", Broken.ReadsStale::new,
            "a list that shows several moments", Broken.ReadsListsItemByItem::new,
            "a write that is acknowledged and not done", Broken.ForgetsWrites::new);

    @TestFactory
    Stream<DynamicTest> theModelFinds() {
        return FAULTS.entrySet().stream()
                .map(fault -> DynamicTest.dynamicTest(
                        fault.getKey(),
                        () -> assertThat(found(seed -> new ModelRun(
                                                fault.getValue().apply(new MemoryStore()),
                                                store -> store,
                                                seed,
                                                Duration.ofSeconds(1))
                                        .go(400)))
                                .isTrue()));
    }

    @TestFactory
    Stream<DynamicTest> theHistoryFinds() {
        return RACES.entrySet().stream()
                .map(fault -> DynamicTest.dynamicTest(
                        fault.getKey(),
                        () -> assertThat(found(seed -> {
                                    try (Store store = fault.getValue().apply(new MemoryStore())) {
                                        ConcurrentRun.of(store, seed, 8, 200).check();
                                    }
                                }))
                                .isTrue()));
    }

    private interface Check {
        void go(long seed) throws Exception;
    }

    /// Whether one of ten runs fails.
    private static boolean found(Check check) {
        for (long seed : new Random(1).longs(10).toArray()) {
            try {
                check.go(seed);
            } catch (AssertionError | StoreFailure e) {
                return true;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        return false;
    }

    @TestFactory
    List<DynamicTest> andNothingInAGoodStore() {
        return List.of(DynamicTest.dynamicTest(
                "memory",
                () -> assertThat(found(seed -> {
                            try (Store store = new MemoryStore()) {
                                ConcurrentRun.of(store, seed, 8, 200).check();
                            }
                        }))
                        .isFalse()));
    }
}
