package dev.kubepki.server.registry;

import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.failure.Rendering;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What options of lists and watches may say.
final class ListRules {
    private static final String MATCH = "resourceVersionMatch";
    private static final String NOT_OLDER = "NotOlderThan";

    private ListRules() {}

    /// Of LIST and DELETE of a collection.
    static void list(Options.ListWatch options) {
        List<FieldError> errors = new ArrayList<>(0);
        String match = options.resourceVersionMatch();
        if (!match.isEmpty()) {
            if (options.resourceVersion().isEmpty()) {
                forbid(errors, MATCH, "resourceVersionMatch is forbidden unless resourceVersion is provided");
            }
            if (!options.continueToken().isEmpty()) {
                forbid(errors, MATCH, "resourceVersionMatch is forbidden when continue is provided");
            }
            if (!Set.of("Exact", NOT_OLDER).contains(match)) {
                String supported = "supported values: \"Exact\", \"NotOlderThan\", \"\"";
                errors.add(FieldError.of(FieldError.Type.NOT_SUPPORTED, MATCH, Rendering.quote(match), supported));
            }
            if (match.equals("Exact") && options.resourceVersion().equals("0")) {
                forbid(errors, MATCH, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
            }
        }
        if (options.sendInitialEvents() != null) {
            forbid(errors, "sendInitialEvents", "sendInitialEvents is forbidden for list");
        }
        refuse(errors);
    }

    /// Of WATCH.
    static void watch(Options.ListWatch options) {
        List<FieldError> errors = new ArrayList<>(0);
        String match = options.resourceVersionMatch();
        if (options.sendInitialEvents() != null && !match.equals(NOT_OLDER)) {
            forbid(errors, MATCH, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        }
        if (!match.isEmpty()) {
            if (options.sendInitialEvents() == null) {
                String text = "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided";
                forbid(errors, MATCH, text);
            }
            if (!match.equals(NOT_OLDER)) {
                String supported = "supported values: \"NotOlderThan\"";
                errors.add(FieldError.of(FieldError.Type.NOT_SUPPORTED, MATCH, Rendering.quote(match), supported));
            }
            if (!options.continueToken().isEmpty()) {
                forbid(errors, MATCH, "resourceVersionMatch is forbidden when continue is provided");
            }
        }
        refuse(errors);
    }

    private static void forbid(List<FieldError> errors, String field, String text) {
        errors.add(FieldError.of(FieldError.Type.FORBIDDEN, field, text));
    }

    private static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw OptionRules.invalid("ListOptions", errors);
        }
    }
}
