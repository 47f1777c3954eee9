package dev.kubepki.api.table;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/// How a pod is doing, in one word and two numbers.
final class PodCells {
    private PodCells() {}

    /// Ready containers of all.
    static String ready(JsonNode pod) {
        int total = Cells.at(pod, "spec.containers").size();
        int ready = 0;
        for (JsonNode status : Cells.at(pod, "status.containerStatuses")) {
            if (Cells.at(status, "ready").asBoolean(false)
                    && Cells.at(status, "state.running").isObject()) {
                ready++;
            }
        }
        return ready + "/" + total;
    }

    /// The phase, or what keeps a container from running.
    static String status(JsonNode pod) {
        String status = Cells.orElse(
                Cells.string(pod, "status.reason"), Cells.orElse(Cells.string(pod, "status.phase"), "Pending"));
        String init = initStatus(pod);
        if (!init.isEmpty()) {
            status = init;
        } else {
            List<JsonNode> containers =
                    Cells.at(pod, "status.containerStatuses").valueStream().toList();
            for (JsonNode container : containers.reversed()) {
                status = Cells.orElse(trouble(container), status);
            }
        }
        if (!Cells.string(pod, "metadata.deletionTimestamp").isEmpty()) {
            return Cells.string(pod, "status.reason").equals("NodeLost") ? "Unknown" : "Terminating";
        }
        return status;
    }

    /// `Init:1/2` and the like while the first init container that has not succeeded is there; else empty.
    private static String initStatus(JsonNode pod) {
        int done = 0;
        for (JsonNode container : Cells.at(pod, "status.initContainerStatuses")) {
            JsonNode ended = Cells.at(container, "state.terminated");
            if (!ended.isObject() || Cells.integer(ended, "exitCode") != 0) {
                String trouble = trouble(container);
                return trouble.isEmpty() || trouble.equals("PodInitializing")
                        ? "Init:" + done + "/"
                                + Cells.at(pod, "spec.initContainers").size()
                        : "Init:" + trouble;
            }
            done++;
        }
        return "";
    }

    private static String trouble(JsonNode container) {
        String waiting = Cells.string(container, "state.waiting.reason");
        if (!waiting.isEmpty()) {
            return waiting;
        }
        JsonNode ended = Cells.at(container, "state.terminated");
        if (!ended.isObject()) {
            return "";
        }
        long signal = Cells.integer(ended, "signal");
        String otherwise = signal == 0 ? "ExitCode:" + Cells.integer(ended, "exitCode") : "Signal:" + signal;
        return Cells.orElse(Cells.string(ended, "reason"), otherwise);
    }

    /// How often containers were restarted, and when last.
    static JsonNode restarts(JsonNode pod, Instant now) {
        long restarts = 0;
        Instant last = Instant.MIN;
        String lastText = "";
        for (JsonNode container : Cells.at(pod, "status.containerStatuses")) {
            restarts += Cells.integer(container, "restartCount");
            String ended = Cells.string(container, "lastState.terminated.finishedAt");
            Instant time = Cells.instant(ended).orElse(Instant.MIN);
            if (time.isAfter(last)) {
                last = time;
                lastText = ended;
            }
        }
        String text = Long.toString(restarts);
        return StringNode.valueOf(
                restarts == 0 || lastText.isEmpty() ? text : text + " (" + Cells.since(lastText, now) + " ago)");
    }

    /// Conditions that readiness waits for, and how many of them hold; none when the pod names none.
    static String readinessGates(JsonNode pod) {
        List<String> gates = Cells.each(pod, "spec.readinessGates", "conditionType");
        if (gates.isEmpty()) {
            return Cells.NONE;
        }
        int holding = 0;
        for (JsonNode condition : Cells.at(pod, "status.conditions")) {
            if (gates.contains(Cells.string(condition, "type"))
                    && Cells.string(condition, "status").equals("True")) {
                holding++;
            }
        }
        return holding + "/" + gates.size();
    }
}
