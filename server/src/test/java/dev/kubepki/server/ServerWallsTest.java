package dev.kubepki.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import dev.kubepki.api.kind.Kind;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The walls between the rooms of the wire and of the server. What may know what is two tables of values.
class ServerWallsTest {
    private static final String ROOT = "dev.kubepki.";

    /// Each package, and those of this project that it may use. A row stands for the packages below it that have none.
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("api.kind", Set.of("api.codec")),
            Map.entry("api.schema", Set.of("api.kind")),
            Map.entry("api.failure", Set.of("api.kind")),
            Map.entry("api.codec", Set.of("api.schema", "api.failure", "api.kind")),
            Map.entry("api.discovery", Set.of("api.kind", "api.codec")),
            Map.entry("api.openapi", Set.of("api.schema", "api.kind", "api.codec", "api.discovery")),
            Map.entry("api.table", Set.of("api.kind", "api.codec")),
            Map.entry("api.client", Set.of("api.kind", "api.failure")),
            Map.entry(
                    "api.client.remote",
                    Set.of("api.client", "api.kind", "api.failure", "api.codec", "api.schema", "pki")),
            Map.entry("server.store", Set.of("pki")),
            Map.entry("server.auth", Set.of("api", "pki")),
            Map.entry("server.patch", Set.of("api")),
            Map.entry("server.request", Set.of("pki")),
            Map.entry(
                    "server.registry",
                    Set.of("server.store", "server.auth", "server.patch", "server.request", "api", "pki")),
            Map.entry("server.review", Set.of("server.registry", "server.auth", "api", "pki")),
            Map.entry(
                    "server.controller",
                    Set.of("server.registry", "server.auth", "server.store", "server.request", "api", "pki")),
            Map.entry("server.http", Set.of("server.registry", "server.auth", "server.audit", "api", "pki")),
            Map.entry("server.audit", Set.of("server.auth", "api", "pki")),
            Map.entry("server.log", Set.of()),
            Map.entry("server", Set.of("server", "api", "pki")));

    /// Each bought part, and the packages that know it.
    private static final Map<String, List<String>> BOUGHT = Map.of(
            "org.eclipse.jetty.", List.of("server.http"),
            "java.sql.", List.of("server.store"),
            "org.sqlite.", List.of("server.store"),
            "com.google.protobuf.", List.of("api.codec"),
            "tools.jackson.core.", List.of("api.codec"),
            "org.snakeyaml.", List.of("api.codec"),
            "org.bouncycastle.", List.of());

    /// What a tree throws when it is read; whoever reads one has to catch it.
    private static final String TREE_FAILURE = "tools.jackson.core.JacksonException";

    private static final JavaClasses ROOMS =
            new ClassFileImporter().importLocations(Set.of(home(Kind.class), home(Server.class)));

    /// The folder or jar of a class, where no test is.
    private static Location home(Class<?> type) {
        URL url = type.getProtectionDomain().getCodeSource().getLocation();
        return url.getPath().endsWith(".jar") ? Location.of(URI.create("jar:" + url + "!/")) : Location.of(url);
    }

    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(ROOT) ? name.substring(ROOT.length()) : name;
    }

    private static String row(String room) {
        String name = room;
        while (!MAY_USE.containsKey(name)) {
            int dot = name.lastIndexOf('.');
            assertThat(dot).as("%s has no row", room).isPositive();
            name = name.substring(0, dot);
        }
        return name;
    }

    private static boolean isIn(String room, String other) {
        return room.equals(other) || room.startsWith(other + ".");
    }

    @Test
    void letsEachPackageUseOnlyWhatItsRowAllows() {
        assertThat(ROOMS.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(use -> use.getTargetClass().getPackageName().startsWith(ROOT))
                        .filter(use -> !allowed(room(use.getOriginClass()), room(use.getTargetClass())))
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    private static boolean allowed(String from, String to) {
        String row = row(from);
        return isIn(to, row) || MAY_USE.getOrDefault(row, Set.of()).stream().anyMatch(other -> isIn(to, other));
    }

    @Test
    void letsBoughtPartsIntoTheirRoomsOnly() {
        assertThat(ROOMS.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(use -> !use.getTargetClass().getName().equals(TREE_FAILURE))
                        .filter(use -> BOUGHT.entrySet().stream()
                                .anyMatch(part -> use.getTargetClass().getName().startsWith(part.getKey())
                                        && part.getValue().stream()
                                                .noneMatch(room -> isIn(room(use.getOriginClass()), room))))
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    @Test
    void looksAtAllRooms() {
        assertThat(ROOMS).hasSizeGreaterThan(200);
    }
}
