package dev.kubepki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.server.Server;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.LineNumberInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The house rules that can be read off the sources, of the library and of the program.
class HouseRulesTest {
    private static final int LINES_OF_A_CLASS = 400;
    private static final int LINES_OF_A_METHOD = 40;
    private static final List<Path> SOURCES = Stream.of("pki", "api", "server", "cli")
            .map(module -> Path.of("..", module, "src/main/java"))
            .toList();
    private static final Pattern LOCAL_VAR = Pattern.compile("[\\s(]var \\w+ [=:]");
    private static final Pattern EMPTY_WORDS = Pattern.compile(".*(Manager|Helper|Utils?|Impl)");

    @Test
    void keepsClassesUnder400Lines() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path source : sources()) {
            if (lines(source).size() >= LINES_OF_A_CLASS) {
                tooLong.add(source.toString());
            }
        }
        assertThat(tooLong).isEmpty();
    }

    /// The lines from the first statement to the last one.
    @Test
    void keepsMethodsUnder40Lines() throws IOException {
        for (Class<?> one : List.of(SigningKey.class, Kind.class, Server.class, Main.class)) {
            assertThat(compiled(one).flatMap(HouseRulesTest::longMethods)).isEmpty();
        }
    }

    @Test
    void marksEachPackageAsNullMarked() throws IOException {
        TreeSet<Path> unmarked = new TreeSet<>();
        for (Path source : sources()) {
            Path info = source.resolveSibling("package-info.java");
            if (!Files.exists(info) || !Files.readString(info).contains("@NullMarked")) {
                unmarked.add(source.resolveSibling(""));
            }
        }
        unmarked.removeIf(folder -> folder.endsWith("java"));
        assertThat(unmarked).isEmpty();
    }

    @Test
    void namesTypesInMainCode() throws IOException {
        List<String> guessed = new ArrayList<>();
        for (Path source : sources()) {
            lines(source).stream()
                    .filter(line -> LOCAL_VAR.matcher(line).find())
                    .forEach(line -> guessed.add(source + ": " + line.strip()));
        }
        assertThat(guessed).isEmpty();
    }

    @Test
    void givesClassesNamesThatSaySomething() throws IOException {
        assertThat(sources())
                .noneMatch(source -> EMPTY_WORDS
                        .matcher(source.getFileName().toString().replace(".java", ""))
                        .matches());
    }

    private static Stream<String> longMethods(ClassModel type) {
        return type.methods().stream()
                .filter(method -> !method.methodName().stringValue().startsWith("<"))
                .filter(method -> span(method) >= LINES_OF_A_METHOD)
                .map(method -> type.thisClass().name() + "." + method.methodName() + ": " + span(method) + " lines");
    }

    private static int span(MethodModel method) {
        IntSummaryStatistics lines = method.findAttribute(Attributes.code()).stream()
                .flatMap(code -> code.findAttribute(Attributes.lineNumberTable()).stream())
                .flatMap(table -> table.lineNumbers().stream())
                .mapToInt(LineNumberInfo::lineNumber)
                .summaryStatistics();
        return lines.getCount() == 0 ? 0 : lines.getMax() - lines.getMin() + 1;
    }

    private static Stream<ClassModel> compiled(Class<?> one) throws IOException {
        List<ClassModel> types = new ArrayList<>();
        for (JavaClass type : CompiledClasses.beside(one)) {
            String file = "/" + type.getName().replace('.', '/') + ".class";
            try (InputStream bytes = one.getResourceAsStream(file)) {
                types.add(
                        ClassFile.of().parse(Objects.requireNonNull(bytes, file).readAllBytes()));
            }
        }
        assertThat(types).isNotEmpty();
        return types.stream();
    }

    private static List<String> lines(Path source) throws IOException {
        return Files.readAllLines(source);
    }

    private static List<Path> sources() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path root : SOURCES) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
            }
        }
        assertThat(found).hasSizeGreaterThan(100);
        return found;
    }
}
