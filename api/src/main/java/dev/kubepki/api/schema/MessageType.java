package dev.kubepki.api.schema;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message: its full name, as in the published protobuf files, and its fields in the order in which JSON shows them.
public final class MessageType {
    private final String name;
    private final Map<String, Field> byName = new LinkedHashMap<>();
    private final Map<Integer, Field> byNumber = new LinkedHashMap<>();

    /// A message of these fields.
    public MessageType(String name, List<Field> fields) {
        this.name = name;
        for (Field field : fields) {
            byName.put(field.name(), field);
            byNumber.put(field.number(), field);
        }
    }

    /// Such as `k8s.io.api.certificates.v1.CertificateSigningRequestSpec`.
    public String name() {
        return name;
    }

    /// In order.
    public Collection<Field> fields() {
        return byName.values();
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
