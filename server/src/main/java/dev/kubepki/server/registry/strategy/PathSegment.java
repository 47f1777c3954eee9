package dev.kubepki.server.registry.strategy;

import java.util.ArrayList;
import java.util.List;

/// What every name must be, as it stands in a URL's path.
final class PathSegment {
    private PathSegment() {}

    static List<String> faults(String name) {
        if (name.equals(".") || name.equals("..")) {
            return List.of("may not be '" + name + "'");
        }
        List<String> faults = new ArrayList<>();
        for (String bad : List.of("/", "%")) {
            if (name.contains(bad)) {
                faults.add("may not contain '" + bad + "'");
            }
        }
        return faults;
    }
}
