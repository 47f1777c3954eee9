package dev.kubepki.server.registry;

import dev.kubepki.api.failure.FieldError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What is particular to one kind. The registry does what is common to all: metadata, preconditions, managed fields,
/// dry runs, finalizers; it calls a strategy in the order of the methods here.
///
/// Objects are private trees that a method may change where it says so. The default of each method fits a kind without
/// rules.
public interface Strategy {
    /// Fills in the defaults of a version, on each decoded body and patched object, before anything looks at it.
    default void defaults(ObjectNode object, String version) {}

    /// Changes a new object before its validation: wipes what a client may not set, stamps the caller.
    default void prepareForCreate(ObjectNode object, Context context) {}

    /// What is wrong with a new object, after its metadata was judged.
    default List<FieldError> validate(ObjectNode object, Context context) {
        return List.of();
    }

    /// What is wrong with a name; `generateName` was resolved before. The path-segment rule is common to all.
    default List<FieldError> validateName(String name, String field) {
        return List.of();
    }

    /// Runs only when all before was right: faults that the API reports late.
    default List<FieldError> validateLate(ObjectNode object, Context context) {
        return List.of();
    }

    /// Changes an updated object before its validation: takes back what this endpoint may not change.
    default void prepareForUpdate(ObjectNode updated, ObjectNode old, Context context) {}

    /// What is wrong with an update.
    default List<FieldError> validateUpdate(ObjectNode updated, ObjectNode old, Context context) {
        return List.of();
    }

    /// Admission before validation: may change the object.
    ///
    /// @throws dev.kubepki.api.failure.ApiFailure 403 when it is not admitted
    default void mutate(Operation operation, ObjectNode object, @Nullable ObjectNode old, Context context) {}

    /// Admission after validation.
    ///
    /// @param object null on DELETE
    /// @param old null on CREATE
    /// @throws dev.kubepki.api.failure.ApiFailure 403 when it is not admitted
    default void admit(Operation operation, @Nullable ObjectNode object, @Nullable ObjectNode old, Context context) {}

    /// Paths (`spec`, `status.conditions`) that an endpoint resets and whose owners are therefore not tracked.
    default Set<String> resetFields(String subresource) {
        return Set.of();
    }

    /// The values by which field selectors choose, besides metadata.name and metadata.namespace.
    default Map<String, String> selectableFields(ObjectNode object) {
        return Map.of();
    }

    /// The labels that field selectors may name, besides metadata.name (and metadata.namespace of namespaced kinds).
    default Set<String> fieldLabels() {
        return Set.of();
    }

    /// Whether the kind words unknown field labels by itself: `field label not supported: x`.
    default boolean ownFieldLabels() {
        return false;
    }

    /// Whether an object must stay, marked as being deleted, though no finalizer of its metadata holds it; may change
    /// the object, as a namespace's phase.
    default boolean staysWhileDeleting(ObjectNode object) {
        return false;
    }

    /// Called after a write was stored, for what follows from it; never for dry runs.
    default void stored(Operation operation, ObjectNode object, Context context) {}

    /// What is done to an object.
    enum Operation {
        CREATE,
        UPDATE,
        DELETE
    }
}
