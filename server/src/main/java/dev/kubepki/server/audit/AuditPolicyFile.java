package dev.kubepki.server.audit;

import dev.kubepki.pki.document.Document;
import dev.kubepki.pki.document.DocumentFailure;
import dev.kubepki.pki.document.Documents;
import dev.kubepki.pki.document.Fields;
import dev.kubepki.pki.document.Problem;
import dev.kubepki.pki.document.Problems;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads a policy of kind Policy, audit.k8s.io/v1.
public final class AuditPolicyFile {
    private static final String KIND = "Policy";
    private static final String VERSION = "audit.k8s.io/v1";

    private AuditPolicyFile() {}

    /// The policy.
    ///
    /// @param file the name under which messages call the file
    /// @throws DocumentFailure with all that is wrong with it
    public static AuditPolicy read(String file, byte[] content) {
        Document document = Documents.readOne(file, content);
        Problems problems = document.problems();
        Fields fields = document.fields(problems);
        expect(fields, "kind", KIND);
        expect(fields, "apiVersion", VERSION);
        fields.fields("metadata").ifPresent(Fields::unknown);
        boolean omitManagedFields = fields.bool("omitManagedFields").orElse(false);
        Set<AuditStage> stages = stages(fields);
        List<AuditRule> rules = new ArrayList<>();
        for (Fields rule : fields.each("rules")) {
            rules.add(rule(rule, omitManagedFields));
        }
        if (rules.isEmpty()) {
            fields.problem("rules", "is empty, and a policy without rules logs nothing");
        }
        fields.refuseUnknown();
        if (!problems.isEmpty()) {
            throw new DocumentFailure(
                    problems.list().size() == 1 ? problems.list().getFirst() : together(problems));
        }
        return new AuditPolicy(rules, stages);
    }

    private static Problem together(Problems problems) {
        List<Problem> all = problems.list();
        Problem first = all.getFirst();
        String others = all.stream().skip(1).map(Problem::toString).collect(Collectors.joining("; "));
        return new Problem(first.file(), first.line(), first.path(), first.message() + "; " + others);
    }

    private static void expect(Fields fields, String key, String value) {
        String found = fields.requiredString(key).orElse(value);
        if (!found.equals(value)) {
            fields.problem(key, "must be " + value);
        }
    }

    private static AuditRule rule(Fields rule, boolean omitManagedFields) {
        AuditLevel level = AuditLevel.NONE;
        String text = rule.requiredString("level").orElse("");
        boolean known = text.isEmpty();
        for (AuditLevel each : AuditLevel.values()) {
            if (each.label().equals(text)) {
                level = each;
                known = true;
            }
        }
        if (!known) {
            rule.problem("level", "must be None, Metadata, Request or RequestResponse");
        }
        List<AuditRule.GroupResources> resources = new ArrayList<>();
        for (Fields group : rule.each("resources")) {
            resources.add(new AuditRule.GroupResources(
                    group.string("group").orElse(""), group.strings("resources"), group.strings("resourceNames")));
            group.refuseUnknown();
        }
        List<String> urls = rule.strings("nonResourceURLs");
        List<String> namespaces = rule.strings("namespaces");
        if (!urls.isEmpty() && (!resources.isEmpty() || !namespaces.isEmpty())) {
            rule.problem("nonResourceURLs", "can't stand beside resources or namespaces in one rule");
        }
        AuditRule read = new AuditRule(
                level,
                rule.strings("users"),
                rule.strings("userGroups"),
                rule.strings("verbs"),
                resources,
                namespaces,
                urls,
                stages(rule),
                rule.bool("omitManagedFields").orElse(omitManagedFields));
        rule.refuseUnknown();
        return read;
    }

    private static Set<AuditStage> stages(Fields fields) {
        Set<AuditStage> stages = EnumSet.noneOf(AuditStage.class);
        for (String text : fields.strings("omitStages")) {
            boolean known = false;
            for (AuditStage stage : AuditStage.values()) {
                if (stage.label().equals(text)) {
                    stages.add(stage);
                    known = true;
                }
            }
            if (!known) {
                fields.problem(
                        "omitStages", "must hold RequestReceived, ResponseStarted, ResponseComplete or Panic only");
            }
        }
        return stages;
    }
}
