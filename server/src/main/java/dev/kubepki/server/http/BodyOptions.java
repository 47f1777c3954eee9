package dev.kubepki.server.http;

import dev.kubepki.server.registry.Options;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Options from the DeleteOptions in a body.
final class BodyOptions {
    private BodyOptions() {}

    static Options.Delete delete(ObjectNode object) {
        JsonNode preconditions = object.path("preconditions");
        JsonNode grace = object.path("gracePeriodSeconds");
        return new Options.Delete(
                grace.isIntegralNumber() ? (Long) grace.longValue() : null,
                preconditions.path("uid").asString(""),
                preconditions.path("resourceVersion").asString(""),
                flag(object.path("orphanDependents")),
                object.path("propagationPolicy").asString(""),
                dryRun(object.path("dryRun")));
    }

    private static @Nullable Boolean flag(JsonNode node) {
        return node.isBoolean() ? (Boolean) node.booleanValue() : null;
    }

    private static String dryRun(JsonNode values) {
        List<String> all = new ArrayList<>();
        for (JsonNode value : values) {
            String text = value.asString("");
            if (!all.contains(text)) {
                all.add(text);
            }
        }
        return String.join(",", all);
    }
}
