package dev.kubepki.server.registry.strategy;

import dev.kubepki.server.registry.Strategy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Event: what happened to an object; chosen by that object.
final class EventStrategy implements Strategy {
    /// The label of a field selector and the field of core v1, as which all events are stored.
    private final Map<String, String[]> fields;

    private EventStrategy(String subject, String reporter) {
        fields = fields(subject, reporter);
    }

    /// Of the core group.
    static EventStrategy core() {
        return new EventStrategy("involvedObject", "reportingComponent");
    }

    /// Of events.k8s.io, which has other names for the same.
    static EventStrategy events() {
        return new EventStrategy("regarding", "reportingController");
    }

    private static Map<String, String[]> fields(String subject, String reporter) {
        Map<String, String[]> fields = new LinkedHashMap<>();
        for (String name :
                new String[] {"kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath"}) {
            fields.put(subject + "." + name, new String[] {"involvedObject", name});
        }
        fields.put("reason", new String[] {"reason"});
        fields.put(reporter, new String[] {"reportingComponent"});
        fields.put("source", new String[] {"source", "component"});
        fields.put("type", new String[] {"type"});
        return fields;
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode object) {
        Map<String, String> values = new LinkedHashMap<>();
        fields.forEach((label, path) -> values.put(label, Trees.text(object, path)));
        if (values.getOrDefault("source", "").isEmpty()) {
            values.put("source", Trees.text(object, "reportingComponent"));
        }
        return values;
    }

    @Override
    public Set<String> fieldLabels() {
        return fields.keySet();
    }

    @Override
    public boolean ownFieldLabels() {
        return true;
    }
}
