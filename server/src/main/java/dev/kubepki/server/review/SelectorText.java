package dev.kubepki.server.review;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The selector of an access review, as a request would carry it.
final class SelectorText {
    private SelectorText() {}

    /// Requirements that a request can't carry are left out: what is asked for is then the wider access.
    static String of(JsonNode selector) {
        String raw = selector.path("rawSelector").asString("");
        if (!raw.isEmpty()) {
            return raw;
        }
        List<String> terms = new ArrayList<>();
        for (JsonNode requirement : selector.path("requirements")) {
            String operator = requirement.path("operator").asString("");
            List<String> values = UserTree.texts(requirement.path("values"));
            if (values.size() == 1 && (operator.equals("In") || operator.equals("NotIn"))) {
                String sign = operator.equals("In") ? "=" : "!=";
                terms.add(requirement.path("key").asString("") + sign + values.getFirst());
            }
        }
        return String.join(",", terms);
    }
}
