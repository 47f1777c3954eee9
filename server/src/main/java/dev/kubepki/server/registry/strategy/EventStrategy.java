package dev.kubepki.server.registry.strategy;

import dev.kubepki.server.registry.Strategy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Event: what happened to an object; chosen by that object.
final class EventStrategy implements Strategy {
    /// The label of a field selector and the field of core v1; events.k8s.io/v1 has the same under other names.
    private static final Map<String, String[]> FIELDS = fields();

    private static Map<String, String[]> fields() {
        Map<String, String[]> fields = new LinkedHashMap<>();
        for (String name :
                new String[] {"kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath"}) {
            fields.put("involvedObject." + name, new String[] {"involvedObject", name});
        }
        fields.put("reason", new String[] {"reason"});
        fields.put("reportingComponent", new String[] {"reportingComponent"});
        fields.put("source", new String[] {"source", "component"});
        fields.put("type", new String[] {"type"});
        return fields;
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode object) {
        Map<String, String> values = new LinkedHashMap<>();
        FIELDS.forEach((label, path) -> values.put(label, Trees.text(object, path)));
        if (values.getOrDefault("source", "").isEmpty()) {
            values.put("source", Trees.text(object, "reportingComponent"));
        }
        return values;
    }

    @Override
    public Set<String> fieldLabels() {
        return FIELDS.keySet();
    }

    @Override
    public boolean ownFieldLabels() {
        return true;
    }
}
