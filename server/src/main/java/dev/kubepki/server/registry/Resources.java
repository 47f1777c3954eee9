package dev.kubepki.server.registry;

import dev.kubepki.api.kind.Kind;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// All kinds with their rules.
final class Resources {
    private final IdentityHashMap<Kind, Resource> byKind = new IdentityHashMap<>();
    private final Map<String, Resource> byName = new HashMap<>();

    Resources(List<Kind> kinds, Function<Kind, Strategy> strategies) {
        for (Kind kind : kinds) {
            Resource resource = new Resource(kind, strategies.apply(kind));
            byKind.put(kind, resource);
            byName.put(kind.resource(), resource);
        }
    }

    Resource of(Kind kind) {
        Resource found = byKind.get(kind);
        return found != null ? found : named(kind.resource()).orElseThrow();
    }

    /// By `plural.group`, or `plural` of the core group.
    Optional<Resource> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Collection<Resource> all() {
        return byName.values();
    }
}
