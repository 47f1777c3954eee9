package dev.kubepki.api.openapi;

import dev.kubepki.api.schema.ScalarType;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The schemas of scalars, those of them that have a definition of their own, and the list of resources.
final class MetaDefinitions {
    private static final String TIME = Names.META + "Time";
    private static final String MICRO_TIME = Names.META + "MicroTime";
    private static final String DURATION = Names.META + "Duration";
    private static final String FIELDS = Names.META + "FieldsV1";
    private static final String QUANTITY = "k8s.io.apimachinery.pkg.api.resource.Quantity";
    private static final String INT_OR_STRING = "k8s.io.apimachinery.pkg.util.intstr.IntOrString";
    private static final String RAW = "k8s.io.apimachinery.pkg.runtime.RawExtension";
    private static final String JSON = "k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1.JSON";

    private MetaDefinitions() {}

    /// The definition that stands for a scalar; empty for one that is written in place.
    ///
    /// @param anything whether free form may be any JSON, and not objects alone
    static String named(ScalarType type, boolean anything) {
        return switch (type) {
            case TIME -> TIME;
            case MICRO_TIME -> MICRO_TIME;
            case DURATION -> DURATION;
            case QUANTITY -> QUANTITY;
            case INT_OR_STRING -> INT_OR_STRING;
            case RAW -> anything ? JSON : RAW;
            case FIELDS_V1 -> FIELDS;
            case STRING, BYTES, BOOL, INT32, INT64, DOUBLE, STRINGS -> "";
        };
    }

    /// Writes a scalar in place.
    static void scalar(ObjectNode node, ScalarType type) {
        switch (type) {
            case BYTES -> node.put("type", "string").put("format", "byte");
            case BOOL -> node.put("type", "boolean");
            case INT32 -> node.put("type", "integer").put("format", "int32");
            case INT64 -> node.put("type", "integer").put("format", "int64");
            case DOUBLE -> node.put("type", "number").put("format", "double");
            case STRINGS -> node.put("type", "array").putObject("items").put("type", "string");
            default -> node.put("type", "string");
        }
    }

    /// The value of a scalar that is not given.
    static void zero(ObjectNode node, ScalarType type) {
        switch (type) {
            case STRING -> node.put("default", "");
            case BOOL -> node.put("default", false);
            case INT32, INT64, DOUBLE -> node.put("default", 0);
            default -> {}
        }
    }

    /// Makes a definition that is not a message, such as `Time` or `Patch`; its name.
    static String simple(Dialect dialect, SchemaNotes notes, Map<String, ObjectNode> made, String type) {
        String name = Names.definition(type);
        if (!made.containsKey(name)) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            Definitions.describe(node, notes.description(type));
            switch (type) {
                case TIME, MICRO_TIME -> node.put("type", "string").put("format", "date-time");
                case DURATION -> node.put("type", "string");
                case QUANTITY -> dialect.textOrNumber(node, "number", "");
                case INT_OR_STRING -> dialect.textOrNumber(node, "integer", "int-or-string");
                case JSON -> {}
                default -> node.put("type", "object");
            }
            made.put(name, node);
        }
        return name;
    }

    /// The answer of a version's path, which no client stores and which is therefore no message of the schema.
    static String resourceList(Dialect dialect, SchemaNotes notes, Map<String, ObjectNode> made) {
        String resource = Names.definition(Names.META + "APIResource");
        String list = Names.definition(Names.META + "APIResourceList");
        if (!made.containsKey(list)) {
            made.put(resource, resource(dialect, notes));
            made.put(list, list(dialect, notes, resource));
        }
        return list;
    }

    private static ObjectNode resource(Dialect dialect, SchemaNotes notes) {
        ObjectNode node = typed(notes, "APIResource", List.of("name", "singularName", "namespaced", "kind", "verbs"));
        ObjectNode properties = node.putObject("properties");
        array(notes, properties, "categories").put("x-kubernetes-list-type", "atomic");
        property(notes, properties, "group", "string");
        withDefault(dialect, property(notes, properties, "kind", "string"), ScalarType.STRING);
        withDefault(dialect, property(notes, properties, "name", "string"), ScalarType.STRING);
        withDefault(dialect, property(notes, properties, "namespaced", "boolean"), ScalarType.BOOL);
        array(notes, properties, "shortNames").put("x-kubernetes-list-type", "atomic");
        withDefault(dialect, property(notes, properties, "singularName", "string"), ScalarType.STRING);
        property(notes, properties, "storageVersionHash", "string");
        array(notes, properties, "verbs");
        property(notes, properties, "version", "string");
        return node;
    }

    private static ObjectNode list(Dialect dialect, SchemaNotes notes, String resource) {
        ObjectNode node = typed(notes, "APIResourceList", List.of("groupVersion", "resources"));
        ObjectNode properties = node.putObject("properties");
        property(notes, properties, "apiVersion", "string");
        withDefault(dialect, property(notes, properties, "groupVersion", "string"), ScalarType.STRING);
        property(notes, properties, "kind", "string");
        ObjectNode resources = property(notes, properties, "resources", "array");
        resources.set("items", dialect.reference(resource));
        resources.put("x-kubernetes-list-type", "atomic");
        node.putArray("x-kubernetes-group-version-kind")
                .addObject()
                .put("group", "")
                .put("kind", "APIResourceList")
                .put("version", "v1");
        return node;
    }

    private static ObjectNode typed(SchemaNotes notes, String name, List<String> required) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        Definitions.describe(node, notes.description(Names.META + name));
        ArrayNode array = node.put("type", "object").putArray("required");
        required.forEach(array::add);
        return node;
    }

    private static ObjectNode property(SchemaNotes notes, ObjectNode properties, String name, String type) {
        ObjectNode property = properties.putObject(name);
        String own = notes.description(Names.META + "APIResource", name);
        Definitions.describe(property, own.isEmpty() ? notes.common(name) : own);
        return property.put("type", type);
    }

    private static ObjectNode array(SchemaNotes notes, ObjectNode properties, String name) {
        ObjectNode property = property(notes, properties, name, "array");
        property.putObject("items").put("type", "string");
        return property;
    }

    private static void withDefault(Dialect dialect, ObjectNode property, ScalarType type) {
        if (dialect == Dialect.V3) {
            zero(property, type);
        }
    }
}
