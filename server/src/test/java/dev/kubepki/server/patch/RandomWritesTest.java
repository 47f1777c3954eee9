package dev.kubepki.server.patch;

import static dev.kubepki.server.patch.RandomRequests.places;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.api.failure.ApiFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class RandomWritesTest {
    private static final String[] MANAGERS = {"m1", "m2", "m3"};
    private static final Set<String> MAPS_AND_LISTS = Set.of(
            ".metadata.labels",
            ".metadata.annotations",
            ".metadata.finalizers",
            ".metadata.ownerReferences",
            ".status.conditions");
    private final FieldOwners owners = new FieldOwners(Trees.SCHEMA);

    private static FieldOwners.Write write(String manager, int step) {
        return new FieldOwners.Write(manager, "", Trees.CSR, Set.of(), Trees.NOW.plusSeconds(step));
    }

    /// Who owns each place: `Update m1`.
    private static Map<String, Set<String>> owned(ObjectNode object) {
        Map<String, Set<String>> owned = new TreeMap<>();
        for (JsonNode entry : Trees.owners(object)) {
            String who = entry.get("operation").stringValue() + " "
                    + entry.get("manager").stringValue();
            FieldSet.parse(entry.get("fieldsV1"))
                    .forEach(path -> owned.computeIfAbsent(path.toString(), key -> new TreeSet<>())
                            .add(who));
        }
        return owned;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void eachPlaceBelongsToWhoLastSetIt(long seed) {
        RandomRequests requests = new RandomRequests(new SplittableRandom(seed));
        ObjectNode live = null;
        Map<String, Set<String>> expected = new HashMap<>();
        for (int step = 0; step < 40; step++) {
            String manager = requests.one(MANAGERS);
            ObjectNode updated = requests.object();
            Map<String, String> before = live == null ? Map.of() : places(live);
            Map<String, String> after = places(updated);
            expected.keySet().retainAll(after.keySet());
            after.forEach((place, value) -> {
                if (!value.equals(before.get(place))) {
                    expected.put(place, Set.of("Update " + manager));
                }
            });
            live = owners.update(live, updated, write(manager, step));
            assertThat(owned(live)).as("step %d", step).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsAppliedHoldsAndBelongsToWhoAppliedIt(long seed) {
        RandomRequests requests = new RandomRequests(new SplittableRandom(seed));
        ObjectNode live = owners.update(null, requests.object(), write("creator", 0));
        for (int step = 1; step < 60; step++) {
            String manager = requests.one(MANAGERS);
            if (requests.maybe()) {
                ObjectNode configuration = requests.configuration();
                live = apply(live, configuration, manager, step);
                Map<String, String> there = places(live);
                Map<String, Set<String>> owned = owned(live);
                places(configuration).forEach((place, value) -> {
                    if (!value.isEmpty()) {
                        assertThat(there).containsEntry(place, value);
                        assertThat(owned.get(place)).as(place).contains("Apply " + manager);
                    }
                });
            } else {
                live = owners.update(live, withOwners(requests.object(), live), write(manager, step));
            }
            // As in Kubernetes, who made a map or list may be left as its owner when apply took the last of it away.
            Set<String> owned = new TreeSet<>(owned(live).keySet());
            owned.removeAll(MAPS_AND_LISTS);
            assertThat(places(live).keySet()).as("step %d", step).containsAll(owned);
        }
    }

    private static ObjectNode withOwners(ObjectNode object, ObjectNode live) {
        if (live.get("metadata").has("managedFields")) {
            ((ObjectNode) object.get("metadata"))
                    .set("managedFields", Trees.owners(live).deepCopy());
        }
        return object;
    }

    private ObjectNode apply(ObjectNode live, ObjectNode configuration, String manager, int step) {
        Map<String, Set<String>> before = owned(live);
        ObjectNode forced = owners.apply(live, configuration, write(manager, step), true);
        try {
            assertThat(owners.apply(live, configuration, write(manager, step), false))
                    .isEqualTo(forced);
        } catch (ApiFailure conflict) {
            ApiFailure.Details details = Objects.requireNonNull(conflict.details());
            assertThat(details.causes()).isNotEmpty().allSatisfy(cause -> {
                assertThat(before.get(cause.field())).isNotNull();
                assertThat(places(live).get(cause.field()))
                        .isNotEqualTo(places(forced).get(cause.field()));
            });
        }
        assertThat(owners.apply(forced, configuration, write(manager, step + 1000), false))
                .isEqualTo(forced);
        places(live).forEach((place, value) -> {
            boolean gone = !value.isEmpty() && !places(forced).containsKey(place);
            if (gone) {
                assertThat(before).as("%s was taken away", place).anySatisfy((owned, who) -> {
                    assertThat(place).startsWith(owned);
                    assertThat(who).contains("Apply " + manager);
                });
            }
        });
        return forced;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aMergePatchOfTheDifferenceMakesTheOther(long seed) {
        RandomRequests requests = new RandomRequests(new SplittableRandom(seed));
        for (int i = 0; i < 50; i++) {
            ObjectNode one = requests.object();
            ObjectNode other = requests.object();
            assertThat(MergePatch.apply(one, difference(one, other))).isEqualTo(other);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aStrategicMergeKeepsElementsThatThePatchDoesNotName(long seed) {
        RandomRequests requests = new RandomRequests(new SplittableRandom(seed));
        for (int i = 0; i < 50; i++) {
            ObjectNode one = requests.object();
            ObjectNode patch = requests.configuration();
            ObjectNode merged = StrategicMergePatch.apply(one, patch, Trees.SCHEMA, Trees.SCHEMA.of(Trees.CSR));
            Map<String, String> metadata = new TreeMap<>(places(one));
            metadata.putAll(places(patch));
            metadata.keySet().removeIf(place -> !place.startsWith(".metadata"));
            Map<String, String> actual = new TreeMap<>(places(merged));
            actual.keySet().removeIf(place -> !place.startsWith(".metadata"));
            assertThat(actual.keySet()).isEqualTo(metadata.keySet());
            if (patch.has("status")) {
                assertThat(merged.at("/status/conditions")).isEqualTo(patch.at("/status/conditions"));
            }
        }
    }

    private static ObjectNode difference(ObjectNode one, ObjectNode other) {
        ObjectNode patch = one.objectNode();
        one.propertyNames().stream().filter(name -> !other.has(name)).forEach(patch::putNull);
        other.forEachEntry((name, value) -> {
            JsonNode before = one.get(name);
            if (before instanceof ObjectNode object && value instanceof ObjectNode inner) {
                patch.set(name, difference(object, inner));
            } else if (!value.equals(before)) {
                patch.set(name, value);
            }
        });
        return patch;
    }
}
