package dev.kubepki.api.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One field of a message.
///
/// @param name its JSON name
/// @param number its protobuf number
/// @param shape one value, a list of them, or a map from text to them
/// @param type of the value, the element or the map's value
/// @param listType how server-side apply merges the list; ATOMIC for what is no list
/// @param listKeys the keys of a MAP list
/// @param mergeKey patchMergeKey of strategic merge, for lists of messages that it merges; null: it replaces the list
/// @param merges whether strategic merge merges the list (patchStrategy merge); with no key, as a set of scalars
/// @param atomic whether server-side apply takes a map or message as one value
/// @param required whether the object is written with it even when it is empty (Go: no omitempty)
/// @param inline a message whose fields stand in the outer object in JSON (Go: inline)
/// @param pointer whether an empty value differs from none, as `false` of an optional boolean (Go: a pointer)
public record Field(
        String name,
        int number,
        Shape shape,
        FieldType type,
        ListType listType,
        List<String> listKeys,
        @Nullable String mergeKey,
        boolean merges,
        boolean atomic,
        boolean required,
        boolean inline,
        boolean pointer) {
    /// How many values.
    public enum Shape {
        SINGLE,
        LIST,
        MAP
    }

    /// x-kubernetes-list-type.
    public enum ListType {
        ATOMIC,
        SET,
        MAP
    }
}
