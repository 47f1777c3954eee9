package dev.kubepki.api.schema;

import dev.kubepki.api.kind.GroupVersionKind;
import dev.kubepki.api.schema.Field.ListType;
import dev.kubepki.api.schema.Field.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The text in which the schema is kept, by lines.
///
/// ```
/// kind certificates.k8s.io v1 CertificateSigningRequest k8s.io.api.certificates.v1.CertificateSigningRequest
/// @k8s.io.api.certificates.v1.CertificateSigningRequestSpec
/// request 1 bytes !
/// usages 5 []string
/// extra 6 {}strings
/// ```
///
/// A field's line is its JSON name, protobuf number, type (`[]`: a list, `{}`: a map), and traits: `!` written even
/// when empty, `*` a pointer, `inline`, `atomic`, `set`, `map=KEYS`, `merge`, `merge=KEY`. A message's line may say
/// `union`. Lines of a message are read when it is first asked for.
final class SchemaText {
    private static final String KIND = "kind ";
    private static final Map<String, ScalarType> SCALARS = scalars();

    private final String text;
    private final Map<String, Integer> messages = new HashMap<>();
    private final Map<GroupVersionKind, String> kinds = new HashMap<>();
    private final Set<String> kindMessages;

    SchemaText(String text) {
        this.text = text;
        for (int at = 0; text.startsWith(KIND, at); at = text.indexOf('\n', at) + 1) {
            String[] words = text.substring(at, text.indexOf('\n', at)).split(" ", -1);
            String group = words[1].equals("-") ? "" : words[1];
            kinds.put(new GroupVersionKind(group, words[2], words[3]), words[4]);
        }
        kindMessages = Set.copyOf(kinds.values());
        for (int at = text.indexOf("\n@"); at >= 0; at = text.indexOf("\n@", at + 1)) {
            int end = text.indexOf('\n', at + 1);
            int space = text.indexOf(' ', at);
            messages.put(text.substring(at + 2, space >= 0 && space < end ? space : end), at + 2);
        }
    }

    private static Map<String, ScalarType> scalars() {
        Map<String, ScalarType> scalars = new HashMap<>();
        for (ScalarType type : ScalarType.values()) {
            scalars.put(type.name().toLowerCase(Locale.ROOT).replace("_", ""), type);
        }
        return scalars;
    }

    Map<GroupVersionKind, String> kinds() {
        return kinds;
    }

    Set<String> messages() {
        return messages.keySet();
    }

    /// Null when there is no such message.
    @Nullable
    MessageType message(String name) {
        Integer start = messages.get(name);
        if (start == null) {
            return null;
        }
        int at = text.indexOf('\n', start) + 1;
        boolean union = text.startsWith(" union", start + name.length());
        List<Field> own = new ArrayList<>();
        while (at < text.length() && text.charAt(at) != '@') {
            int end = text.indexOf('\n', at);
            own.add(field(text.substring(at, end).split(" ", -1)));
            at = end + 1;
        }
        return new MessageType(name, own, flat(own), union, kindMessages.contains(name));
    }

    /// Fields as JSON shows them: those of inline messages instead of the messages.
    private List<Field> flat(List<Field> fields) {
        List<Field> flat = new ArrayList<>();
        for (Field field : fields) {
            MessageType inner =
                    field.inline() && field.type() instanceof FieldType.Message(String name) ? message(name) : null;
            if (inner == null) {
                flat.add(field);
            } else {
                flat.addAll(inner.fields());
            }
        }
        return flat;
    }

    private static Field field(String[] words) {
        String type = words[2];
        Shape shape = type.startsWith("[]") ? Shape.LIST : type.startsWith("{}") ? Shape.MAP : Shape.SINGLE;
        Traits traits = new Traits(words);
        return new Field(
                words[0],
                Integer.parseInt(words[1]),
                shape,
                type(shape == Shape.SINGLE ? type : type.substring(2)),
                traits.listType(),
                traits.words("map="),
                traits.word("merge="),
                traits.has("merge") || traits.word("merge=") != null,
                traits.has("atomic"),
                traits.has("!"),
                traits.has("inline"),
                traits.has("*"));
    }

    private static FieldType type(String word) {
        ScalarType scalar = SCALARS.get(word);
        return scalar == null ? new FieldType.Message(word) : new FieldType.Scalar(scalar);
    }

    private record Traits(List<String> all) {
        Traits(String[] words) {
            this(List.of(words).subList(3, words.length));
        }

        boolean has(String trait) {
            return all.contains(trait);
        }

        @Nullable
        String word(String prefix) {
            for (String trait : all) {
                if (trait.startsWith(prefix)) {
                    return trait.substring(prefix.length());
                }
            }
            return null;
        }

        List<String> words(String prefix) {
            String word = word(prefix);
            return word == null ? List.of() : List.of(word.split(",", -1));
        }

        ListType listType() {
            return has("set") ? ListType.SET : word("map=") != null ? ListType.MAP : ListType.ATOMIC;
        }
    }
}
