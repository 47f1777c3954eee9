package dev.kubepki.server.registry;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.kind.Kind.Trait;
import dev.kubepki.server.patch.FieldOwners;
import dev.kubepki.server.registry.Strategy.Operation;
import dev.kubepki.server.store.Store.Stored;
import dev.kubepki.server.store.StoreFailure;
import dev.kubepki.server.store.StoreFailure.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Changes an object in the store: read, change, judge, write if nobody else wrote; else again.
final class Updates {
    /// After this long a request is given up.
    private static final Duration PATIENCE = Duration.ofSeconds(34);

    private final Core core;
    private final Creation creation;

    Updates(Core core, Creation creation) {
        this.core = core;
        this.creation = creation;
    }

    /// Makes the new object from what is stored; called again when somebody else wrote in between.
    interface Change {
        /// A private tree in the version of the call; may be what it was given.
        ///
        /// @param live null when the object is absent
        ObjectNode apply(@Nullable ObjectNode live);

        /// The uid that the stored object must have; empty: any.
        default String uid() {
            return "";
        }

        /// Whether an absent object may come into being, whatever its kind says.
        default boolean mayCreate() {
            return false;
        }
    }

    /// PUT.
    Answer update(Resource resource, Call call, Body body, Options.Write options) {
        OptionRules.write(options);
        Incoming.strict(body, options, call);
        ObjectNode object = body.object();
        Incoming.version(object, call);
        Metadata metadata = Metadata.of(object);
        Incoming.namespace(metadata, call);
        Incoming.name(metadata, call);
        resource.strategy().defaults(object, call.version());
        Incoming.owners(metadata, call, false);
        FieldOwners.Write write = core.write(resource, call, options);
        Change change = new Change() {
            @Override
            public ObjectNode apply(@Nullable ObjectNode live) {
                ObjectNode copy = object.deepCopy();
                return core.owners().update(live, copy, write);
            }

            @Override
            public String uid() {
                return metadata.uid();
            }
        };
        return apply(resource, core.context(call, OptionRules.isDryRun(options.dryRun())), change);
    }

    /// Applies a change until it could be stored.
    Answer apply(Resource resource, Context context, Change change) {
        Call call = context.call();
        String key = resource.key(call.namespace(), call.name());
        Instant deadline = core.clock().instant().plus(PATIENCE);
        Optional<Stored> current = core.store().get(key);
        while (true) {
            try {
                return current.isPresent()
                        ? change(resource, context, change, current.get())
                        : create(resource, context, change, key);
            } catch (StoreFailure failure) {
                if (failure.reason() != Reason.CONFLICT) {
                    throw failure;
                }
                if (core.clock().instant().isAfter(deadline)) {
                    throw Failures.timeout("request did not complete within the allotted timeout", 0);
                }
                current = core.store().get(key);
            }
        }
    }

    private Answer create(Resource resource, Context context, Change change, String key) {
        Call call = context.call();
        boolean allowed = change.mayCreate() || resource.has(Trait.CREATE_ON_UPDATE);
        if (!allowed || !call.isMain()) {
            throw Failures.notFound(resource.name(), call.name());
        }
        if (!change.uid().isEmpty()) {
            throw foreignUid(resource, call, key, change.uid(), "");
        }
        ObjectNode object = change.apply(null);
        creation.mutate(resource, object, context);
        ObjectNode prepared = creation.prepare(resource, object, context);
        Permission.toCreate(context);
        try {
            return creation.store(resource, prepared, context);
        } catch (ApiFailure failure) {
            if (failure.reason().equals("AlreadyExists")) {
                // Somebody else made it in between: now it is an update.
                throw new StoreFailure(Reason.CONFLICT, failure.message());
            }
            throw failure;
        }
    }

    private Answer change(Resource resource, Context context, Change change, Stored current) {
        Call call = context.call();
        ObjectNode live = core.form().tree(current, resource, call.version());
        Metadata old = Metadata.of(live);
        if (!change.uid().isEmpty() && !change.uid().equals(old.uid())) {
            throw foreignUid(resource, call, current.key(), change.uid(), old.uid());
        }
        ObjectNode updated = change.apply(live.deepCopy());
        core.namespaces().check(call, false);
        resource.strategy().mutate(Operation.UPDATE, updated, live, context);
        Incoming.owners(Metadata.of(updated), call, true);
        checkVersion(resource, call, Metadata.of(updated), current.revision());
        prepare(resource, context, updated, live);
        resource.strategy().admit(Operation.UPDATE, updated, live, context);
        return write(resource, context, updated, live, current);
    }

    private static void checkVersion(Resource resource, Call call, Metadata metadata, long revision) {
        String given = metadata.resourceVersion();
        ResourceVersions.complaint(given).ifPresent(complaint -> {
            throw Failures.raw(complaint);
        });
        long version = ResourceVersions.parse(given);
        if (version == 0 && !resource.has(Trait.UNCONDITIONAL_UPDATE)) {
            throw Failures.invalid(
                    resource.name(),
                    call.name(),
                    List.of(FieldError.of(
                            FieldError.Type.INVALID,
                            "metadata.resourceVersion",
                            "0",
                            "must be specified for an update")));
        }
        if (version != 0 && version != revision) {
            throw Failures.modified(resource.name(), call.name());
        }
        metadata.node().put("resourceVersion", Long.toString(revision));
    }

    private static void prepare(Resource resource, Context context, ObjectNode updated, ObjectNode live) {
        Metadata metadata = Metadata.of(updated);
        Metadata old = Metadata.of(live);
        keep(metadata, old, "generation");
        resource.strategy().prepareForUpdate(updated, live, context);
        if (metadata.uid().isEmpty()) {
            metadata.text("uid", old.uid());
        }
        keep(metadata, old, "creationTimestamp");
        if (old.isDeleting()) {
            keep(metadata, old, "deletionTimestamp");
        }
        if (old.gracePeriodSeconds() != null && metadata.gracePeriodSeconds() == null) {
            keep(metadata, old, "deletionGracePeriodSeconds");
        }
        if (resource.has(Trait.GENERATION) && !sameSpec(updated, live)) {
            metadata.node().put("generation", old.generation() + 1);
        }
        List<FieldError> errors = new ArrayList<>(MetadataRules.forUpdate(metadata, old, resource));
        errors.addAll(resource.strategy().validateUpdate(updated, live, context));
        if (!errors.isEmpty()) {
            throw Failures.invalid(resource.qualifiedKind(), metadata.name(), errors);
        }
    }

    private static boolean sameSpec(ObjectNode updated, ObjectNode live) {
        return Trees.same(updated.path("spec"), live.path("spec"));
    }

    private static void keep(Metadata metadata, Metadata old, String field) {
        JsonNode value = old.node().get(field);
        if (value == null) {
            metadata.node().remove(field);
        } else {
            metadata.node().set(field, value);
        }
    }

    private Answer write(Resource resource, Context context, ObjectNode updated, ObjectNode live, Stored current) {
        Metadata metadata = Metadata.of(updated);
        Metadata old = Metadata.of(live);
        if (metadata.finalizers().isEmpty()
                && old.isDeleting()
                && isZero(old.gracePeriodSeconds())
                && !resource.strategy().staysWhileDeleting(updated)) {
            return finish(resource, context, updated, current);
        }
        if (context.dryRun()) {
            return new Answer(200, updated);
        }
        byte[] bytes = core.form().bytes(updated, resource);
        if (isSame(bytes, resource, updated, live, current)) {
            return new Answer(200, live, resource.shown(Reads.object(current)));
        }
        long revision = core.store().put(current.key(), bytes, current.revision());
        ObjectNode answer = StoredForm.answer(updated, revision);
        core.written(resource, Operation.UPDATE, answer, context, revision);
        SplicedObject stored = new SplicedObject(current.key(), revision, bytes);
        return new Answer(200, answer, resource.shown(stored));
    }

    private boolean isSame(byte[] bytes, Resource resource, ObjectNode updated, ObjectNode live, Stored current) {
        if (Arrays.equals(bytes, current.value())) {
            return true;
        }
        if (bytes.length != current.value().length || !FieldTimes.differInTimesOnly(updated, live)) {
            return false;
        }
        ObjectNode copy = updated.deepCopy();
        FieldTimes.take(copy, live);
        return Arrays.equals(core.form().bytes(copy, resource), current.value());
    }

    /// The last finalizer is gone from an object that is being deleted: so is the object.
    private Answer finish(Resource resource, Context context, ObjectNode updated, Stored current) {
        if (!context.dryRun()) {
            long revision = core.store().delete(current.key(), current.revision());
            core.written(resource, Operation.DELETE, updated, context, revision);
        }
        return new Answer(200, updated);
    }

    private static boolean isZero(@Nullable Long seconds) {
        return seconds == null || seconds == 0;
    }

    private static ApiFailure foreignUid(Resource resource, Call call, String key, String expected, String actual) {
        return Failures.conflict(
                resource.name(),
                call.name(),
                "StorageError: invalid object, Code: 4, Key: " + key + ", ResourceVersion: 0, AdditionalErrorMsg: "
                        + "Precondition failed: UID in precondition: " + expected + ", UID in object meta: " + actual);
    }
}
