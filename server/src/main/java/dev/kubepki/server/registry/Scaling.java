package dev.kubepki.server.registry;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.server.patch.FieldOwners;
import dev.kubepki.server.patch.JsonPatch;
import dev.kubepki.server.patch.MergePatch;
import dev.kubepki.server.store.Store.Stored;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The `scale` endpoint: replicas are read and written, and nothing else of the object.
final class Scaling {
    private final Core core;
    private final Updates updates;

    Scaling(Core core, Updates updates) {
        this.core = core;
        this.updates = updates;
    }

    /// GET.
    StoredObject get(Resource resource, Call call) {
        Stored stored = core.store()
                .get(resource.key(call.namespace(), call.name()))
                .orElseThrow(() -> Failures.notFound(resource.name(), call.name()));
        ObjectNode scaled = core.form().tree(stored, resource, call.version());
        return new Scale(stored.key(), stored.revision(), Scale.of(scaled));
    }

    /// PUT.
    Answer update(Resource resource, Call call, Body body, Options.Write options) {
        OptionRules.write(options);
        Incoming.strict(body, options, call);
        ObjectNode scale = body.object();
        Incoming.namespace(Metadata.of(scale), call);
        Incoming.name(Metadata.of(scale), call);
        return change(resource, call, options, Metadata.of(scale).uid(), view -> scale);
    }

    /// PATCH.
    Answer patch(Resource resource, Call call, String type, Patching.Sent sent, Options.Write options) {
        OptionRules.patch(options, type);
        return change(resource, call, options, "", view -> switch (type) {
            case Patching.JSON_PATCH -> JsonPatch.apply(view, sent.patch());
            // A Scale has no lists: both ways come to the same.
            case Patching.MERGE, Patching.STRATEGIC -> MergePatch.apply(view, sent.patch());
            default -> throw Failures.unsupportedPatchType();
        });
    }

    /// Makes the Scale that is asked for from the one there is.
    private interface Asked {
        ObjectNode of(ObjectNode view);
    }

    private Answer change(Resource resource, Call call, Options.Write options, String uid, Asked asked) {
        FieldOwners.Write write = core.write(resource, call, options);
        Updates.Change change = new Updates.Change() {
            @Override
            public ObjectNode apply(@Nullable ObjectNode live) {
                if (live == null) {
                    throw Failures.notFound(resource.name(), call.name());
                }
                ObjectNode scale = asked.of(Scale.of(live));
                Incoming.name(Metadata.of(scale), call);
                return core.owners().update(live, Scale.apply(live.deepCopy(), scale, call), write);
            }

            @Override
            public String uid() {
                return uid;
            }
        };
        Answer answer = updates.apply(resource, core.context(call, OptionRules.isDryRun(options.dryRun())), change);
        return new Answer(answer.code(), Scale.of(answer.object()));
    }
}
