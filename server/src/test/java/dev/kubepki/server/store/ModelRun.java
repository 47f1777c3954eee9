package dev.kubepki.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.server.store.Store.Change;
import dev.kubepki.server.store.Store.Page;
import dev.kubepki.server.store.Store.Stored;
import dev.kubepki.server.store.StoreFailure.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Random calls, one after another, each compared with what the model says.
final class ModelRun {
    private static final List<String> PREFIXES = List.of("/", "/a/", "/b/", "/a/1", "/none/");

    private final Random random;
    private final Duration patience;
    private final UnaryOperator<Store> reopen;
    private final List<Heard> watches = new ArrayList<>();
    private final Model model;
    private Store store;

    private record Heard(String prefix, long after, Collected collected) {}

    /// @param reopen closes the store and opens it again, or gives back the same
    ModelRun(Store store, UnaryOperator<Store> reopen, long seed, Duration patience) {
        this.patience = patience;
        this.store = store;
        this.reopen = reopen;
        this.random = new Random(seed);
        this.model = new Model(store.revision());
    }

    /// Makes this many calls; the store as it is in the end.
    Store go(int steps) {
        for (int i = 0; i < steps; i++) {
            step(random.nextInt(100));
            assertThat(store.revision()).as("the store's revision").isEqualTo(model.revision());
        }
        checkWatches();
        return store;
    }

    private void step(int dice) {
        if (dice < 35) {
            write(false);
        } else if (dice < 50) {
            write(true);
        } else if (dice < 70) {
            get();
        } else if (dice < 85) {
            list();
        } else if (dice < 92) {
            watch();
        } else if (dice < 96) {
            compact();
        } else if (dice < 97) {
            checkWatches();
            watches.clear();
            store = reopen.apply(store);
        } else {
            String prefix = pick(PREFIXES);
            long there = model.at(model.revision()).keySet().stream()
                    .filter(k -> k.startsWith(prefix))
                    .count();
            assertThat(store.count(prefix)).as("count of %s", prefix).isEqualTo(there);
        }
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private String key() {
        return (random.nextBoolean() ? "/a/" : "/b/") + random.nextInt(12);
    }

    private void write(boolean removes) {
        String key = key();
        Optional<Model.Entry> there = model.get(key);
        long right = there.map(Model.Entry::revision).orElse(0L);
        long expected = random.nextInt(5) > 0 ? right : random.nextLong(model.revision() + 2);
        String value = "{\"n\":" + random.nextInt(1000) + "}" + " ".repeat(random.nextInt(200));
        boolean fits = expected == right && !(removes && there.isEmpty());
        Supplier<Long> call =
                () -> removes ? store.delete(key, expected) : store.put(key, value.getBytes(UTF_8), expected);
        if (fits) {
            Model.Entry entry = model.write(key, removes ? Optional.empty() : Optional.of(value));
            assertThat(call.get()).as("revision of a write of %s", key).isEqualTo(entry.revision());
        } else {
            StoreFailure failure = failure(call, Reason.CONFLICT);
            assertThat(failure.current().map(Stored::revision).orElse(0L))
                    .as("conflicting revision")
                    .isEqualTo(right);
            assertThat(failure.current().map(each -> text(each.value()))).isEqualTo(there.flatMap(Model.Entry::value));
        }
    }

    private static StoreFailure failure(Supplier<?> call, Reason reason) {
        try {
            Object result = call.get();
            throw new AssertionError("expected " + reason + ", got " + result);
        } catch (StoreFailure e) {
            assertThat(e.reason()).isEqualTo(reason);
            return e;
        }
    }

    private static String text(byte[] value) {
        return new String(value, UTF_8);
    }

    private void get() {
        String key = key();
        Optional<Stored> stored = store.get(key);
        Optional<Model.Entry> there = model.get(key);
        assertThat(stored.map(Stored::revision)).as("revision of %s", key).isEqualTo(there.map(Model.Entry::revision));
        assertThat(stored.map(each -> text(each.value()))).isEqualTo(there.flatMap(Model.Entry::value));
    }

    private void list() {
        String prefix = pick(PREFIXES);
        int limit = random.nextInt(6);
        long at = random.nextBoolean() ? 0 : Math.max(1, model.revision() - random.nextInt(60));
        if (at != 0 && at < model.compacted()) {
            failure(() -> store.list(prefix, "", limit, at), Reason.COMPACTED);
            return;
        }
        String from = "";
        long moment = at == 0 ? model.revision() : at;
        List<Model.Entry> expected = model.at(moment).values().stream()
                .filter(each -> each.key().startsWith(prefix))
                .toList();
        List<Model.Entry> found = new ArrayList<>();
        long revision = at;
        boolean more = true;
        while (more) {
            Page page = store.list(prefix, from, limit, revision);
            assertThat(page.revision()).as("revision of a page").isEqualTo(moment);
            for (Stored each : page.items()) {
                Optional<String> value = Optional.of(text(each.value()));
                found.add(new Model.Entry(each.revision(), each.key(), value, 0, Optional.empty()));
                from = each.key() + "\0";
            }
            assertThat(page.remaining()).as("remaining").isEqualTo(expected.size() - found.size());
            assertThat(page.more()).isEqualTo(page.remaining() > 0);
            more = page.more();
            revision = page.revision();
            if (more && random.nextInt(3) == 0) {
                write(random.nextBoolean());
            }
        }
        assertThat(found)
                .as("list of %s at %d", prefix, moment)
                .usingRecursiveFieldByFieldElementComparatorOnFields("key", "revision", "value")
                .containsExactlyElementsOf(expected);
    }

    private void watch() {
        String prefix = pick(PREFIXES);
        long after = model.revision() - random.nextLong(Math.min(model.revision() + 1, 60));
        Collected collected = new Collected(patience);
        if (after < model.compacted()) {
            failure(() -> store.watch(prefix, after, collected), Reason.COMPACTED);
            return;
        }
        store.watch(prefix, after, collected);
        watches.add(new Heard(prefix, after, collected));
    }

    private void compact() {
        checkWatches();
        long to = Math.max(1, model.revision() - random.nextInt(50));
        store.compact(to);
        model.compact(to);
        assertThat(store.compactedRevision()).isEqualTo(model.compacted());
    }

    private void checkWatches() {
        for (Heard heard : watches) {
            List<Model.Entry> expected = model.changes(heard.prefix(), heard.after());
            List<Change> changes = heard.collected().await(expected.size());
            assertThat(changes.stream()
                            .map(each -> new Model.Entry(
                                    each.revision(),
                                    each.key(),
                                    each.value().map(ModelRun::text),
                                    each.previousRevision(),
                                    each.previous().map(ModelRun::text))))
                    .as("watch of %s after %d", heard.prefix(), heard.after())
                    .containsExactlyElementsOf(expected);
        }
    }
}
