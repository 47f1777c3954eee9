package dev.kubepki.server.http;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `/`: every path that there is.
record RootRoute(Paths paths) implements Route {
    @Override
    public Reply serve(Exchange exchange) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode all = root.putArray("paths");
        paths.all().forEach(all::add);
        return Reply.of(200, Reply.JSON, Json.pretty(root));
    }
}
