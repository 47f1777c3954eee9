package dev.kubepki.server.patch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The entries of metadata.managedFields while a write changes them.
final class Owners {
    static final String FIELD = "managedFields";
    private static final int MAX_UPDATERS = 10;
    private static final String ANCIENT = "ancient-changes";

    private final Map<Owner.Key, Owner> owners = new LinkedHashMap<>();

    /// The list of an object; null when it has none.
    static @Nullable JsonNode of(@Nullable ObjectNode object) {
        return object != null && object.get("metadata") instanceof ObjectNode metadata ? metadata.get(FIELD) : null;
    }

    static void removeFrom(ObjectNode object) {
        if (object.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(FIELD);
        }
    }

    /// Of a list, which may be missing.
    ///
    /// @param foreign whether it may be written in another way than this program's
    /// @throws IllegalArgumentException when it can't be read
    static Owners decode(@Nullable JsonNode list, boolean foreign) {
        Owners owners = new Owners();
        if (list instanceof ArrayNode entries) {
            for (int i = 0; i < entries.size(); i++) {
                Owner owner = Owner.decode(entries.get(i), i);
                owners.put(foreign ? owner.with(owner.fields()) : owner);
            }
        }
        return owners;
    }

    /// A copy, to be changed on its own.
    Owners copy() {
        Owners copy = new Owners();
        copy.owners.putAll(owners);
        return copy;
    }

    boolean isEmpty() {
        return owners.isEmpty();
    }

    Collection<Owner> all() {
        return owners.values();
    }

    @Nullable
    Owner get(Owner.Key key) {
        return owners.get(key);
    }

    void put(Owner owner) {
        owners.put(owner.key(), owner);
    }

    void remove(Owner.Key key) {
        owners.remove(key);
    }

    void removeIf(Predicate<Owner> condition) {
        owners.values().removeIf(condition);
    }

    /// Takes places from all owners; who is left with nothing is one no longer.
    void release(FieldSet places) {
        if (places.isEmpty()) {
            return;
        }
        owners.replaceAll((key, owner) ->
                owner.touches(places) ? owner.with(owner.fields().difference(places)) : owner);
        owners.values()
                .removeIf(owner -> owner.changed() != null && owner.changed().isEmpty());
    }

    /// Gives places to an owner, beside those that it has.
    void grant(Owner.Key key, String apiVersion, FieldSet places, String time) {
        Owner before = owners.get(key);
        FieldSet all = before == null ? places : before.fields().union(places);
        owners.put(key, new Owner(key, apiVersion, time, null, all));
    }

    /// Merges the oldest of too many updaters of a version into one.
    void limitUpdaters() {
        List<Owner> updaters = new ArrayList<>(owners.values());
        updaters.removeIf(owner -> owner.key().applies());
        int count = updaters.size();
        if (count <= MAX_UPDATERS) {
            return;
        }
        updaters.sort(Comparator.comparingLong(Owner::seconds)
                .thenComparing(owner -> owner.key().manager(), Values::compareTexts));
        Map<String, Owner> first = new HashMap<>();
        for (Owner owner : updaters) {
            if (count <= MAX_UPDATERS) {
                return;
            }
            Owner older = first.putIfAbsent(owner.apiVersion(), owner);
            if (older != null) {
                merge(older, owner);
                count--;
            }
        }
    }

    private void merge(Owner first, Owner owner) {
        Owner.Key ancient = Owner.Key.update(ANCIENT, owner.apiVersion(), "");
        Owner bucket = owners.get(ancient);
        if (bucket == null || owner.key().equals(ancient)) {
            bucket = first;
            owners.remove(first.key());
        }
        owners.remove(owner.key());
        FieldSet all = owner.fields().union(bucket.fields());
        owners.put(ancient, new Owner(ancient, owner.apiVersion(), owner.time(), null, all));
    }

    /// Sets or removes the list of an object.
    void encodeInto(ObjectNode object) {
        ObjectNode metadata = object.get("metadata") instanceof ObjectNode there ? there : object.putObject("metadata");
        metadata.remove(FIELD);
        if (owners.isEmpty()) {
            return;
        }
        List<Owner> sorted = new ArrayList<>(owners.values());
        if (sorted.size() > 1) {
            sorted.sort(Owner.ORDER);
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode(sorted.size());
        sorted.forEach(owner -> list.add(owner.encode()));
        metadata.set(FIELD, list);
    }
}
