package dev.kubepki.server;

import dev.kubepki.server.controller.Keeper;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// One row of the table of controllers.
///
/// @param name as kube-controller-manager calls it
/// @param aliases other names of it: its older ones there, and a short one
/// @param standard whether it runs without being named, as it does in a cluster with Kubernetes' own defaults
/// @param rights what it has to be allowed in a foreign cluster
/// @param maker makes it, or nothing where the cluster lacks its kind
record ControllerRow(
        String name,
        List<String> aliases,
        boolean standard,
        List<Right> rights,
        Function<ControllerParts, Optional<Keeper>> maker) {
    /// A standard one.
    ControllerRow(
            String name, List<String> aliases, List<Right> rights, Function<ControllerParts, Optional<Keeper>> maker) {
        this(name, aliases, true, rights, maker);
    }

    /// A rule of a role.
    ///
    /// @param names of single objects; empty for all
    record Right(String group, List<String> resources, List<String> verbs, List<String> names) {
        static Right of(String group, String resource, String... verbs) {
            return new Right(group, List.of(resource), List.of(verbs), List.of());
        }
    }

    /// All its names.
    Stream<String> names() {
        return Stream.concat(Stream.of(name), aliases.stream());
    }
}
