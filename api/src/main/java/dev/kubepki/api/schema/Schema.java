package dev.kubepki.api.schema;

import dev.kubepki.api.kind.GroupVersionKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All messages, and which of them each kind is.
public final class Schema {
    private final Map<String, MessageType> messages;
    private final Map<GroupVersionKind, String> kinds;

    /// Of these messages, by full name, and these kinds.
    public Schema(Map<String, MessageType> messages, Map<GroupVersionKind, String> kinds) {
        this.messages = Map.copyOf(messages);
        this.kinds = Map.copyOf(kinds);
    }

    /// Null for a kind whose fields are not known: such an object is kept as it is.
    public @Nullable MessageType of(GroupVersionKind kind) {
        String name = kinds.get(kind);
        return name == null ? null : messages.get(name);
    }

    /// The message of that full name.
    public MessageType message(String name) {
        MessageType message = messages.get(name);
        if (message == null) {
            throw new IllegalArgumentException("no message is named " + name);
        }
        return message;
    }

    /// The message of a field that holds messages.
    public MessageType message(FieldType.Message type) {
        return message(type.name());
    }
}
