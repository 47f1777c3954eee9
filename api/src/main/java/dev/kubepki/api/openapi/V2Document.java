package dev.kubepki.api.openapi;

import dev.kubepki.api.openapi.Operation.Body;
import dev.kubepki.api.openapi.Operation.Response;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes OpenAPI 2.0, of all groups in one document: what kubectl before 1.29 reads.
final class V2Document {
    private final Definitions definitions;

    V2Document(Definitions definitions) {
        this.definitions = definitions;
    }

    ObjectNode of(List<PathItem> items, ObjectNode info) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("swagger", "2.0").set("info", info);
        ObjectNode paths = document.putObject("paths");
        items.forEach(item -> addPath(paths.putObject(item.path()), item));
        ObjectNode schemas = document.putObject("definitions");
        definitions.all().forEach(schemas::set);
        document.putObject("securityDefinitions")
                .putObject("BearerToken")
                .put("description", "A bearer token.")
                .put("type", "apiKey")
                .put("name", "authorization")
                .put("in", "header");
        document.putArray("security").addObject().putArray("BearerToken");
        return document;
    }

    private void addPath(ObjectNode node, PathItem item) {
        item.operations().forEach(operation -> addOperation(node.putObject(operation.method()), operation));
        if (!item.parameters().isEmpty()) {
            addParameters(node.putArray("parameters"), item.parameters());
        }
    }

    private void addOperation(ObjectNode node, Operation operation) {
        Body body = operation.body();
        node.put("description", operation.description());
        addAll(node.putArray("consumes"), body == null ? List.of("*/*") : body.types());
        addAll(node.putArray("produces"), operation.types());
        node.putArray("schemes").add("https");
        node.putArray("tags").add(operation.tag());
        node.put("operationId", operation.id());
        if (body != null || !operation.parameters().isEmpty()) {
            ArrayNode parameters = node.putArray("parameters");
            if (body != null) {
                ObjectNode entry = parameters.addObject().put("name", "body").put("in", "body");
                if (body.required()) {
                    entry.put("required", true);
                }
                entry.set("schema", body.schema().apply(definitions));
            }
            addParameters(parameters, operation.parameters());
        }
        ObjectNode responses = node.putObject("responses");
        for (Response response : operation.responses()) {
            ObjectNode answer = responses.putObject(Integer.toString(response.code()));
            answer.put("description", response.text());
            answer.set("schema", response.schema().apply(definitions));
        }
        responses.putObject("401").put("description", "Unauthorized");
        V3Document.addKind(node, operation);
    }

    private static void addParameters(ArrayNode array, List<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            ObjectNode entry = array.addObject();
            entry.put("uniqueItems", true)
                    .put("type", parameter.type())
                    .put("description", parameter.description())
                    .put("name", parameter.name())
                    .put("in", parameter.in());
            if (parameter.required()) {
                entry.put("required", true);
            }
        }
    }

    private static void addAll(ArrayNode array, List<String> values) {
        values.forEach(array::add);
    }
}
