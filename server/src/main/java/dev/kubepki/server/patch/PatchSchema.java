package dev.kubepki.server.patch;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.failure.Rendering;
import dev.kubepki.api.schema.Field;
import dev.kubepki.api.schema.FieldType;
import dev.kubepki.api.schema.MessageType;
import dev.kubepki.api.schema.ScalarType;
import dev.kubepki.api.schema.Schema;
import org.jspecify.annotations.Nullable;

/// Where a strategic merge stands in the schema.
///
/// @param schema of all messages
/// @param message whose fields are merged; null where there are no fields
/// @param goKind Go's word for the type
/// @param known whether fields are known at all; where not, maps are merged and lists replaced
record PatchSchema(Schema schema, @Nullable MessageType message, String goKind, boolean known) {
    /// What a field's value is merged by.
    ///
    /// @param inner the schema inside the value, or inside each of its elements
    /// @param merges whether a list is merged and not replaced
    /// @param mergeKey by which elements that are objects are found; empty for lists of scalars
    record Lookup(PatchSchema inner, boolean merges, String mergeKey) {}

    static PatchSchema of(Schema schema, @Nullable MessageType message) {
        return new PatchSchema(schema, message, "struct", message != null);
    }

    /// The schema of a field that holds an object.
    Lookup object(String name) {
        if (!known) {
            return new Lookup(this, false, "");
        }
        Field field = find(name);
        return new Lookup(inner(field, field.shape()), field.merges(), key(field));
    }

    /// The schema of the elements of a field that holds a list.
    Lookup list(String name) {
        if (!known) {
            return new Lookup(this, false, "");
        }
        Field field = find(name);
        if (field.shape() != Field.Shape.LIST) {
            throw Failures.raw("expected slice or array type, but got: " + goKind);
        }
        return new Lookup(inner(field, Field.Shape.SINGLE), field.merges(), key(field));
    }

    private static String key(Field field) {
        String key = field.mergeKey();
        return key == null ? "" : key;
    }

    private Field find(String name) {
        MessageType type = message;
        if (type == null) {
            throw Failures.raw("merging an object in json but data type is not struct, instead is: " + goKind);
        }
        Field field = type.field(name);
        if (field == null) {
            String struct = type.name().substring(type.name().lastIndexOf('.') + 1);
            throw Failures.raw(
                    "unable to find api field in struct " + struct + " for the json field " + Rendering.quote(name));
        }
        return field;
    }

    private PatchSchema inner(Field field, Field.Shape shape) {
        if (shape != Field.Shape.SINGLE) {
            return new PatchSchema(schema, null, shape == Field.Shape.MAP ? "map" : "slice", true);
        }
        return switch (field.type()) {
            case FieldType.Message type -> new PatchSchema(schema, schema.message(type), "struct", true);
            case FieldType.Scalar scalar ->
                scalar.type() == ScalarType.RAW
                        ? new PatchSchema(schema, null, "struct", false)
                        : new PatchSchema(schema, null, "string", true);
        };
    }
}
