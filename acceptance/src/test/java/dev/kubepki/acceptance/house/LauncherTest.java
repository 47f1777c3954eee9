package dev.kubepki.acceptance.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.acceptance.house.Shell.Result;
import dev.kubepki.acceptance.house.Shell.Running;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// `./kubepki` in a fresh copy of the sources, under a path with a space.
///
/// The copy is built once, by two launchers that start at the same time.
@TestMethodOrder(MethodOrderer.MethodName.class)
class LauncherTest {
    private static final Path ROOT =
            Path.of(System.getProperty("kubepki.root")).toAbsolutePath().normalize();
    private static final String VERSION_LINE = "kubepki \\S+\\n";

    @TempDir
    private static Path temporary;

    private static Path clone;
    private static Result first;
    private static Result second;

    private Shell shell;

    @BeforeAll
    static void buildsOnceForTwo() throws IOException, InterruptedException {
        clone = Files.createDirectory(temporary.resolve("a clone"));
        Result copied = shellIn(ROOT)
                .run(
                        "bash",
                        "-c",
                        "set -o pipefail; git ls-files -coz --exclude-standard"
                                + " | while IFS= read -rd '' f; do [ ! -e \"$f\" ] || printf '%s\\0' \"$f\"; done"
                                + " | tar --null -T - -c | tar -x -C \"$1\"",
                        "-",
                        clone.toString());
        assertThat(copied.exit()).as(copied.err()).isZero();
        Running one = shellIn(clone).start("./kubepki", "--version");
        Running other = shellIn(clone).start("./kubepki", "--version");
        first = one.end();
        second = other.end();
    }

    private static Shell shellIn(Path folder) {
        return new Shell(
                folder,
                Map.of(
                        "PATH",
                        "/usr/bin:/bin",
                        "HOME",
                        System.getProperty("user.home"),
                        "KUBEPKI_JAVA_HOME",
                        System.getProperty("java.home"),
                        "XDG_CACHE_HOME",
                        temporary.resolve("cache").toString()));
    }

    @BeforeEach
    void freshShell() {
        shell = shellIn(clone);
    }

    @Test
    void twoFirstUsesAtOnceBuildOneAfterTheOtherAndBothRun() {
        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(second.exit()).as(second.err()).isZero();
        assertThat(first.out()).matches(VERSION_LINE);
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(first.err() + second.err()).containsOnlyOnce("kubepki: building (first use");
    }

    @Test
    void laterStartsSayNothingButTheirAnswerAndUseTheCache() throws Exception {
        Result result = shell.run("./kubepki", "version", "-v");
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).containsPattern("aotCache +in use: ").containsPattern("cryptoProvider +Amazon");
    }

    @Test
    void aChangedSourceIsBuiltAgainAndAnUnchangedOneIsNot() throws Exception {
        Path source = clone.resolve("cli/src/main/java/dev/kubepki/cli/Build.java");
        String text = Files.readString(source, StandardCharsets.UTF_8);
        try {
            Files.writeString(source, text.replaceFirst("VERSION = \"[^\"]*\"", "VERSION = \"9.9.9\""));
            Result changed = shell.run("./kubepki", "--version");
            assertThat(changed.out()).isEqualTo("kubepki 9.9.9\n");
            assertThat(changed.err()).isEqualTo("kubepki: building (the sources changed) ...\n");
            assertThat(shell.run("./kubepki", "--version").err()).isEmpty();

            Files.writeString(source, text + "this is no Java\n");
            Result broken = shell.run("./kubepki", "--version");
            assertThat(broken.exit()).isEqualTo(1);
            assertThat(broken.out()).isEmpty();
            assertThat(broken.err()).contains("the build failed: read " + clone.resolve("target/kubepki/build.log"));
        } finally {
            Files.writeString(source, text);
        }
        assertThat(shell.run("./kubepki", "--version").out()).isEqualTo(first.out());
    }

    @Test
    void startsThroughALinkFromAnyFolder() throws Exception {
        Path bin = Files.createDirectories(temporary.resolve("bin"));
        Path relative = bin.resolve("relative");
        Files.deleteIfExists(relative);
        Files.createSymbolicLink(relative, Path.of("../a clone/kubepki"));
        Path chained = bin.resolve("chained");
        Files.deleteIfExists(chained);
        Files.createSymbolicLink(chained, relative);
        assertThat(shell.in(bin).run(chained.toString(), "--version").out()).matches(VERSION_LINE);
        assertThat(shell.in(temporary).run("bin/relative", "--version").out()).matches(VERSION_LINE);
        assertThat(shell.run("sh", "kubepki", "--version").out()).matches(VERSION_LINE);
    }

    @Test
    void anOlderJavaHomeIsPassedOver() throws Exception {
        Path old = fakeJdk("17.0.15");
        Shell unpinned = shell.with("KUBEPKI_JAVA_HOME", "")
                .with("PATH", System.getProperty("java.home") + "/bin:/usr/bin:/bin");
        Result result = unpinned.with("JAVA_HOME", old.toString()).run("./kubepki", "--version");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).matches(VERSION_LINE);
    }

    @Test
    void aPinnedJdkThatIsTooOldIsRefusedByName() throws Exception {
        Path old = fakeJdk("24.0.2");
        Result result = shell.with("KUBEPKI_JAVA_HOME", old.toString()).run("./kubepki", "--version");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("KUBEPKI_JAVA_HOME is " + old).hasLineCount(1);
    }

    @Test
    void aFolderForTheCacheThatIsNoFolderCostsNothingButTime() throws Exception {
        Result result = shell.with("XDG_CACHE_HOME", "/dev/null")
                .with("JAVA_HOME", "/none")
                .run("./kubepki", "version", "-v");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).containsPattern("aotCache +none");
    }

    @Test
    void aCacheThatWasDeletedIsMadeAgain() throws Exception {
        try (Stream<Path> files = Files.list(temporary.resolve("cache/kubepki"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        assertThat(shell.run("./kubepki", "version", "-v").out()).containsPattern("aotCache +in use: ");
    }

    @Test
    void aLockWhoseOwnerDiedHoldsNobodyUp() throws Exception {
        // Without flock on the PATH the lock is a folder that names its owner; this one's is gone.
        Path tools = Files.createDirectories(temporary.resolve("tools"));
        for (String tool :
                new String[] {"mkdir", "rm", "mv", "cat", "find", "sleep", "cksum", "stat", "readlink", "sed"}) {
            Path link = tools.resolve(tool);
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, Path.of("/usr/bin/" + tool));
            }
        }
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Path lock = Files.createDirectories(clone.resolve("target/kubepki/lock.d"));
        Files.writeString(lock.resolve("pid"), gone.pid() + "\n");
        Files.deleteIfExists(clone.resolve("target/kubepki/start"));
        Result result = shell.with("PATH", tools.toString()).run("./kubepki", "--version");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).matches(VERSION_LINE);
        assertThat(lock).doesNotExist();
    }

    private static Path fakeJdk(String version) throws IOException {
        Path home = Files.createDirectories(temporary.resolve("jdk-" + version));
        Path bin = Files.createDirectories(home.resolve("bin"));
        for (String program : new String[] {"java", "javac"}) {
            Path file = bin.resolve(program);
            Files.writeString(file, "#!/bin/sh\nexit 99\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }
}
