package dev.kubepki.server.registry;

import dev.kubepki.api.codec.DecodeFailure;
import dev.kubepki.api.codec.Decoded;
import dev.kubepki.api.codec.UnknownFields;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.failure.Rendering;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.schema.MessageType;
import dev.kubepki.server.patch.FieldOwners;
import dev.kubepki.server.patch.JsonPatch;
import dev.kubepki.server.patch.MergePatch;
import dev.kubepki.server.patch.StrategicMergePatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// PATCH: four ways to say what is to be changed.
final class Patching {
    static final String JSON_PATCH = "application/json-patch+json";
    static final String MERGE = "application/merge-patch+json";
    static final String STRATEGIC = "application/strategic-merge-patch+json";

    private final Core core;
    private final Updates updates;

    Patching(Core core, Updates updates) {
        this.core = core;
        this.updates = updates;
    }

    /// A patch as it was sent.
    ///
    /// @param duplicates fields that stand twice in it, as strict decoding words them
    record Sent(JsonNode patch, List<String> duplicates) {}

    /// PATCH.
    Answer patch(Resource resource, Call call, String type, Sent sent, Options.Write options) {
        if (!List.of(JSON_PATCH, MERGE, STRATEGIC, OptionRules.APPLY).contains(type)) {
            throw Failures.unsupportedPatchType();
        }
        OptionRules.patch(options, type);
        Context context = core.context(call, OptionRules.isDryRun(options.dryRun()));
        FieldOwners.Write write = core.write(resource, call, options);
        if (type.equals(OptionRules.APPLY)) {
            return updates.apply(resource, context, new Apply(resource, call, sent, options, write));
        }
        return updates.apply(resource, context, live -> {
            if (live == null) {
                throw Failures.notFound(resource.name(), call.name());
            }
            ObjectNode patched = decoded(patched(live, type, sent.patch(), call), type, sent, call, options);
            settle(resource, call, patched);
            return core.owners().update(live, patched, write);
        });
    }

    private ObjectNode patched(ObjectNode live, String type, JsonNode patch, Call call) {
        return switch (type) {
            case JSON_PATCH -> JsonPatch.apply(live, patch);
            case MERGE -> MergePatch.apply(live, patch);
            default -> StrategicMergePatch.apply(live, patch, core.form().schema(), typeOf(call));
        };
    }

    private @Nullable MessageType typeOf(Call call) {
        return core.form().schema().of(call.gvk());
    }

    /// What every object is judged by first, once it was put together.
    private void settle(Resource resource, Call call, ObjectNode object) {
        Incoming.version(object, call);
        Metadata metadata = Metadata.of(object);
        Incoming.namespace(metadata, call);
        Incoming.name(metadata, call);
        resource.strategy().defaults(object, call.version());
    }

    /// The patched document read as an object of its kind, with what strict reading holds against it.
    private ObjectNode decoded(ObjectNode document, String type, Sent sent, Call call, Options.Write options) {
        MessageType message = typeOf(call);
        List<String> problems = new ArrayList<>(sent.duplicates());
        if (type.equals(JSON_PATCH)) {
            problems.addAll(JsonPatch.strictErrors(sent.patch()));
        }
        UnknownFields unknown = call.kind().support() == Kind.Support.KNOWN ? UnknownFields.KEEP : UnknownFields.DROP;
        ObjectNode object = document;
        if (message != null) {
            try {
                Decoded<ObjectNode> decoded = core.form().json().read(Trees.bytes(document), message, unknown);
                object = named(decoded.tree(), document);
                problems.addAll(decoded.problems());
            } catch (DecodeFailure failure) {
                throw undecodable(document, type, sent, failure.text());
            }
        }
        report(problems, document, type, sent, call, options);
        return object;
    }

    private static ObjectNode named(ObjectNode object, ObjectNode document) {
        for (String field : List.of("kind", "apiVersion")) {
            JsonNode value = document.get(field);
            if (value != null) {
                object.set(field, value);
            }
        }
        return object;
    }

    private static void report(
            List<String> problems, ObjectNode document, String type, Sent sent, Call call, Options.Write options) {
        if (problems.isEmpty() || options.fieldValidation().equals("Ignore")) {
            return;
        }
        if (options.fieldValidation().equals("Strict")) {
            throw undecodable(document, type, sent, "strict decoding error: " + String.join(", ", problems));
        }
        problems.forEach(call.warnings());
    }

    private static ApiFailure undecodable(ObjectNode document, String type, Sent sent, String why) {
        String shown = type.equals(STRATEGIC)
                ? StrategicMergePatch.print(sent.patch())
                : new String(Trees.bytes(document), StandardCharsets.UTF_8);
        return Failures.invalid(
                "", "", List.of(FieldError.of(FieldError.Type.INVALID, "patch", Rendering.quote(shown), why)));
    }

    /// Server-side apply: a configuration that its manager holds to.
    private final class Apply implements Updates.Change {
        private final Resource resource;
        private final Call call;
        private final Sent sent;
        private final Options.Write options;
        private final FieldOwners.Write write;

        Apply(Resource resource, Call call, Sent sent, Options.Write options, FieldOwners.Write write) {
            this.resource = resource;
            this.call = call;
            this.sent = sent;
            this.options = options;
            this.write = write;
        }

        @Override
        public boolean mayCreate() {
            return true;
        }

        @Override
        public ObjectNode apply(@Nullable ObjectNode live) {
            if (!(sent.patch() instanceof ObjectNode configuration)) {
                throw Failures.badRequest("error decoding YAML: the patch is no object");
            }
            boolean force = Boolean.TRUE.equals(options.force());
            ObjectNode applied = core.owners().apply(live, configuration.deepCopy(), write, force);
            duplicates();
            String uid = Metadata.of(applied).uid();
            if (live == null && !uid.isEmpty()) {
                String text =
                        "uid mismatch: the provided object specified uid " + uid + ", and no existing object was found";
                throw Failures.conflict(resource.name(), call.name(), text);
            }
            settle(resource, call, applied);
            return applied;
        }

        private void duplicates() {
            if (sent.duplicates().isEmpty() || options.fieldValidation().equals("Ignore")) {
                return;
            }
            if (options.fieldValidation().equals("Strict")) {
                throw Failures.badRequest("error strict decoding YAML: " + String.join(", ", sent.duplicates()));
            }
            sent.duplicates().forEach(call.warnings());
        }
    }
}
