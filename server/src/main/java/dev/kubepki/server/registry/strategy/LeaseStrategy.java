package dev.kubepki.server.registry.strategy;

import static dev.kubepki.api.failure.FieldError.Type.INVALID;

import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.failure.Rendering;
import dev.kubepki.server.registry.Context;
import dev.kubepki.server.registry.Strategy;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Lease: who leads, and until when.
final class LeaseStrategy implements Strategy {
    @Override
    public void defaults(ObjectNode object, String version) {
        Trees.child(object, "spec");
    }

    @Override
    public List<FieldError> validateName(String name, String field) {
        return DnsNames.subdomain(name).stream()
                .map(fault -> FieldError.of(INVALID, field, Rendering.quote(name), fault))
                .toList();
    }

    @Override
    public List<FieldError> validate(ObjectNode object, Context context) {
        List<FieldError> errors = new ArrayList<>();
        JsonNode seconds = Trees.at(object, "spec", "leaseDurationSeconds");
        if (seconds.isNumber() && seconds.asInt() <= 0) {
            errors.add(
                    FieldError.of(INVALID, "spec.leaseDurationSeconds", seconds.asString(), "must be greater than 0"));
        }
        JsonNode transitions = Trees.at(object, "spec", "leaseTransitions");
        if (transitions.isNumber() && transitions.asInt() < 0) {
            errors.add(FieldError.of(
                    INVALID, "spec.leaseTransitions", transitions.asString(), "must be greater than or equal to 0"));
        }
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode old, Context context) {
        return validate(updated, context);
    }
}
