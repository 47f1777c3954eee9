package dev.kubepki.api.schema;

import dev.kubepki.api.kind.GroupVersionKind;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// All messages, and which of them each kind is.
public final class Schema {
    private final Function<String, @Nullable MessageType> source;
    private final Map<String, MessageType> messages = new ConcurrentHashMap<>();
    private final Map<GroupVersionKind, String> kinds;

    /// Of these messages, by full name, and these kinds.
    public Schema(Map<String, MessageType> messages, Map<GroupVersionKind, String> kinds) {
        this(Map.copyOf(messages)::get, kinds);
    }

    /// Of messages that are made when they are first asked for.
    Schema(Function<String, @Nullable MessageType> source, Map<GroupVersionKind, String> kinds) {
        this.source = source;
        this.kinds = Map.copyOf(kinds);
    }

    /// Null for a kind whose fields are not known: such an object is kept as it is.
    public @Nullable MessageType of(GroupVersionKind kind) {
        String name = kinds.get(kind);
        return name == null ? null : message(name);
    }

    /// The kinds whose fields are known; lists are kinds too.
    public Set<GroupVersionKind> kinds() {
        return kinds.keySet();
    }

    /// The message of that full name.
    public MessageType message(String name) {
        MessageType known = messages.get(name);
        if (known != null) {
            return known;
        }
        MessageType message = source.apply(name);
        if (message == null) {
            throw new IllegalArgumentException("no message is named " + name);
        }
        messages.put(name, message);
        return message;
    }

    /// The message of a field that holds messages.
    public MessageType message(FieldType.Message type) {
        return message(type.name());
    }
}
