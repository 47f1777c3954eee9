package dev.kubepki.server.patch;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.ApiFailure.Cause;
import dev.kubepki.api.failure.Failures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Server-side apply of one configuration to one object.
///
/// @param shape of both
/// @param live in the server's own form
/// @param configuration as it was sent
/// @param key who applies
/// @param apiVersion of both
/// @param reset places that the endpoint resets
record Application(
        Shape shape, ObjectNode live, ObjectNode configuration, Owner.Key key, String apiVersion, FieldSet reset) {
    /// A place that somebody else owns and the configuration would change.
    record Conflict(Owner.Key owner, Path path) {}

    /// What comes of it.
    ///
    /// @param object null when nothing changed
    /// @param owners after it
    record Outcome(@Nullable ObjectNode object, Owners owners) {}

    /// Others own what would change.
    static final class Conflicted extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient List<Conflict> conflicts;

        Conflicted(List<Conflict> conflicts) {
            super("conflicts", null, false, false);
            this.conflicts = conflicts;
        }

        List<Conflict> conflicts() {
            return conflicts;
        }
    }

    /// @param time of the write
    /// @throws Conflicted when somebody else owns what would change, unless it is forced
    Outcome run(Owners owners, boolean force, String time) {
        ObjectNode merged = Merging.merge(shape, live, configuration);
        Owner before = owners.get(key);
        FieldSet claimed = FieldSets.of(shape, configuration).withoutTrees(reset);
        FieldSet applied = claimed.withoutTrees(FieldOwners.UNTRACKED).difference(FieldOwners.METADATA);
        owners.remove(key);
        ObjectNode pruned = before == null ? merged : prune(merged, owners, before.fields(), claimed);
        take(owners, Comparison.ofGiven(shape, live, pruned, reset), force);
        boolean changed = !Values.equal(live, pruned);
        if (!applied.isEmpty()) {
            String since = before == null ? null : before.time();
            owners.put(new Owner(key, apiVersion, changed ? time : since, null, applied));
        }
        return new Outcome(changed ? pruned : null, owners);
    }

    /// Takes away what this manager applied before, no longer applies, and nobody else owns.
    private ObjectNode prune(ObjectNode merged, Owners others, FieldSet last, FieldSet claimed) {
        if (last.isEmpty()) {
            return merged;
        }
        FieldSet owned = claimed;
        for (Owner owner : others.all()) {
            owned = owned.union(owner.fields());
        }
        FieldSet before = named(last);
        FieldSet all = named(FieldSets.of(shape, merged));
        FieldSet kept = named(FieldSets.of(shape, Removal.without(shape, merged, before)));
        ObjectNode pruned = Removal.without(shape, merged, all.difference(kept.union(named(owned))));
        // What hangs in places that were taken away, and was not of this manager, comes back.
        FieldSet left = named(FieldSets.of(shape, pruned));
        return Removal.without(shape, merged, all.difference(left).intersection(before));
    }

    private FieldSet named(FieldSet set) {
        return FieldSets.withNamedFields(set, shape);
    }

    private void take(Owners owners, Comparison comparison, boolean force) {
        List<Conflict> conflicts = new ArrayList<>();
        List<Owner> others = new ArrayList<>(owners.all());
        // The API sorts by the JSON of the owners, where a quote ends the name.
        others.sort(Comparator.comparing(owner -> owner.key().manager() + '"', Values::compareTexts));
        for (Owner owner : others) {
            FieldSet fields = owner.fields();
            FieldSet conflict = fields.intersection(comparison.set());
            conflict.forEach(path -> conflicts.add(new Conflict(owner.key(), path)));
            FieldSet left = fields.difference(conflict).difference(comparison.removed());
            if (left.isEmpty()) {
                owners.remove(owner.key());
            } else if (!left.equals(fields)) {
                owners.put(owner.with(left));
            }
        }
        if (!force && !conflicts.isEmpty()) {
            throw new Conflicted(conflicts);
        }
    }

    /// 409, in the words of the API.
    static ApiFailure failure(List<Conflict> conflicts) {
        List<Cause> causes = new ArrayList<>();
        for (Conflict conflict : conflicts) {
            String message = "conflict with " + conflict.owner();
            causes.add(
                    new Cause("FieldManagerConflict", message, conflict.path().toString()));
        }
        if (conflicts.size() == 1) {
            Cause only = causes.getFirst();
            return Failures.applyConflict(
                    "Apply failed with 1 conflict: " + only.message() + ": " + only.field(), causes);
        }
        List<String> lines = new ArrayList<>();
        Owner.Key owner = null;
        for (Conflict conflict : conflicts) {
            if (!conflict.owner().equals(owner)) {
                owner = conflict.owner();
                lines.add("conflicts with " + owner + ":");
            }
            lines.add("- " + conflict.path());
        }
        String message = "Apply failed with " + conflicts.size() + " conflicts: " + String.join("\n", lines);
        return Failures.applyConflict(message, causes);
    }
}
