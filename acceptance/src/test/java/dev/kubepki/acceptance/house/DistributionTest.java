package dev.kubepki.acceptance.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.acceptance.house.Shell.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The archive of `./dev dist`, unpacked elsewhere, on a machine that gives it nothing.
class DistributionTest {
    private static final Path ROOT =
            Path.of(System.getProperty("kubepki.root")).toAbsolutePath().normalize();

    /// Mounts of its own, no network, the program's folder read-only, /tmp noexec: then runs what follows.
    private static final String BARE_MACHINE = """
            set -e
            mount --bind "$1" "$1"
            mount -o remount,bind,ro "$1"
            mount -t tmpfs -o noexec,nosuid tmpfs /tmp 2>/dev/null
            cd /
            ! touch "$1/probe" 2>/dev/null
            shift
            exec env -i "$@"
            """;

    @TempDir(factory = OutsideTmp.class)
    private static Path folder;

    private static Path home;

    @BeforeAll
    static void packsAndUnpacksElsewhere() throws IOException, InterruptedException {
        Shell shell = new Shell(
                ROOT,
                Map.of(
                        "PATH",
                        "/usr/bin:/bin",
                        "HOME",
                        System.getProperty("user.home"),
                        "KUBEPKI_JAVA_HOME",
                        System.getProperty("java.home")));
        Result packed = shell.run("./dev", "dist");
        assertThat(packed.exit()).as(packed.err()).isZero();
        List<String> lines = packed.out().lines().toList();
        Path archive = ROOT.resolve(lines.getLast());
        home = Files.createDirectory(folder.resolve("un packed"));
        Result unpacked = shell.run("tar", "-xzf", archive.toString(), "-C", home.toString(), "--strip-components=1");
        assertThat(unpacked.exit()).as(unpacked.err()).isZero();
    }

    @Test
    void runsWithNoPathNoHomeAndNoJava() throws Exception {
        Result result =
                new Shell(folder, Map.of()).run(home.resolve("bin/kubepki").toString(), "version", "-v");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .containsPattern("aotCache +in use: ")
                .containsPattern("cryptoProvider +AmazonCorrettoCryptoProvider");
    }

    @Test
    void runsReadOnlyWithoutNetworkAndWithANoexecTemporaryFolder() throws Exception {
        Result result = new Shell(folder, Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"))
                .run(
                        "unshare",
                        "--map-root-user",
                        "--mount",
                        "--net",
                        "bash",
                        "-c",
                        BARE_MACHINE,
                        "-",
                        home.toString(),
                        home.resolve("bin/kubepki").toString(),
                        "version",
                        "-v");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .containsPattern("aotCache +in use: ")
                .containsPattern("cryptoProvider +AmazonCorrettoCryptoProvider");
    }

    @Test
    void servesTheApiWithNoPathNoHomeAndNoJava() throws Exception {
        Path set = folder.toRealPath().resolve("served");
        ProcessBuilder builder = new ProcessBuilder(
                home.resolve("bin/kubepki").toString(), "serve", "--dir", set.toString(), "--secure-port", freePort());
        builder.environment().clear();
        Process server = builder.redirectErrorStream(true).start();
        try (BufferedReader output = server.inputReader()) {
            assertThat(output.lines().takeWhile(line -> !line.startsWith("kubectl ")))
                    .contains("export KUBECONFIG=" + set.resolve("admin.conf"));
        } finally {
            server.destroy();
            assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    @Test
    void startsThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("kubepki"), Path.of("un packed/bin/kubepki"));
        Result result = new Shell(folder, Map.of("PATH", "/usr/bin:/bin")).run(link.toString(), "--version");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("kubepki ");
    }

    @Test
    void carriesTheLicencesAndTheCompletions() {
        assertThat(home.resolve("legal/PARTS.md"))
                .content()
                .contains("Jetty", "Protocol Buffers", "SLF4J", "SQLite", "SnakeYAML", "Jackson", "Commons CLI");
        assertThat(home.resolve("legal/protobuf-LICENSE")).content().contains("Google");
        assertThat(home.resolve("legal/slf4j-LICENSE")).content().contains("QOS.ch");
        assertThat(home.resolve("legal/LICENSE.md")).content().contains("Bouncy Castle");
        assertThat(home.resolve("legal/LICENSE")).content().contains("Apache License");
        assertThat(home.resolve("share/bash-completion/completions/kubepki")).isNotEmptyFile();
    }
}
