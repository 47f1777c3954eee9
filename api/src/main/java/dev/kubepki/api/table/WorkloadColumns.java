package dev.kubepki.api.table;

import static dev.kubepki.api.table.Cells.NONE;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.StringNode;

/// Of pods and of what makes pods.
final class WorkloadColumns {
    private static final String TEMPLATE = "spec.template.spec.containers";
    private static final Column DESIRED =
            Column.number("Desired", "How many pods there should be.", (object, now) -> desired(object));
    private static final Column CURRENT =
            Column.number("Current", "How many pods there are.", Cells.number("status.replicas"));
    private static final Column READY =
            Column.number("Ready", "How many pods are ready.", Cells.number("status.readyReplicas"));

    static final Map<String, List<Column>> ALL = Map.ofEntries(
            Map.entry("pods", pods()),
            Map.entry("replicationcontrollers", replicas(Cells.labels("spec.selector"))),
            Map.entry("replicasets.apps", replicas(Cells.selector("spec.selector"))),
            Map.entry("deployments.apps", deployments()),
            Map.entry("statefulsets.apps", statefulSets()),
            Map.entry("daemonsets.apps", daemonSets()),
            Map.entry("jobs.batch", jobs()),
            Map.entry("cronjobs.batch", cronJobs()),
            Map.entry("controllerrevisions.apps", controllerRevisions()));

    private WorkloadColumns() {}

    private static List<Column> pods() {
        return List.of(
                Column.named(),
                Column.of("Ready", "How many of its containers are ready.", Cells.from(PodCells::ready)),
                Column.of("Status", "How it is doing.", Cells.from(PodCells::status)),
                Column.of("Restarts", "How often its containers were restarted.", PodCells::restarts),
                Column.aged(),
                Column.wide("IP", "Its address.", Cells.text("status.podIP", NONE)),
                Column.wide("Node", "Where it runs.", Cells.text("spec.nodeName", NONE)),
                Column.wide(
                        "Nominated Node",
                        "Where it will run once others made room.",
                        Cells.text("status.nominatedNodeName", NONE)),
                Column.wide("Readiness Gates", "Conditions that it waits for.", Cells.from(PodCells::readinessGates)));
    }

    private static List<Column> replicas(Column.Cell selector) {
        return withTemplate(TEMPLATE, selector, Column.named(), DESIRED, CURRENT, READY, Column.aged());
    }

    private static List<Column> deployments() {
        return withTemplate(
                TEMPLATE,
                Cells.selector("spec.selector"),
                Column.named(),
                Column.of(
                        "Ready", "How many pods are ready, of how many.", Cells.from(WorkloadColumns::readyOfDesired)),
                Column.of(
                        "Up-to-date",
                        "How many pods have the latest template.",
                        Cells.number("status.updatedReplicas")),
                Column.of("Available", "How many pods serve.", Cells.number("status.availableReplicas")),
                Column.aged());
    }

    private static List<Column> statefulSets() {
        return List.of(
                Column.named(),
                Column.of(
                        "Ready", "How many pods are ready, of how many.", Cells.from(WorkloadColumns::readyOfDesired)),
                Column.aged(),
                containers(TEMPLATE),
                images(TEMPLATE));
    }

    private static List<Column> daemonSets() {
        return withTemplate(
                TEMPLATE,
                Cells.selector("spec.selector"),
                Column.named(),
                Column.number(
                        "Desired", "How many nodes should run it.", Cells.number("status.desiredNumberScheduled")),
                Column.number("Current", "How many nodes run it.", Cells.number("status.currentNumberScheduled")),
                Column.number("Ready", "How many pods are ready.", Cells.number("status.numberReady")),
                Column.number(
                        "Up-to-date",
                        "How many pods have the latest template.",
                        Cells.number("status.updatedNumberScheduled")),
                Column.number("Available", "How many pods serve.", Cells.number("status.numberAvailable")),
                Column.of("Node Selector", "Labels of its nodes.", Cells.labels("spec.template.spec.nodeSelector")),
                Column.aged());
    }

    private static List<Column> jobs() {
        return withTemplate(
                TEMPLATE,
                Cells.selector("spec.selector"),
                Column.named(),
                Column.of("Status", "How it is doing.", Cells.from(WorkloadColumns::jobStatus)),
                Column.of(
                        "Completions",
                        "How many pods succeeded, of how many.",
                        Cells.from(WorkloadColumns::completions)),
                Column.of("Duration", "How long it has been running.", WorkloadColumns::jobDuration),
                Column.aged());
    }

    private static List<Column> cronJobs() {
        return withTemplate(
                "spec.jobTemplate.spec.template.spec.containers",
                Cells.selector("spec.jobTemplate.spec.selector"),
                Column.named(),
                Column.of("Schedule", "When it runs.", Cells.text("spec.schedule")),
                Column.of("Timezone", "Of the schedule.", Cells.text("spec.timeZone", NONE)),
                new Column(
                        "Suspend",
                        "boolean",
                        "",
                        0,
                        "Whether it rests.",
                        Cells.from(
                                job -> capitalized(Cells.at(job, "spec.suspend").asBoolean(false)))),
                Column.number("Active", "How many of its jobs run.", Cells.count("status.active")),
                Column.of("Last Schedule", "How long ago it ran.", WorkloadColumns::lastSchedule),
                Column.aged());
    }

    private static List<Column> controllerRevisions() {
        return List.of(
                Column.named(),
                Column.of("Controller", "Whose revision it is.", Cells.from(WorkloadColumns::controller)),
                Column.of("Revision", "Its number.", Cells.number("revision")),
                Column.aged());
    }

    private static List<Column> withTemplate(String path, Column.Cell selector, Column... columns) {
        List<Column> all = new ArrayList<>(List.of(columns));
        all.add(containers(path));
        all.add(images(path));
        all.add(Column.wide("Selector", "Labels of its pods.", selector));
        return List.copyOf(all);
    }

    private static Column containers(String path) {
        return Column.wide(
                "Containers",
                "The names of its containers.",
                Cells.from(object -> String.join(",", Cells.each(object, path, "name"))));
    }

    private static Column images(String path) {
        return Column.wide(
                "Images",
                "The images of its containers.",
                Cells.from(object -> String.join(",", Cells.each(object, path, "image"))));
    }

    private static JsonNode desired(JsonNode object) {
        return LongNode.valueOf(desiredReplicas(object));
    }

    /// One pod when the object does not say.
    private static long desiredReplicas(JsonNode object) {
        return Cells.at(object, "spec.replicas").asLong(1);
    }

    private static String readyOfDesired(JsonNode object) {
        return Cells.integer(object, "status.readyReplicas") + "/" + desiredReplicas(object);
    }

    private static String jobStatus(JsonNode job) {
        for (String type : List.of("Complete", "Failed", "Suspended", "FailureTarget", "SuccessCriteriaMet")) {
            for (JsonNode condition : Cells.at(job, "status.conditions")) {
                if (Cells.string(condition, "type").equals(type)
                        && Cells.string(condition, "status").equals("True")) {
                    return type;
                }
            }
        }
        return Cells.string(job, "metadata.deletionTimestamp").isEmpty() ? "Running" : "Terminating";
    }

    private static String completions(JsonNode job) {
        long succeeded = Cells.integer(job, "status.succeeded");
        JsonNode completions = Cells.at(job, "spec.completions");
        if (completions.isNumber()) {
            return succeeded + "/" + completions.asLong();
        }
        long parallelism = Cells.integer(job, "spec.parallelism");
        return parallelism > 1 ? succeeded + "/1 of " + parallelism : succeeded + "/1";
    }

    private static JsonNode jobDuration(JsonNode job, Instant now) {
        Instant end = Cells.instant(Cells.string(job, "status.completionTime")).orElse(now);
        return StringNode.valueOf(Cells.instant(Cells.string(job, "status.startTime"))
                .map(start -> HumanDuration.of(Duration.between(start, end)))
                .orElse(""));
    }

    private static JsonNode lastSchedule(JsonNode job, Instant now) {
        String time = Cells.string(job, "status.lastScheduleTime");
        return StringNode.valueOf(time.isEmpty() ? NONE : Cells.since(time, now));
    }

    private static String controller(JsonNode revision) {
        for (JsonNode owner : Cells.at(revision, "metadata.ownerReferences")) {
            if (Cells.at(owner, "controller").asBoolean(false)) {
                String apiVersion = Cells.string(owner, "apiVersion");
                int slash = apiVersion.indexOf('/');
                String group = slash < 0 ? "" : "." + apiVersion.substring(0, slash);
                String kind = Cells.string(owner, "kind").toLowerCase(Locale.ROOT);
                return kind + group + "/" + Cells.string(owner, "name");
            }
        }
        return NONE;
    }

    private static String capitalized(boolean value) {
        return value ? "True" : "False";
    }
}
