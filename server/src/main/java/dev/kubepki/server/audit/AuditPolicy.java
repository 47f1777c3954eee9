package dev.kubepki.server.audit;

import dev.kubepki.server.auth.Attributes;
import java.util.List;
import java.util.Set;

/// What of which requests is logged: the first rule that matches decides, and what none matches is not logged.
public record AuditPolicy(List<AuditRule> rules, Set<AuditStage> omitStages) {
    /// Nothing of any request.
    public static final AuditPolicy NOTHING = new AuditPolicy(List.of(), Set.of());

    /// One line for every request, at its end, and one more at the beginning of a watch.
    public static final AuditPolicy METADATA = new AuditPolicy(
            List.of(AuditRule.everything(AuditLevel.METADATA, Set.of())), Set.of(AuditStage.REQUEST_RECEIVED));

    private static final AuditRule NONE = AuditRule.everything(AuditLevel.NONE, Set.of());

    /// Copies its collections.
    public AuditPolicy {
        rules = List.copyOf(rules);
        omitStages = Set.copyOf(omitStages);
    }

    /// The rule for a request.
    public AuditRule ruleFor(Attributes request) {
        for (AuditRule rule : rules) {
            if (rule.matches(request)) {
                return rule;
            }
        }
        return NONE;
    }

    /// Whether a stage is logged under a rule.
    public boolean logs(AuditRule rule, AuditStage stage) {
        return rule.level() != AuditLevel.NONE
                && !omitStages.contains(stage)
                && !rule.omitStages().contains(stage);
    }
}
