package dev.kubepki.server.patch;

import dev.kubepki.api.failure.Rendering;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One entry of metadata.managedFields: who owns what.
///
/// @param key who
/// @param apiVersion in which the places were written
/// @param time of the last write; null when none is known
/// @param encoded the entry as it stands; null when it was changed
/// @param changed what it owns, when it was changed
record Owner(
        Key key,
        String apiVersion,
        @Nullable String time,
        @Nullable ObjectNode encoded,
        @Nullable FieldSet changed) {
    static final String APPLY = "Apply";
    static final String UPDATE = "Update";

    /// The order in which entries stand in an object.
    static final Comparator<Owner> ORDER = Comparator.<Owner, String>comparing(owner -> owner.key.operation)
            .thenComparingLong(Owner::seconds)
            .thenComparing(owner -> owner.key.manager, Values::compareTexts)
            .thenComparing(Owner::apiVersion, Values::compareTexts)
            .thenComparing(owner -> owner.key.subresource, Values::compareTexts);

    /// Who: who applies does so in whatever version, who updates has an entry for each.
    ///
    /// @param apiVersion empty for who applies
    record Key(String manager, String operation, String apiVersion, String subresource) {
        static Key apply(String manager, String subresource) {
            return new Key(manager, APPLY, "", subresource);
        }

        static Key update(String manager, String apiVersion, String subresource) {
            return new Key(manager, UPDATE, apiVersion, subresource);
        }

        boolean applies() {
            return operation.equals(APPLY);
        }

        /// As it stands in messages.
        @Override
        public String toString() {
            String name = Rendering.quote(manager);
            if (!subresource.isEmpty()) {
                name += " with subresource " + Rendering.quote(subresource);
            }
            return applies() ? name : name + " using " + apiVersion;
        }
    }

    /// @throws IllegalArgumentException for what is no entry
    static Owner decode(JsonNode entry, int place) {
        if (!(entry instanceof ObjectNode object)) {
            throw new IllegalArgumentException("managed fields entry " + place + " is no object");
        }
        String operation = text(object, "operation");
        String apiVersion = text(object, "apiVersion");
        String type = text(object, "fieldsType");
        if (!operation.equals(APPLY) && !operation.equals(UPDATE)) {
            throw new IllegalArgumentException("operation must be `Apply` or `Update`");
        }
        if (apiVersion.isEmpty()) {
            throw new IllegalArgumentException("apiVersion must not be empty");
        }
        if (type.isEmpty()) {
            throw new IllegalArgumentException("missing fieldsType in managed fields entry " + place);
        }
        if (!type.equals("FieldsV1")) {
            throw new IllegalArgumentException(
                    "invalid fieldsType " + Rendering.quote(type) + " in managed fields entry " + place);
        }
        String versionOfKey = operation.equals(APPLY) ? "" : apiVersion;
        Key key = new Key(text(object, "manager"), operation, versionOfKey, text(object, "subresource"));
        String time = text(object, "time");
        return new Owner(key, apiVersion, time.isEmpty() ? null : time, object, null);
    }

    private static String text(ObjectNode entry, String name) {
        JsonNode value = entry.get(name);
        return value == null || !value.isString() ? "" : value.stringValue();
    }

    /// What it owns.
    ///
    /// @throws IllegalArgumentException when the entry can't be read
    FieldSet fields() {
        if (changed != null) {
            return changed;
        }
        JsonNode fields = encoded == null ? null : encoded.get("fieldsV1");
        return fields == null ? FieldSet.EMPTY : FieldSet.parse(fields);
    }

    /// The same with other fields.
    Owner with(FieldSet fields) {
        return new Owner(key, apiVersion, time, null, fields);
    }

    /// Whether it owns one of the places; only of an entry that stands as this program writes it.
    boolean touches(FieldSet places) {
        if (changed != null) {
            return !changed.intersection(places).isEmpty();
        }
        JsonNode fields = encoded == null ? null : encoded.get("fieldsV1");
        return fields != null && places.touches(fields);
    }

    ObjectNode encode() {
        if (encoded != null) {
            return encoded;
        }
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        put(entry, "manager", key.manager);
        put(entry, "operation", key.operation);
        put(entry, "apiVersion", apiVersion);
        put(entry, "time", time);
        entry.put("fieldsType", "FieldsV1");
        entry.set("fieldsV1", fields().encode());
        put(entry, "subresource", key.subresource);
        return entry;
    }

    private static void put(ObjectNode entry, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            entry.put(name, value);
        }
    }

    /// Of its time; 0 when none is known.
    long seconds() {
        if (time == null) {
            return 0;
        }
        try {
            return OffsetDateTime.parse(time).toEpochSecond();
        } catch (DateTimeParseException e) {
            return 0;
        }
    }
}
