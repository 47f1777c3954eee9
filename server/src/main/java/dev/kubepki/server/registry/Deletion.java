package dev.kubepki.server.registry;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.failure.StatusObject;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.Kind.Trait;
import dev.kubepki.server.registry.Strategy.Operation;
import dev.kubepki.server.store.Store.Stored;
import dev.kubepki.server.store.StoreFailure;
import dev.kubepki.server.store.StoreFailure.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Removes an object, or marks it as being deleted while finalizers hold it.
final class Deletion {
    private static final String ORPHAN = "orphan";
    private static final String FOREGROUND = "foregroundDeletion";

    private final Core core;

    Deletion(Core core) {
        this.core = core;
    }

    /// DELETE of a name.
    Answer delete(Resource resource, Call call, Options.Delete options) {
        OptionRules.delete(options);
        Context context = core.context(call, OptionRules.isDryRun(options.dryRun()));
        String key = resource.key(call.namespace(), call.name());
        while (true) {
            Optional<Stored> current = core.store().get(key);
            if (current.isEmpty()) {
                throw Failures.notFound(resource.name(), call.name());
            }
            try {
                return delete(resource, context, options, current.get());
            } catch (StoreFailure failure) {
                if (failure.reason() != Reason.CONFLICT) {
                    throw failure;
                }
            }
        }
    }

    private Answer delete(Resource resource, Context context, Options.Delete options, Stored current) {
        ObjectNode live = core.form().tree(current, resource, context.call().version());
        Metadata metadata = Metadata.of(live);
        preconditions(resource, metadata, options);
        resource.strategy().admit(Operation.DELETE, null, live, context);
        ObjectNode marked = live.deepCopy();
        Metadata next = Metadata.of(marked);
        next.finalizers(finalizers(next, options));
        boolean stays = resource.strategy().staysWhileDeleting(marked);
        if (!next.finalizers().isEmpty() || stays) {
            return mark(resource, context, options, marked, live, current);
        }
        if (!context.dryRun()) {
            long revision = core.store().delete(current.key(), current.revision());
            metadata.node().put("resourceVersion", Long.toString(revision));
            core.written(resource, Operation.DELETE, live, context, revision);
        }
        return new Answer(200, resource.has(Trait.RETURN_DELETED) ? live : status(resource.kind(), metadata));
    }

    private static ObjectNode status(Kind kind, Metadata metadata) {
        return StatusObject.deleted(metadata.name(), kind.group(), kind.plural(), metadata.uid());
    }

    private static void preconditions(Resource resource, Metadata metadata, Options.Delete options) {
        String uid = options.preconditionUid();
        if (!uid.isEmpty() && !uid.equals(metadata.uid())) {
            String text = "the UID in the precondition (" + uid + ") does not match the UID in record ("
                    + metadata.uid() + "). The object might have been deleted and then recreated";
            throw Failures.conflict(resource.qualifiedKind(), metadata.name(), text);
        }
        String version = options.preconditionResourceVersion();
        if (!version.isEmpty() && !version.equals(metadata.resourceVersion())) {
            String text = "the ResourceVersion in the precondition (" + version
                    + ") does not match the ResourceVersion in record (" + metadata.resourceVersion()
                    + "). The object might have been modified";
            throw Failures.conflict(resource.qualifiedKind(), metadata.name(), text);
        }
    }

    /// The finalizers that the options leave, with those that a garbage collector answers for at the end.
    private static List<String> finalizers(Metadata metadata, Options.Delete options) {
        List<String> before = metadata.finalizers();
        List<String> after = new ArrayList<>(before);
        after.removeIf(finalizer -> finalizer.equals(ORPHAN) || finalizer.equals(FOREGROUND));
        boolean chosen = options.orphanDependents() != null
                || !options.propagationPolicy().isEmpty();
        boolean orphan = chosen
                ? Boolean.TRUE.equals(options.orphanDependents())
                        || options.propagationPolicy().equals("Orphan")
                : before.contains(ORPHAN);
        boolean foreground =
                chosen ? options.propagationPolicy().equals("Foreground") : !orphan && before.contains(FOREGROUND);
        if (orphan) {
            after.add(ORPHAN);
        }
        if (foreground) {
            after.add(FOREGROUND);
        }
        return new HashSet<>(before).equals(new HashSet<>(after)) ? before : after;
    }

    private Answer mark(
            Resource resource,
            Context context,
            Options.Delete options,
            ObjectNode marked,
            ObjectNode live,
            Stored current) {
        int code = Boolean.FALSE.equals(options.orphanDependents()) ? 202 : 200;
        Metadata metadata = Metadata.of(marked);
        if (!metadata.isDeleting()) {
            metadata.text("deletionTimestamp", core.now().toString());
            if (metadata.generation() > 0) {
                metadata.node().put("generation", metadata.generation() + 1);
            }
        }
        if (!metadata.finalizers().isEmpty()) {
            metadata.node().put("deletionGracePeriodSeconds", 0);
        }
        if (Trees.same(marked, live)) {
            return new Answer(code, live);
        }
        if (context.dryRun()) {
            return new Answer(code, marked);
        }
        long revision = core.store().put(current.key(), core.form().bytes(marked, resource), current.revision());
        ObjectNode answer = StoredForm.answer(marked, revision);
        core.written(resource, Operation.UPDATE, answer, context, revision);
        return new Answer(code, answer);
    }
}
