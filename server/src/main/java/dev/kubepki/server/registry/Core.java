package dev.kubepki.server.registry;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.server.auth.Authorizer;
import dev.kubepki.server.patch.FieldOwners;
import dev.kubepki.server.registry.Strategy.Operation;
import dev.kubepki.server.store.Store;
import dev.kubepki.server.store.StoreFailure;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/// What all operations share.
///
/// @param random for names
/// @param objects other objects, as strategies ask for them
/// @param namespaces which namespaces take new objects
/// @param feed the store's changes
/// @param form how objects are stored
/// @param owners keeps who manages which fields
record Core(
        Store store,
        Clock clock,
        RandomGenerator random,
        Uids uids,
        Authorizer authorizer,
        Context.Objects objects,
        Namespaces namespaces,
        Feed feed,
        StoredForm form,
        FieldOwners owners) {

    /// Now, in whole seconds, as metadata shows times.
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    Context context(Call call, boolean dryRun) {
        return new Context(call, clock.instant(), authorizer, objects, dryRun);
    }

    /// A write, as the owners of fields see it.
    FieldOwners.Write write(Resource resource, Call call, Options.Write options) {
        return new FieldOwners.Write(
                FieldOwners.managerOf(options.fieldManager(), call.userAgent()),
                call.subresource(),
                call.gvk(),
                resource.strategy().resetFields(call.subresource()),
                clock.instant());
    }

    /// Ends a write: nobody inside the server who follows the kind lags behind its answer.
    void written(Resource resource, Operation operation, ObjectNode object, Context context, long revision) {
        if (feed.topic(resource).isFollowed()) {
            feed.awaitTold(revision);
        }
        resource.strategy().stored(operation, object, context);
    }

    /// What the API says of a store that could not do it.
    static ApiFailure failure(StoreFailure failure) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure.reason()) {
            case FULL, UNAVAILABLE -> Failures.serviceUnavailable(message, 1);
            case COMPACTED -> Failures.expired("The resourceVersion for the provided list is too old.");
            case CONFLICT, FUTURE, CORRUPT -> Failures.internal(message);
        };
    }
}
