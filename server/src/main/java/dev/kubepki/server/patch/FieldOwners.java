package dev.kubepki.server.patch;

import dev.kubepki.api.codec.DecodeFailure;
import dev.kubepki.api.codec.JsonCodec;
import dev.kubepki.api.codec.UnknownFields;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.kind.GroupVersionKind;
import dev.kubepki.api.schema.MessageType;
import dev.kubepki.api.schema.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Keeps metadata.managedFields: which manager owns which fields of an object.
public final class FieldOwners {
    /// How long a manager's name may be, in bytes of UTF-8.
    public static final int MAX_NAME = 128;

    private static final String UNKNOWN = "unknown";
    private static final String BEFORE_FIRST_APPLY = "before-first-apply";
    static final FieldSet METADATA = FieldSet.ofPaths(List.of("metadata"));
    /// What the server itself keeps, and nobody owns.
    static final FieldSet UNTRACKED = FieldSet.ofPaths(List.of(
            "apiVersion",
            "kind",
            "metadata.name",
            "metadata.namespace",
            "metadata.creationTimestamp",
            "metadata.selfLink",
            "metadata.uid",
            "metadata.clusterName",
            "metadata.generation",
            "metadata.managedFields",
            "metadata.resourceVersion"));

    private final Schema schema;
    private final Shapes shapes;
    private final JsonCodec json;

    /// For the kinds of a schema.
    public FieldOwners(Schema schema) {
        this.schema = schema;
        this.shapes = new Shapes(schema);
        this.json = new JsonCodec(schema);
    }

    /// A write.
    ///
    /// @param manager who writes; see [#managerOf]
    /// @param subresource empty for the main resource
    /// @param kind in the version in which the objects are
    /// @param resetFields places that the endpoint resets: `spec`, `status.conditions`
    /// @param now the time of the write
    public record Write(
            String manager, String subresource, GroupVersionKind kind, Set<String> resetFields, Instant now) {
        String apiVersion() {
            return kind.groupVersion().toString();
        }

        String time() {
            return now.truncatedTo(ChronoUnit.SECONDS).toString();
        }

        Write by(String other) {
            return new Write(other, subresource, kind, resetFields, now);
        }

        Owner.Key updater() {
            return Owner.Key.update(manager.isEmpty() ? UNKNOWN : manager, apiVersion(), subresource);
        }

        Owner.Key applier() {
            return Owner.Key.apply(manager.isEmpty() ? UNKNOWN : manager, subresource);
        }

        FieldSet reset() {
            return FieldSet.ofPaths(resetFields);
        }
    }

    /// The name of a manager: the one that the request gives, or what its User-Agent begins with.
    public static String managerOf(String fieldManager, String userAgent) {
        if (!fieldManager.isEmpty()) {
            return fieldManager;
        }
        int slash = userAgent.indexOf('/');
        StringBuilder name = new StringBuilder();
        int bytes = 0;
        String product = slash < 0 ? userAgent : userAgent.substring(0, slash);
        for (int i = 0; i < product.length(); i += Character.charCount(product.codePointAt(i))) {
            int point = product.codePointAt(i);
            if (!GoText.isPrintable(point)) {
                continue;
            }
            bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (bytes > MAX_NAME) {
                break;
            }
            name.appendCodePoint(point);
        }
        return name.toString();
    }

    /// Sets the owners in an object that was created, replaced or patched: what is new in it has the manager as owner.
    /// An object that nobody owns anything of is not tracked until something is applied to it.
    ///
    /// @param live what is stored, in the same version; null on create
    /// @param updated what will be stored; it is changed
    public ObjectNode update(@Nullable ObjectNode live, ObjectNode updated, Write write) {
        Owners owners = sent(live, updated, write);
        if (live == null || !owners.isEmpty()) {
            change(owners, live, updated, write);
            owners.limitUpdaters();
        }
        owners.encodeInto(updated);
        return updated;
    }

    /// What the request says about owners, if it says something that can be read, or else what is stored.
    private static Owners sent(@Nullable ObjectNode live, ObjectNode updated, Write write) {
        JsonNode stored = Owners.of(live);
        JsonNode sent = Owners.of(updated);
        if (write.subresource().isEmpty() && sent != null && !sent.equals(stored)) {
            if (isReset(sent)) {
                return new Owners();
            }
            Owners owners = decodeOrNone(sent, true);
            if (!owners.isEmpty()) {
                return owners;
            }
        }
        return decodeOrNone(stored, false);
    }

    private static Owners decodeOrNone(@Nullable JsonNode list, boolean foreign) {
        try {
            return Owners.decode(list, foreign);
        } catch (IllegalArgumentException e) {
            return new Owners();
        }
    }

    /// An empty list, or one of an empty entry, asks to forget all owners.
    private static boolean isReset(JsonNode sent) {
        return sent instanceof ArrayNode list && (list.isEmpty() || (list.size() == 1 && isBlank(list.get(0))));
    }

    private static boolean isBlank(JsonNode entry) {
        if (!entry.isObject()) {
            return false;
        }
        for (Map.Entry<String, JsonNode> member : entry.properties()) {
            JsonNode value = member.getValue();
            if (!value.isNull() && !(value.isString() && value.stringValue().isEmpty())) {
                return false;
            }
        }
        return true;
    }

    /// Gives what differs to the manager of the write, and takes it from all others.
    private void change(Owners owners, @Nullable ObjectNode before, ObjectNode after, Write write) {
        forgetVersions(owners, write);
        Shape shape = shapes.of(write.kind());
        Comparison comparison = Comparison.ofNormal(shape, before, after, UNTRACKED.union(write.reset()));
        owners.release(comparison.changed());
        FieldSet set = comparison.set().difference(METADATA);
        if (!set.isEmpty()) {
            owners.grant(write.updater(), write.apiVersion(), set, write.time());
        }
    }

    /// Places of versions that are no longer known can't be told from others.
    private void forgetVersions(Owners owners, Write write) {
        String current = write.apiVersion();
        owners.removeIf(
                owner -> !owner.apiVersion().equals(current) && !shapes.knows(write.kind(), owner.apiVersion()));
    }

    /// The object with a configuration applied to it, and its owners in it. What the configuration names belongs to the
    /// manager, what it named before and does not now goes away if nobody else owns it.
    ///
    /// @param live what is stored, in the same version; null when there is nothing
    /// @param configuration as it was sent
    /// @param force whether fields are taken from their owners
    /// @throws dev.kubepki.api.failure.ApiFailure 409 when others own what it changes, 400 or 500 for what is not
    ///     fit to be applied
    public ObjectNode apply(@Nullable ObjectNode live, ObjectNode configuration, Write write, boolean force) {
        checkKind(configuration, write);
        Owners owners = stored(live);
        if (owners.isEmpty()) {
            change(owners, null, live == null ? configuration.objectNode() : live, write.by(BEFORE_FIRST_APPLY));
            owners.limitUpdaters();
        }
        if (configuration.path("metadata").path(Owners.FIELD).isArray()) {
            throw Failures.badRequest("metadata.managedFields must be nil");
        }
        Shape shape = shapes.of(write.kind());
        String errors = ShapeErrors.of(shape, configuration);
        if (!errors.isEmpty()) {
            throw Failures.raw(
                    "failed to create typed patch object (" + subject(configuration, write) + "): " + errors);
        }
        forgetVersions(owners, write);
        ObjectNode normal = Normal.of(shape, live);
        Owners.removeFrom(normal);
        Application application =
                new Application(shape, normal, configuration, write.applier(), write.apiVersion(), write.reset());
        Application.Outcome outcome = outcome(application, owners, force, write);
        ObjectNode changed = outcome.object();
        ObjectNode object = changed != null ? typed(changed, configuration, write) : unchanged(live, configuration);
        if (write.manager().equals(LastApplied.KUBECTL)) {
            LastApplied.renew(object, configuration);
        }
        outcome.owners().encodeInto(object);
        return object;
    }

    private static ObjectNode unchanged(@Nullable ObjectNode live, ObjectNode configuration) {
        return live == null ? configuration.deepCopy() : live.deepCopy();
    }

    /// What was merged, as an object of its kind: without nulls and empty values that are left out.
    private ObjectNode typed(ObjectNode merged, ObjectNode configuration, Write write) {
        MessageType type = schema.of(write.kind());
        if (type == null) {
            return merged;
        }
        ObjectNode object = merged.objectNode();
        for (String name : List.of("kind", "apiVersion")) {
            object.set(name, merged.remove(name));
        }
        try {
            return object.setAll(json.read(json.write(merged, null), type, UnknownFields.DROP)
                    .tree());
        } catch (DecodeFailure e) {
            throw Failures.raw("failed to convert new object (" + subject(configuration, write)
                    + ") to proper version: " + e.text());
        }
    }

    private static void checkKind(ObjectNode configuration, Write write) {
        String apiVersion = configuration.path("apiVersion").asString("");
        String kind = configuration.path("kind").asString("");
        if (!apiVersion.equals(write.apiVersion()) || !kind.equals(write.kind().kind())) {
            throw Failures.badRequest(
                    "invalid object type: " + gvk(GroupVersion.parse(apiVersion).kind(kind)));
        }
    }

    /// As Go prints it: the slash is there in the core group too.
    private static String gvk(GroupVersionKind kind) {
        return kind.group() + "/" + kind.version() + ", Kind=" + kind.kind();
    }

    private static String subject(ObjectNode configuration, Write write) {
        JsonNode metadata = configuration.path("metadata");
        return metadata.path("namespace").asString("") + "/"
                + metadata.path("name").asString("") + "; " + gvk(write.kind());
    }

    private static Owners stored(@Nullable ObjectNode live) {
        try {
            return Owners.decode(Owners.of(live), false);
        } catch (IllegalArgumentException e) {
            throw Failures.raw("failed to decode managed fields: " + e.getMessage());
        }
    }

    private Application.Outcome outcome(Application application, Owners owners, boolean force, Write write) {
        try {
            return application.run(owners.copy(), force, write.time());
        } catch (Application.Conflicted conflicted) {
            List<Application.Conflict> conflicts = conflicted.conflicts();
            if (!write.manager().equals(LastApplied.KUBECTL)) {
                throw Application.failure(conflicts);
            }
            FieldSet own =
                    LastApplied.untouched(json, application.shape(), application.live(), application.apiVersion());
            List<Application.Conflict> foreign = conflicts.stream()
                    .filter(conflict -> !own.contains(conflict.path()))
                    .toList();
            if (!foreign.isEmpty()) {
                throw Application.failure(foreign);
            }
            return application.run(owners, true, write.time());
        }
    }
}
