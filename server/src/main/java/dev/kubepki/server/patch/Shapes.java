package dev.kubepki.server.patch;

import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.kind.GroupVersionKind;
import dev.kubepki.api.schema.Field;
import dev.kubepki.api.schema.Field.ListType;
import dev.kubepki.api.schema.FieldType;
import dev.kubepki.api.schema.MessageType;
import dev.kubepki.api.schema.ScalarType;
import dev.kubepki.api.schema.Schema;
import dev.kubepki.server.patch.Shape.Kind;
import dev.kubepki.server.patch.Shape.Member;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The shapes of all messages, each made when it is first met.
final class Shapes {
    static final Shape OPAQUE = new Shape.Opaque();
    private static final Shape DEDUCED = new Shape.Deduced();

    private final Schema schema;
    private final Map<String, Map<String, Member>> members = new ConcurrentHashMap<>();
    private final Map<GroupVersionKind, Shape> roots = new ConcurrentHashMap<>();

    Shapes(Schema schema) {
        this.schema = schema;
    }

    /// The shape of a kind's objects.
    Shape of(GroupVersionKind kind) {
        Shape known = roots.get(kind);
        return known != null ? known : roots.computeIfAbsent(kind, this::root);
    }

    /// Whether objects of the kind have such a version; of a kind without known fields every version may be one.
    boolean knows(GroupVersionKind kind, String apiVersion) {
        return of(kind) instanceof Shape.Deduced
                || schema.of(GroupVersion.parse(apiVersion).kind(kind.kind())) != null;
    }

    private Shape root(GroupVersionKind kind) {
        MessageType type = schema.of(kind);
        if (type == null) {
            return DEDUCED;
        }
        Map<String, Member> all = new LinkedHashMap<>();
        for (String name : List.of("kind", "apiVersion")) {
            all.put(name, new Member(name, new Shape.Scalar(Kind.TEXT), false, false));
        }
        all.putAll(members(type.name()));
        return new Shape.Struct(() -> all, false);
    }

    private Shape struct(String message, boolean atomic) {
        return new Shape.Struct(() -> members(message), atomic);
    }

    private Map<String, Member> members(String message) {
        Map<String, Member> known = members.get(message);
        if (known == null) {
            known = new LinkedHashMap<>();
            for (Field field : schema.message(message).fields()) {
                known.put(field.name(), member(field));
            }
            members.put(message, known);
        }
        return known;
    }

    private Member member(Field field) {
        return new Member(field.name(), shape(field), field.required(), field.pointer());
    }

    private Shape shape(Field field) {
        return switch (field.shape()) {
            case SINGLE -> element(field.type(), field.atomic());
            case MAP -> new Shape.Table(element(field.type(), false), field.atomic());
            case LIST -> new Shape.Sequence(element(field.type(), field.atomic()), field.listType(), field.listKeys());
        };
    }

    private Shape element(FieldType type, boolean atomic) {
        return switch (type) {
            case FieldType.Message message -> schema.message(message).union() ? OPAQUE : struct(message.name(), atomic);
            case FieldType.Scalar scalar -> scalar(scalar.type());
        };
    }

    private static Shape scalar(ScalarType type) {
        return switch (type) {
            case STRING, DURATION -> new Shape.Scalar(Kind.TEXT);
            case BYTES, TIME, MICRO_TIME -> new Shape.Scalar(Kind.DATA);
            case BOOL -> new Shape.Scalar(Kind.TRUTH);
            case INT32, INT64, DOUBLE -> new Shape.Scalar(Kind.NUMBER);
            case QUANTITY, INT_OR_STRING -> new Shape.Scalar(Kind.ANY);
            case STRINGS -> new Shape.Sequence(new Shape.Scalar(Kind.TEXT), ListType.ATOMIC, List.of());
            case RAW, FIELDS_V1 -> OPAQUE;
        };
    }
}
