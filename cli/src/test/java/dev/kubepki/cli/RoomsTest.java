package dev.kubepki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.pki.cluster.Check;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The pages about the code say what the code is.
class RoomsTest {
    private static final Path DOCS = Path.of("../docs");
    private static final Pattern TYPE = Pattern.compile("`([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)`");
    private static final Pattern CHECK = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| (.*) \\|$");

    @Test
    void namesOnlyTypesThatExist() throws IOException {
        Set<String> known = new TreeSet<>(main().map(JavaClass::getSimpleName).toList());
        for (String module : List.of("../pki", "../server")) {
            try (Stream<Path> tests = Files.walk(Path.of(module, "src/test/java"))) {
                tests.map(file -> file.getFileName().toString().replace(".java", ""))
                        .forEach(known::add);
            }
        }
        Set<String> named = TYPE.matcher(Files.readString(DOCS.resolve("ROOMS.md")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).hasSizeGreaterThan(40);
        named.removeAll(known);
        assertThat(named).isEmpty();
    }

    @Test
    void namesEachPackage() throws IOException {
        String page = Files.readString(DOCS.resolve("ROOMS.md"));
        assertThat(main().map(type -> type.getPackageName().replaceFirst(".*\\.", ""))
                        .distinct())
                .allSatisfy(room -> assertThat(page).contains("\n| `" + room + "` |"));
    }

    @Test
    void listsEachCheckAsTheCodeHasIt() throws IOException {
        assertThat(CHECK.matcher(Files.readString(DOCS.resolve("checks.md")))
                        .results()
                        .map((MatchResult row) -> row.group(1) + ": " + row.group(2)))
                .containsExactlyElementsOf(Check.ALL.stream()
                        .map(check -> check.name() + ": " + check.meaning())
                        .toList());
    }

    private static Stream<JavaClass> main() {
        return Stream.of(SigningKey.class, Kind.class, Server.class, Main.class)
                .flatMap(one -> CompiledClasses.beside(one).stream());
    }
}
