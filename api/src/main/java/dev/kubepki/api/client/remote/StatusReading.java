package dev.kubepki.api.client.remote;

import dev.kubepki.api.failure.ApiFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Failures out of the Status objects that stand for them.
final class StatusReading {
    /// Of answers by proxies and the like, which are no Status.
    private static final Map<Integer, String> REASONS = Map.of(
            400, "BadRequest",
            401, "Unauthorized",
            403, "Forbidden",
            404, "NotFound",
            409, "Conflict",
            410, "Expired",
            429, "TooManyRequests",
            503, "ServiceUnavailable",
            504, "Timeout");

    private StatusReading() {}

    /// @param server that answered, for a text where the answer has none
    static ApiFailure failure(int code, JsonNode status, String server) {
        if (!status.path("kind").asString("").equals("Status")) {
            String text = server + " answered " + code + ", and not as an API server does";
            return new ApiFailure(code, REASONS.getOrDefault(code, ""), text, null);
        }
        JsonNode details = status.path("details");
        return new ApiFailure(
                status.path("code").asInt(code),
                status.path("reason").asString(""),
                status.path("message").asString(""),
                details.isObject() ? details(details) : null,
                status.path("metadata").path("continue").asString(""));
    }

    private static ApiFailure.Details details(JsonNode details) {
        List<ApiFailure.Cause> causes = new ArrayList<>();
        for (JsonNode cause : details.path("causes")) {
            causes.add(new ApiFailure.Cause(
                    cause.path("reason").asString(""),
                    cause.path("message").asString(""),
                    cause.path("field").asString("")));
        }
        return new ApiFailure.Details(
                details.path("name").asString(""),
                details.path("group").asString(""),
                details.path("kind").asString(""),
                details.path("uid").asString(""),
                List.copyOf(causes),
                details.path("retryAfterSeconds").asInt(0));
    }
}
