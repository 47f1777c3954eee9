package dev.kubepki.server.registry;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.failure.Rendering;
import dev.kubepki.server.patch.FieldOwners;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What options of writes may say.
final class OptionRules {
    static final String APPLY = "application/apply-patch+yaml";
    private static final int MANAGER_LIMIT = FieldOwners.MAX_NAME;
    private static final Set<String> VALIDATIONS = Set.of("", "Ignore", "Strict", "Warn");
    private static final Set<String> POLICIES = Set.of("", "Foreground", "Background", "Orphan");

    private OptionRules() {}

    /// Of POST and PUT.
    static void write(Options.Write options) {
        List<FieldError> errors = new ArrayList<>(0);
        common(options, errors);
        refuse(options.operation(), errors);
    }

    /// Of PATCH.
    static void patch(Options.Write options, String type) {
        List<FieldError> errors = new ArrayList<>(0);
        if (type.equals(APPLY)) {
            if (options.fieldManager().isEmpty()) {
                errors.add(FieldError.of(FieldError.Type.REQUIRED, "fieldManager", "is required for apply patch"));
            }
        } else if (options.force() != null) {
            errors.add(FieldError.of(FieldError.Type.FORBIDDEN, "force", "may not be specified for non-apply patch"));
        }
        common(options, errors);
        refuse(options.operation(), errors);
    }

    /// Of DELETE.
    static void delete(Options.Delete options) {
        List<FieldError> errors = new ArrayList<>(0);
        String policy = options.propagationPolicy();
        if (options.orphanDependents() != null && !policy.isEmpty()) {
            String text = "orphanDependents and deletionPropagation cannot be both set";
            errors.add(FieldError.of(FieldError.Type.INVALID, "propagationPolicy", Rendering.quote(policy), text));
        }
        if (!POLICIES.contains(policy)) {
            String text = "supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"";
            errors.add(
                    FieldError.of(FieldError.Type.NOT_SUPPORTED, "propagationPolicy", Rendering.quote(policy), text));
        }
        dryRun(options.dryRun(), errors);
        refuse("DeleteOptions", errors);
    }

    private static void common(Options.Write options, List<FieldError> errors) {
        manager(options.fieldManager(), errors);
        dryRun(options.dryRun(), errors);
        String validation = options.fieldValidation();
        if (!VALIDATIONS.contains(validation)) {
            String text = "supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"";
            errors.add(
                    FieldError.of(FieldError.Type.NOT_SUPPORTED, "fieldValidation", Rendering.quote(validation), text));
        }
    }

    private static void manager(String manager, List<FieldError> errors) {
        if (manager.isEmpty()) {
            return;
        }
        if (manager.length() > MANAGER_LIMIT) {
            errors.add(FieldError.of(
                    FieldError.Type.TOO_LONG, "fieldManager", "may not be more than " + MANAGER_LIMIT + " bytes"));
        }
        String quoted = Rendering.quote(manager);
        for (int i = 0; i < manager.length(); i++) {
            char c = manager.charAt(i);
            if (Character.isISOControl(c) || Character.getType(c) == Character.UNASSIGNED) {
                String text = String.format(Locale.ROOT, "invalid character U+%04X (at position %d)", (int) c, i);
                errors.add(FieldError.of(FieldError.Type.INVALID, "fieldManager", quoted, text));
            }
        }
    }

    private static void dryRun(String dryRun, List<FieldError> errors) {
        if (!dryRun.isEmpty() && !dryRun.equals("All")) {
            String rendered = "[" + Rendering.quote(dryRun) + "]";
            errors.add(FieldError.of(FieldError.Type.NOT_SUPPORTED, "dryRun", rendered, "supported values: \"All\""));
        }
    }

    private static void refuse(String operation, List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw invalid(operation, errors);
        }
    }

    static ApiFailure invalid(String options, List<FieldError> errors) {
        return Failures.invalid(options + ".meta.k8s.io", "", errors);
    }

    static boolean isDryRun(String dryRun) {
        return !dryRun.isEmpty();
    }
}
