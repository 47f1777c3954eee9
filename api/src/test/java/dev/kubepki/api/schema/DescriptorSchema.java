package dev.kubepki.api.schema;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Makes the text of the schema from the published descriptors and the overlay: every kind of the groups that a
/// cluster serves by itself, and every message that they reach.
final class DescriptorSchema {
    private static final String META = "k8s.io.apimachinery.pkg.apis.meta.v1.";
    private static final String AFTER = " after=";
    private static final Map<String, String> SCALARS = Map.ofEntries(
            Map.entry(META + "Time", "time"),
            Map.entry(META + "MicroTime", "microtime"),
            Map.entry(META + "Duration", "duration"),
            Map.entry(META + "FieldsV1", "fieldsv1"),
            Map.entry("k8s.io.apimachinery.pkg.api.resource.Quantity", "quantity"),
            Map.entry("k8s.io.apimachinery.pkg.util.intstr.IntOrString", "intorstring"),
            Map.entry("k8s.io.apimachinery.pkg.runtime.RawExtension", "raw"),
            Map.entry("k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1.JSON", "raw"));

    private final Map<String, String> groups;
    private final Overlay overlay;
    private final Map<String, Descriptor> descriptors = new TreeMap<>();

    /// @param groups of the API by the package that describes them, such as `k8s.io.api.core.v1` by `- v1`
    DescriptorSchema(List<FileDescriptor> files, Map<String, String> groups, Overlay overlay) {
        this.groups = groups;
        this.overlay = overlay;
        for (FileDescriptor file : files) {
            file.getMessageTypes().forEach(message -> descriptors.put(message.getFullName(), message));
        }
    }

    String text() {
        StringBuilder out = new StringBuilder();
        Set<String> names = new LinkedHashSet<>(descriptors.keySet());
        names.addAll(overlay.addedMessages().keySet());
        Deque<String> open = new ArrayDeque<>();
        for (String name : names.stream().sorted().toList()) {
            String group = groups.get(name.substring(0, name.lastIndexOf('.')));
            if (name.startsWith(META + "Partial")) {
                group = "meta.k8s.io v1";
            }
            if (group != null && isKind(name)) {
                open.add(name);
                out.append("kind ")
                        .append(group)
                        .append(' ')
                        .append(simple(name))
                        .append(' ')
                        .append(name)
                        .append('\n');
            }
        }
        Map<String, String> messages = new TreeMap<>();
        while (!open.isEmpty()) {
            String name = open.remove();
            if (!messages.containsKey(name)) {
                messages.put(name, message(name, open));
            }
        }
        messages.values().forEach(out::append);
        return out.toString();
    }

    /// What has the metadata of objects or lists, and is no template; of the package of all groups, what is said alone.
    private boolean isKind(String name) {
        if (name.startsWith(META)) {
            return Set.of(
                            "Status",
                            "List",
                            "DeleteOptions",
                            "CreateOptions",
                            "UpdateOptions",
                            "PatchOptions",
                            "WatchEvent",
                            "PartialObjectMetadata",
                            "PartialObjectMetadataList")
                    .contains(simple(name));
        }
        boolean template = name.endsWith("TemplateSpec") || name.endsWith(".PersistentVolumeClaimTemplate");
        return !template
                && lines(name).stream().anyMatch(line -> line.matches("metadata 1 " + META + "(Object|List)Meta.*"));
    }

    private String message(String name, Deque<String> open) {
        StringBuilder out = new StringBuilder("@").append(name);
        out.append(name.contains(".JSONSchemaPropsOr") ? " union\n" : "\n");
        for (String line : lines(name)) {
            out.append(line).append('\n');
            String type = line.split(" ", -1)[2].replaceFirst("^(\\[]|\\{})", "");
            if (type.indexOf('.') >= 0) {
                open.add(type);
            }
        }
        return out.toString();
    }

    private List<String> lines(String name) {
        List<String> lines = new ArrayList<>();
        Descriptor descriptor = descriptors.get(name);
        if (descriptor != null) {
            for (FieldDescriptor field : descriptor.getFields()) {
                lines.add(line(name, field));
            }
        } else if (overlay.added(name).isEmpty()) {
            throw new IllegalStateException("nothing describes the message " + name);
        }
        overlay.added(name).forEach(line -> insert(lines, line));
        return lines;
    }

    private static void insert(List<String> lines, String line) {
        int after = line.indexOf(AFTER);
        if (after < 0) {
            lines.add(line);
            return;
        }
        String before = line.substring(after + AFTER.length()) + " ";
        int at = 0;
        while (!lines.get(at).startsWith(before)) {
            at++;
        }
        lines.add(at + 1, line.substring(0, after));
    }

    private String line(String message, FieldDescriptor field) {
        String shape = field.isMapField() ? "{}" : field.isRepeated() ? "[]" : "";
        FieldDescriptor value = field.isMapField() ? field.getMessageType().findFieldByNumber(2) : field;
        StringBuilder traits = new StringBuilder();
        String name = field.getName();
        if (type(value).matches(META + "(Object|List)Meta") || (name.equals("items") && message.endsWith("List"))) {
            traits.append(" !");
        }
        for (String trait : overlay.traits(message, field.getName())) {
            if (trait.startsWith("json=")) {
                name = trait.substring("json=".length());
            } else {
                traits.append(' ').append(trait);
            }
        }
        return name + " " + field.getNumber() + " " + shape + type(value) + traits;
    }

    private static String type(FieldDescriptor field) {
        return switch (field.getType()) {
            case STRING, BYTES, BOOL, INT32, INT64, DOUBLE ->
                field.getType().name().toLowerCase(Locale.ROOT);
            case MESSAGE -> {
                String name = field.getMessageType().getFullName();
                yield simple(name).equals("ExtraValue") ? "strings" : SCALARS.getOrDefault(name, name);
            }
            default -> throw new IllegalStateException(field.getFullName() + " is of type " + field.getType());
        };
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
