package dev.kubepki.api.openapi;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How the two versions of OpenAPI write the same schema.
enum Dialect {
    V2("#/definitions/"),
    V3("#/components/schemas/");

    private final String references;

    Dialect(String references) {
        this.references = references;
    }

    /// A reference and nothing else.
    ObjectNode reference(String definition) {
        return JsonNodeFactory.instance.objectNode().put("$ref", references + definition);
    }

    /// Adds a reference to a property that says more: OpenAPI 3.0 allows nothing beside a reference.
    void refer(ObjectNode property, String definition) {
        if (this == V3) {
            property.putArray("allOf").add(reference(definition));
        } else {
            property.put("$ref", references + definition);
        }
    }

    /// A type of which JSON may be text or a number.
    void textOrNumber(ObjectNode schema, String number, String format) {
        if (!format.isEmpty()) {
            schema.put("format", format);
        }
        if (this == V3) {
            ArrayNode either = schema.putArray("oneOf");
            either.addObject().put("type", number);
            either.addObject().put("type", "string");
        } else {
            schema.put("type", "string");
        }
    }
}
