package dev.kubepki.api.openapi;

import dev.kubepki.api.kind.GroupVersionKind;
import dev.kubepki.api.openapi.Operation.Body;
import dev.kubepki.api.openapi.Operation.Response;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes OpenAPI 3.0.
final class V3Document {
    private final Definitions definitions;

    V3Document(Definitions definitions) {
        this.definitions = definitions;
    }

    /// The document of one group and version.
    ObjectNode of(List<PathItem> items, ObjectNode info) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("openapi", "3.0.0").set("info", info);
        ObjectNode paths = document.putObject("paths");
        items.forEach(item -> addPath(paths.putObject(item.path()), item));
        ObjectNode components = document.putObject("components");
        ObjectNode schemas = components.putObject("schemas");
        definitions.all().forEach(schemas::set);
        components
                .putObject("securitySchemes")
                .putObject("BearerToken")
                .put("type", "apiKey")
                .put("description", "A bearer token.")
                .put("name", "authorization")
                .put("in", "header");
        return document;
    }

    private void addPath(ObjectNode node, PathItem item) {
        item.operations().forEach(operation -> addOperation(node.putObject(operation.method()), operation));
        addParameters(node, item.parameters());
    }

    private void addOperation(ObjectNode node, Operation operation) {
        node.putArray("tags").add(operation.tag());
        node.put("description", operation.description()).put("operationId", operation.id());
        addParameters(node, operation.parameters());
        Body body = operation.body();
        if (body != null) {
            addContent(node.putObject("requestBody"), body.schema().apply(definitions), body.types(), body.required());
        }
        ObjectNode responses = node.putObject("responses");
        for (Response response : operation.responses()) {
            ObjectNode answer = responses.putObject(Integer.toString(response.code()));
            answer.put("description", response.text());
            addContent(answer, response.schema().apply(definitions), operation.types(), false);
        }
        responses.putObject("401").put("description", "Unauthorized");
        addKind(node, operation);
    }

    private static void addContent(ObjectNode node, ObjectNode schema, List<String> types, boolean required) {
        ObjectNode content = node.putObject("content");
        types.forEach(type -> content.putObject(type).set("schema", schema));
        if (required) {
            node.put("required", true);
        }
    }

    private static void addParameters(ObjectNode node, List<Parameter> parameters) {
        if (parameters.isEmpty()) {
            return;
        }
        ArrayNode array = node.putArray("parameters");
        for (Parameter parameter : parameters) {
            ObjectNode entry = array.addObject();
            entry.put("name", parameter.name()).put("in", parameter.in()).put("description", parameter.description());
            if (parameter.required()) {
                entry.put("required", true);
            }
            entry.putObject("schema").put("type", parameter.type()).put("uniqueItems", true);
        }
    }

    /// What it does with which kind, as clients look for it.
    static void addKind(ObjectNode node, Operation operation) {
        GroupVersionKind kind = operation.kind();
        if (kind != null) {
            node.put("x-kubernetes-action", operation.action());
            node.putObject("x-kubernetes-group-version-kind")
                    .put("group", kind.group())
                    .put("version", kind.version())
                    .put("kind", kind.kind());
        }
    }
}
