package dev.kubepki.api.kind;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which versions are switched on and off, as kube-apiserver's `--runtime-config` says it.
///
/// An entry for a resource goes before one for its version, that before `api/ga`, `api/beta` and `api/alpha`, and these
/// before `api/all`. Versions on request are served only when an entry names their version or resource.
public final class RuntimeConfig {
    /// Nothing is switched.
    public static final RuntimeConfig DEFAULT = new RuntimeConfig(Map.of());

    private static final String FLAG = "--runtime-config: ";

    private final Map<String, Boolean> entries;

    private RuntimeConfig(Map<String, Boolean> entries) {
        this.entries = Map.copyOf(entries);
    }

    /// From `certificates.k8s.io/v1beta1=true,api/alpha=false`.
    ///
    /// @param kinds that the entries may name
    /// @throws IllegalArgumentException that names the entry which is wrong
    public static RuntimeConfig parse(String text, List<Kind> kinds) {
        Map<String, Boolean> entries = new LinkedHashMap<>();
        for (String entry : text.split(",", -1)) {
            String stripped = entry.strip();
            if (stripped.isEmpty()) {
                continue;
            }
            int equals = stripped.indexOf('=');
            String key = equals < 0 ? stripped : stripped.substring(0, equals);
            entries.put(
                    canonical(key, stripped, kinds), value(equals < 0 ? "" : stripped.substring(equals + 1), stripped));
        }
        return new RuntimeConfig(entries);
    }

    /// Whether a version of a kind is served.
    boolean serves(Kind kind, String version) {
        String groupVersion = new GroupVersion(kind.group(), version).toString();
        @Nullable Boolean named = entries.get(groupVersion + "/" + kind.plural());
        if (named == null) {
            named = entries.get(groupVersion);
        }
        if (named != null) {
            return named;
        }
        if (kind.versionsOnRequest().contains(version)) {
            return false;
        }
        @Nullable Boolean level = entries.get(level(version));
        return level == null ? entries.getOrDefault("api/all", true) : level;
    }

    private static String level(String version) {
        if (VersionOrder.isGenerallyAvailable(version)) {
            return "api/ga";
        }
        return version.contains("beta") ? "api/beta" : "api/alpha";
    }

    private static boolean value(String text, String entry) {
        return switch (text) {
            case "", "true", "True", "TRUE", "t", "T", "1" -> true;
            case "false", "False", "FALSE", "f", "F", "0" -> false;
            default -> throw new IllegalArgumentException(FLAG + entry + ": the value must be true or false");
        };
    }

    /// Checks what the key names; `api/v1` is the core version's other name.
    private static String canonical(String key, String entry, List<Kind> kinds) {
        switch (key) {
            case "api/all", "api/ga", "api/beta", "api/alpha" -> {
                return key;
            }
            default -> {}
        }
        String path = key.startsWith("api/") ? key.substring(4) : key;
        for (Kind kind : kinds) {
            for (List<String> versions : List.of(kind.versions(), kind.versionsOnRequest())) {
                for (String version : versions) {
                    String groupVersion = new GroupVersion(kind.group(), version).toString();
                    if (path.equals(groupVersion) || path.equals(groupVersion + "/" + kind.plural())) {
                        return path;
                    }
                }
            }
        }
        throw new IllegalArgumentException(FLAG + entry
                + ": no such version or resource: write group/version=true, group/version/resource=true"
                + " or api/all, api/ga, api/beta, api/alpha");
    }
}
