package dev.kubepki.pki;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.kubepki.pki.key.SigningKey;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Path;
import java.security.Provider;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The walls between the rooms of the library. What may know what is two tables of values.
class LibraryWallsTest {
    private static final String ROOT = "dev.kubepki.pki.";

    /// Each package, and the packages of the library that it may use.
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("key", Set.of()),
            Map.entry("document", Set.of()),
            Map.entry("x509", Set.of("key")),
            Map.entry("issue", Set.of("x509", "key")),
            Map.entry("verify", Set.of("x509", "key")),
            Map.entry("cluster", Set.of("issue", "verify", "x509", "key", "document")),
            Map.entry("files", Set.of("cluster", "x509", "key", "document")),
            Map.entry("inventory", Set.of("inspect", "files", "cluster", "x509", "key", "document")),
            Map.entry("inspect", Set.of("files", "cluster", "verify", "issue", "x509", "key", "document")),
            Map.entry("trust", Set.of("files", "cluster", "verify", "issue", "x509", "key", "document")),
            Map.entry("exchange", Set.of("files", "cluster", "verify", "issue", "x509", "key", "document")));

    /// Each bought part, and the one package that knows it. What is not here is used by nobody.
    private static final Map<String, String> BOUGHT = Map.of(
            "org.bouncycastle.", "x509",
            "org.snakeyaml.", "document",
            "tools.jackson.", "document",
            "com.amazon.", "key");

    private static final List<String> KNOWN_TO_ALL = List.of("java.", "javax.", "org.jspecify.annotations.");

    private static final List<String> OUTER_WORLD =
            List.of("java.io.", "java.net.", "java.nio.file.", "java.nio.channels.");

    /// Texts and numbers that the JDK keeps among its files and sockets, and an example that lies in the jar.
    private static final List<String> VALUES_OF_THE_OUTER_WORLD = List.of(
            "java.io.InputStream",
            "java.io.IOException",
            "java.io.UncheckedIOException",
            "java.net.URI",
            "java.net.URISyntaxException",
            "java.net.InetAddress",
            "java.net.Inet6Address",
            "java.nio.file.Path");

    private static final JavaClasses LIBRARY = compiledBeside(SigningKey.class);

    @Test
    void letsEachPackageUseOnlyWhatItsRowAllows() {
        assertThat(LIBRARY.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(use -> use.getTargetClass().getPackageName().startsWith(ROOT))
                        .filter(use -> !allowed(room(use.getOriginClass()), room(use.getTargetClass())))
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    @Test
    void knowsEachBoughtPartInOnePackage() {
        assertThat(LIBRARY.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(use -> !mayImport(
                                room(use.getOriginClass()),
                                use.getTargetClass().getBaseComponentType().getFullName()))
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    @Test
    void hasARowForEachPackage() {
        assertThat(LIBRARY.stream().map(LibraryWallsTest::room)).isSubsetOf(MAY_USE.keySet());
    }

    @Test
    void hasNoCycles() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(LIBRARY);
    }

    /// What `init` and `renew` decide depends on their arguments alone, so that `--dry-run` tells the truth.
    @Test
    void decidesAboutClustersWithoutFilesAndClocks() {
        assertThat(LIBRARY.stream()
                        .filter(type -> room(type).equals("cluster"))
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .map(use -> use.getTargetClass().getBaseComponentType().getFullName())
                        .filter(name -> OUTER_WORLD.stream().anyMatch(name::startsWith)))
                .isSubsetOf(VALUES_OF_THE_OUTER_WORLD);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "cluster..")
                .should()
                .callMethodWhere(target(name("getByName")))
                .orShould()
                .callMethodWhere(target(name("getAllByName")))
                .check(LIBRARY);
    }

    @Test
    void takesTheTimeFromItsCallers() {
        noClasses()
                .should()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(LIBRARY);
    }

    @Test
    void leavesTheTerminalAndTheProcessAlone() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .accessField(System.class, "in")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "java.lang.System$Logger", "org.slf4j..")
                .check(LIBRARY);
    }

    @Test
    void keepsNoStateInStaticFields() throws ReflectiveOperationException {
        noFields()
                .that()
                .areStatic()
                .should()
                .notBeFinal()
                .orShould()
                .haveRawType(ThreadLocal.class)
                .check(LIBRARY);
        List<String> changing = new ArrayList<>();
        for (JavaClass type : LIBRARY) {
            for (JavaField field : type.getFields()) {
                if (field.getModifiers().contains(JavaModifier.STATIC) && isChangeable(field.reflect())) {
                    changing.add(field.getFullName());
                }
            }
        }
        assertThat(changing).isEmpty();
    }

    /// The checker itself: a planted offender of each kind is found.
    @Test
    void findsOffenders() throws ReflectiveOperationException {
        assertThat(allowed("x509", "issue")).isFalse();
        assertThat(mayImport("issue", "org.bouncycastle.asn1.ASN1Sequence")).isFalse();
        assertThat(mayImport("key", "com.google.common.collect.ImmutableList")).isFalse();
        assertThat(isChangeable(Offender.class.getDeclaredField("SEEN"))).isTrue();
        assertThat(LIBRARY.contain(SigningKey.class)).isTrue();
        assertThat(LIBRARY.contain(LibraryWallsTest.class)).isFalse();
    }

    private static final class Offender {
        @SuppressWarnings("unused")
        private static final List<String> SEEN = new ArrayList<>();
    }

    private static boolean allowed(String user, String used) {
        return user.equals(used) || MAY_USE.getOrDefault(user, Set.of()).contains(used);
    }

    private static boolean mayImport(String user, String type) {
        return type.startsWith(ROOT)
                || !type.contains(".")
                || KNOWN_TO_ALL.stream().anyMatch(type::startsWith)
                || BOUGHT.entrySet().stream()
                        .anyMatch(part -> type.startsWith(part.getKey())
                                && part.getValue().equals(user));
    }

    private static String room(JavaClass type) {
        String inside = type.getPackageName().substring(ROOT.length());
        return inside.contains(".") ? inside.substring(0, inside.indexOf('.')) : inside;
    }

    /// A collection that takes another element. Arrays are left out: a private one that nobody writes is a table.
    private static boolean isChangeable(Field field) throws ReflectiveOperationException {
        if (Provider.class.isAssignableFrom(field.getType())) {
            return false; // A map by inheritance alone.
        }
        if (!Collection.class.isAssignableFrom(field.getType()) && !Map.class.isAssignableFrom(field.getType())) {
            return field.getType().getName().startsWith("java.util.concurrent.atomic.");
        }
        field.setAccessible(true);
        String kind = field.get(null).getClass().getName();
        return !kind.startsWith("java.util.ImmutableCollections$")
                && !kind.startsWith("java.util.Collections$Unmodifiable")
                && !kind.startsWith("java.util.Collections$Empty");
    }

    private static JavaClasses compiledBeside(Class<?> one) {
        String location =
                one.getProtectionDomain().getCodeSource().getLocation().toString();
        return new ClassFileImporter().importPath(Path.of(URI.create(location)));
    }
}
