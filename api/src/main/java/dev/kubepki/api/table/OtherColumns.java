package dev.kubepki.api.table;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/// Of further kinds that people list.
final class OtherColumns {
    private static final List<Column> NAME_AND_AGE = List.of(Column.named(), Column.aged());
    private static final List<Column> WEBHOOKS = List.of(
            Column.named(), Column.number("Webhooks", "How many it has.", Cells.count("webhooks")), Column.aged());

    static final Map<String, List<Column>> ALL = Map.ofEntries(
            Map.entry("mutatingwebhookconfigurations.admissionregistration.k8s.io", WEBHOOKS),
            Map.entry("validatingwebhookconfigurations.admissionregistration.k8s.io", WEBHOOKS),
            Map.entry("resourceclaimtemplates.resource.k8s.io", NAME_AND_AGE),
            Map.entry("deviceclasses.resource.k8s.io", NAME_AND_AGE),
            Map.entry(
                    "runtimeclasses.node.k8s.io",
                    List.of(
                            Column.named(),
                            Column.of("Handler", "What runs the pods.", Cells.text("handler")),
                            Column.aged())),
            Map.entry(
                    "priorityclasses.scheduling.k8s.io",
                    List.of(
                            Column.named(),
                            Column.number("Value", "The higher, the sooner.", Cells.number("value")),
                            new Column(
                                    "Global-Default",
                                    "boolean",
                                    "",
                                    0,
                                    "Whether pods without a class have it.",
                                    (object, now) -> BooleanNode.valueOf(
                                            Cells.at(object, "globalDefault").asBoolean(false))),
                            Column.aged(),
                            Column.of(
                                    "PreemptionPolicy",
                                    "Whether pods may push others out.",
                                    Cells.text("preemptionPolicy", "PreemptLowerPriority")))),
            Map.entry(
                    "poddisruptionbudgets.policy",
                    List.of(
                            Column.named(),
                            Column.of(
                                    "Min Available",
                                    "How many pods must serve.",
                                    Cells.text("spec.minAvailable", "N/A")),
                            Column.of(
                                    "Max Unavailable",
                                    "How many pods may be missing.",
                                    Cells.text("spec.maxUnavailable", "N/A")),
                            Column.number(
                                    "Allowed Disruptions",
                                    "How many more pods may be taken away now.",
                                    Cells.number("status.disruptionsAllowed")),
                            Column.aged())),
            Map.entry(
                    "horizontalpodautoscalers.autoscaling",
                    List.of(
                            Column.named(),
                            Column.of("Reference", "What is scaled.", Cells.from(OtherColumns::scaled)),
                            Column.of("MinPods", "The fewest pods.", Cells.text("spec.minReplicas", Cells.UNSET)),
                            Column.number("MaxPods", "The most pods.", Cells.number("spec.maxReplicas")),
                            Column.number(
                                    "Replicas", "How many pods there are.", Cells.number("status.currentReplicas")),
                            Column.aged())),
            Map.entry(
                    "apiservices.apiregistration.k8s.io",
                    List.of(
                            Column.named(),
                            Column.of("Service", "What answers for the group.", Cells.from(OtherColumns::service)),
                            Column.of("Available", "Whether it answers.", Cells.from(OtherColumns::available)),
                            Column.aged())));

    private OtherColumns() {}

    private static String scaled(JsonNode scaler) {
        return Cells.string(scaler, "spec.scaleTargetRef.kind") + "/"
                + Cells.string(scaler, "spec.scaleTargetRef.name");
    }

    private static String service(JsonNode registration) {
        JsonNode service = Cells.at(registration, "spec.service");
        return service.isObject() ? Cells.string(service, "namespace") + "/" + Cells.string(service, "name") : "Local";
    }

    private static String available(JsonNode registration) {
        for (JsonNode condition : Cells.at(registration, "status.conditions")) {
            if (Cells.string(condition, "type").equals("Available")) {
                String status = Cells.string(condition, "status");
                return status.equals("True") ? status : status + " (" + Cells.string(condition, "reason") + ")";
            }
        }
        return "Unknown";
    }
}
