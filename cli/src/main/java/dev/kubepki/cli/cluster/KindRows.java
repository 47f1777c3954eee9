package dev.kubepki.cli.cluster;

import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.Kinds;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The rows of the kinds, by the names of their resources.
record KindRows(Map<String, Kind> rows) {
    static KindRows load() {
        return new KindRows(Kinds.load().stream().collect(Collectors.toMap(Kind::resource, Function.identity())));
    }

    /// The row of a resource, such as `secrets` or `roles.rbac.authorization.k8s.io`.
    Kind of(String resource) {
        Kind kind = rows.get(resource);
        if (kind == null) {
            throw new IllegalArgumentException("there is no kind " + resource);
        }
        return kind;
    }
}
