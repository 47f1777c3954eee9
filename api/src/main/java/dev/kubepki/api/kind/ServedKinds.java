package dev.kubepki.api.kind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The kinds and versions that this server offers.
public final class ServedKinds {
    private final List<Kind> kinds;
    /// By group and version; groups by priority, the core group first, versions preferred first.
    private final Map<GroupVersion, Map<String, Kind>> resources;

    private final Map<String, List<String>> versions;
    private final Map<GroupVersionKind, Kind> byKind;

    private ServedKinds(List<Kind> kinds) {
        this.kinds = List.copyOf(kinds);
        this.resources = new LinkedHashMap<>();
        this.versions = new LinkedHashMap<>();
        this.byKind = new HashMap<>();
        Map<String, Set<String>> all = new LinkedHashMap<>();
        for (Kind kind : kinds) {
            all.computeIfAbsent(kind.group(), group -> new LinkedHashSet<>()).addAll(kind.versions());
        }
        all.forEach((group, names) -> {
            List<String> sorted = names.stream().sorted(new VersionOrder()).toList();
            versions.put(group, sorted);
            sorted.forEach(version -> resources.put(new GroupVersion(group, version), new TreeMap<>()));
        });
        for (Kind kind : kinds) {
            for (String version : kind.versions()) {
                GroupVersion groupVersion = new GroupVersion(kind.group(), version);
                resourcesOf(groupVersion).put(kind.plural(), kind);
                byKind.put(groupVersion.kind(kind.name()), kind);
            }
        }
    }

    /// What is left of the table when versions were switched; a kind with no version left is not served.
    public static ServedKinds of(List<Kind> table, RuntimeConfig config) {
        List<Kind> served = new ArrayList<>();
        for (Kind kind : table) {
            List<String> versions = new ArrayList<>(kind.versions());
            versions.addAll(kind.versionsOnRequest());
            versions.removeIf(version -> !config.serves(kind, version));
            versions.sort(new VersionOrder());
            if (!versions.isEmpty()) {
                served.add(kind.serving(versions));
            }
        }
        return new ServedKinds(served);
    }

    /// All rows, groups by priority; `versions` of each are those that are served.
    public List<Kind> all() {
        return kinds;
    }

    /// The groups by priority; the core group is the empty text.
    public Set<String> groups() {
        return versions.keySet();
    }

    /// The versions of a group, the preferred one first; none for a group that is not served.
    public List<String> versions(String group) {
        return versions.getOrDefault(group, List.of());
    }

    /// All groups with their versions, in order.
    public Set<GroupVersion> groupVersions() {
        return resources.keySet();
    }

    /// The kinds of a version by their plural; none for a version that is not served.
    public List<Kind> kinds(GroupVersion groupVersion) {
        return List.copyOf(resources.getOrDefault(groupVersion, Map.of()).values());
    }

    /// Whether a version is served.
    public boolean serves(GroupVersion groupVersion) {
        return resources.containsKey(groupVersion);
    }

    /// The kind behind a path.
    public Optional<Kind> resource(GroupVersion groupVersion, String plural) {
        return Optional.ofNullable(
                resources.getOrDefault(groupVersion, Map.of()).get(plural));
    }

    /// The kind behind a plural of a group, whatever the version.
    public Optional<Kind> resource(String group, String plural) {
        for (String version : versions(group)) {
            @Nullable Kind kind = resourcesOf(new GroupVersion(group, version)).get(plural);
            if (kind != null) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /// The kind that an object names.
    public Optional<Kind> kind(GroupVersionKind kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    private Map<String, Kind> resourcesOf(GroupVersion groupVersion) {
        @Nullable Map<String, Kind> found = resources.get(groupVersion);
        if (found == null) {
            throw new IllegalArgumentException(groupVersion + " is not served");
        }
        return found;
    }
}
