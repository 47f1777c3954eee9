package dev.kubepki.api.openapi;

import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.kind.GroupVersionKind;
import dev.kubepki.api.schema.Field;
import dev.kubepki.api.schema.Field.ListType;
import dev.kubepki.api.schema.Field.Shape;
import dev.kubepki.api.schema.FieldType;
import dev.kubepki.api.schema.MessageType;
import dev.kubepki.api.schema.ScalarType;
import dev.kubepki.api.schema.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The schemas of one document: those that were asked for, and all to which they refer.
final class Definitions {
    private static final String STATUS = Names.META + "Status";
    private static final String DELETE_OPTIONS = Names.META + "DeleteOptions";
    private static final String WATCH_EVENT = Names.META + "WatchEvent";
    private static final String APIEXTENSIONS = "k8s.io.apiextensions_apiserver.";

    private final Dialect dialect;
    private final Schema schema;
    private final SchemaNotes notes;
    private final List<GroupVersion> groupVersions;
    private final Map<String, List<GroupVersionKind>> kinds = new HashMap<>();
    private final Map<String, ObjectNode> made = new TreeMap<>();
    private final Deque<MessageType> waiting = new ArrayDeque<>();

    /// @param groupVersions of the document, in which options and watch events are spoken of too
    Definitions(Dialect dialect, Schema schema, SchemaNotes notes, List<GroupVersion> groupVersions) {
        this.dialect = dialect;
        this.schema = schema;
        this.notes = notes;
        this.groupVersions = groupVersions;
        for (GroupVersionKind kind : schema.kinds()) {
            MessageType message = schema.of(kind);
            if (message != null) {
                kinds.computeIfAbsent(message.name(), name -> new ArrayList<>()).add(kind);
            }
        }
    }

    /// All, by name.
    Map<String, ObjectNode> all() {
        return made;
    }

    /// A reference to the schema of a kind; of one whose fields are not known, any object is right.
    ObjectNode kind(GroupVersionKind kind) {
        MessageType message = schema.of(kind);
        if (message != null) {
            return dialect.reference(require(message.name()));
        }
        String name = Names.definition(kind);
        if (!made.containsKey(name)) {
            ObjectNode free = object().put("description", "Its fields are kept as they are.")
                    .put("type", "object");
            addKinds(free, List.of(kind));
            made.put(name, free);
        }
        return dialect.reference(name);
    }

    /// A reference to one of the messages that belong to every group, such as `Status`.
    ObjectNode meta(String name) {
        return switch (name) {
            case "Status", "DeleteOptions", "WatchEvent" -> dialect.reference(require(Names.META + name));
            case "APIResourceList" -> dialect.reference(MetaDefinitions.resourceList(dialect, notes, made));
            default -> dialect.reference(MetaDefinitions.simple(dialect, notes, made, Names.META + name));
        };
    }

    /// Makes the schema of a message and of all that it holds; its name.
    private String require(String message) {
        String name = reference(message);
        while (!waiting.isEmpty()) {
            MessageType next = waiting.remove();
            made.put(Names.definition(next.name()), message(next));
        }
        return name;
    }

    private ObjectNode message(MessageType message) {
        ObjectNode node = object();
        describe(node, notes.description(message.name()));
        if (message.union()) {
            return node;
        }
        node.put("type", "object");
        List<GroupVersionKind> kinds = kindsOf(message.name());
        boolean typed = !kinds.isEmpty() && !message.name().equals(WATCH_EVENT);
        boolean list = typed && message.name().endsWith("List") && message.field("items") != null;
        List<String> required = list ? List.of("items") : notes.required(message.name());
        if (!required.isEmpty()) {
            required.forEach(node.putArray("required")::add);
        }
        Map<String, ObjectNode> properties = new TreeMap<>();
        if (typed) {
            properties.put("apiVersion", text(notes.common("apiVersion")));
            properties.put("kind", text(notes.common("kind")));
        }
        for (Field field : message.fields()) {
            String own = notes.description(message.name(), field.name());
            ObjectNode property = object();
            describe(property, own.isEmpty() && typed ? notes.common(field.name()) : own);
            properties.put(field.name(), property(property, message, field, list));
        }
        ObjectNode propertiesNode = node.putObject("properties");
        properties.forEach(propertiesNode::set);
        addKinds(node, kinds);
        if (notes.isAtomic(message.name())) {
            node.put("x-kubernetes-map-type", "atomic");
        }
        return node;
    }

    /// The kinds that a message is; every group has its options and watch events, the core group first.
    private List<GroupVersionKind> kindsOf(String message) {
        if (message.equals(STATUS)) {
            return List.of(new GroupVersionKind("", "v1", "Status"));
        }
        if (!message.equals(DELETE_OPTIONS) && !message.equals(WATCH_EVENT)) {
            return kinds.getOrDefault(message, List.of());
        }
        TreeSet<GroupVersion> others = new TreeSet<>(groupVersions);
        GroupVersion core = new GroupVersion("", "v1");
        others.remove(core);
        String kind = message.substring(Names.META.length());
        List<GroupVersionKind> all = new ArrayList<>(List.of(core.kind(kind)));
        others.forEach(each -> all.add(each.kind(kind)));
        return all;
    }

    private ObjectNode property(ObjectNode property, MessageType message, Field field, boolean inList) {
        switch (field.shape()) {
            case SINGLE -> single(property, message, field);
            case LIST -> {
                property.put("type", "array").set("items", element(message, field.type()));
                listType(property, field, inList);
            }
            case MAP -> property.put("type", "object").set("additionalProperties", element(message, field.type()));
        }
        if (field.shape() == Shape.MAP && field.atomic()) {
            property.put("x-kubernetes-map-type", "atomic");
        }
        mergeStrategy(property, message, field);
        return property;
    }

    private void single(ObjectNode property, MessageType message, Field field) {
        boolean value = field.required() && !field.pointer();
        switch (field.type()) {
            case FieldType.Message(String name) -> {
                if (value && dialect == Dialect.V3) {
                    property.putObject("default");
                }
                dialect.refer(property, reference(name));
                if (field.atomic() && !notes.isAtomic(name)) {
                    property.put("x-kubernetes-map-type", "atomic");
                }
            }
            case FieldType.Scalar(ScalarType type) -> {
                String named = MetaDefinitions.named(type, message.name().startsWith(APIEXTENSIONS));
                if (named.isEmpty()) {
                    MetaDefinitions.scalar(property, type);
                    if (value && dialect == Dialect.V3) {
                        MetaDefinitions.zero(property, type);
                    }
                } else {
                    dialect.refer(property, MetaDefinitions.simple(dialect, notes, made, named));
                }
            }
        }
    }

    private ObjectNode element(MessageType message, FieldType type) {
        return switch (type) {
            case FieldType.Message(String name) -> dialect.reference(reference(name));
            case FieldType.Scalar(ScalarType scalar) -> {
                String named = MetaDefinitions.named(scalar, message.name().startsWith(APIEXTENSIONS));
                if (!named.isEmpty()) {
                    yield dialect.reference(MetaDefinitions.simple(dialect, notes, made, named));
                }
                ObjectNode node = object();
                MetaDefinitions.scalar(node, scalar);
                yield node;
            }
        };
    }

    /// Of a list's items clients are told nothing: they are never applied.
    private static void listType(ObjectNode property, Field field, boolean inList) {
        if (field.listType() == ListType.MAP) {
            ArrayNode keys = property.putArray("x-kubernetes-list-map-keys");
            field.listKeys().forEach(keys::add);
            property.put("x-kubernetes-list-type", "map");
        } else if (field.listType() == ListType.SET) {
            property.put("x-kubernetes-list-type", "set");
        } else if (!inList) {
            property.put("x-kubernetes-list-type", "atomic");
        }
    }

    private void mergeStrategy(ObjectNode property, MessageType message, Field field) {
        if (field.mergeKey() != null) {
            property.put("x-kubernetes-patch-merge-key", field.mergeKey());
        }
        boolean retains = notes.retainsKeys(message.name(), field.name());
        if (field.merges() || retains) {
            String strategy = field.merges() && retains ? "merge,retainKeys" : retains ? "retainKeys" : "merge";
            property.put("x-kubernetes-patch-strategy", strategy);
        }
    }

    /// The name of a message that will be made too.
    private String reference(String message) {
        String name = Names.definition(message);
        if (!made.containsKey(name)) {
            MessageType type = schema.message(message);
            made.put(name, object());
            waiting.add(type);
        }
        return name;
    }

    private static void addKinds(ObjectNode node, List<GroupVersionKind> kinds) {
        if (!kinds.isEmpty()) {
            ArrayNode array = node.putArray("x-kubernetes-group-version-kind");
            for (GroupVersionKind kind : kinds) {
                array.addObject()
                        .put("group", kind.group())
                        .put("kind", kind.kind())
                        .put("version", kind.version());
            }
        }
    }

    private static ObjectNode text(String description) {
        ObjectNode node = object();
        describe(node, description);
        return node.put("type", "string");
    }

    static void describe(ObjectNode node, String description) {
        if (!description.isEmpty()) {
            node.put("description", description);
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
