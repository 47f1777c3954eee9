package dev.kubepki.api.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message: its full name, as in the published protobuf files, and its fields in the order in which JSON shows them.
public final class MessageType {
    private final String name;
    private final Map<String, Field> byName = new LinkedHashMap<>();
    private final Map<Integer, Field> byNumber = new HashMap<>();
    private final List<Field> numbered;
    private final List<Field> required;
    private final boolean union;
    private final boolean kind;

    /// A message of these fields.
    public MessageType(String name, List<Field> fields) {
        this(name, fields, fields, false, false);
    }

    /// A message of these fields, of which inline ones are shown in JSON as theirs.
    ///
    /// @param own with protobuf numbers
    /// @param flat with JSON names
    /// @param union whether the message is shown in JSON as the value of its one field that is set
    /// @param kind whether the message is a kind
    MessageType(String name, List<Field> own, List<Field> flat, boolean union, boolean kind) {
        this.name = name;
        this.union = union;
        this.kind = kind;
        List<Field> sorted = new ArrayList<>(own);
        sorted.sort(Comparator.comparingInt(Field::number));
        this.numbered = List.copyOf(sorted);
        for (Field field : own) {
            byNumber.put(field.number(), field);
        }
        for (Field field : flat) {
            byName.put(field.name(), field);
        }
        this.required = flat.stream().filter(Field::required).toList();
    }

    /// Such as `k8s.io.api.certificates.v1.CertificateSigningRequestSpec`.
    public String name() {
        return name;
    }

    /// As JSON shows them, in order: the fields of an inline message stand here, and not the message.
    public Collection<Field> fields() {
        return byName.values();
    }

    /// By protobuf number, in order; inline messages are fields here.
    public List<Field> numbered() {
        return numbered;
    }

    /// Those of [#fields()] that are written even when they are empty.
    public List<Field> required() {
        return required;
    }

    /// Whether JSON shows it as the value of the one field that is set: text, object, list, or a boolean.
    public boolean union() {
        return union;
    }

    /// Whether it is a kind, and in JSON has `kind` and `apiVersion` before its fields.
    public boolean kind() {
        return kind;
    }

    /// By JSON name; null when there is none.
    public @Nullable Field field(String jsonName) {
        return byName.get(jsonName);
    }

    /// By protobuf number; null when there is none.
    public @Nullable Field field(int number) {
        return byNumber.get(number);
    }
}
