package dev.kubepki.pki.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Really kills a program that writes: `-Dkubepki.kills=50` for more than the ten of every build.
class KillTest {
    private static final int KILLS = Integer.getInteger("kubepki.kills", 10);

    @TempDir
    private Path root;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void findsOneWholeGenerationAfterEveryRealKill() throws Exception {
        System.out.println("KillTest seed " + seed);
        long generation = 0;
        int interrupted = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            long told = killedRenewal(generation + 1);
            FileRoots roots = FileRoots.of(root);
            FileView view = FileView.of(FileOperations.disk(), roots);
            long seen = onlyGeneration(view);
            try (DirectoryLock lock = DirectoryLock.acquire(roots)) {
                interrupted += FileTransaction.recover(lock) == FileTransaction.Recovery.NOTHING ? 0 : 1;
            }
            generation = onlyGeneration(FileView.of(FileOperations.disk(), roots));
            assertThat(generation).as("seed " + seed).isEqualTo(seen).isGreaterThanOrEqualTo(told);
            assertThat(FileOperations.disk().list(root.resolve(".kubepki"))).containsExactly("lock");
            assertInLedger(generation);
        }
        assertThat(interrupted)
                .as("kills that interrupted a change, seed " + seed)
                .isPositive();
    }

    /// Returns the last generation that the program told before it was killed.
    private long killedRenewal(long first) throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessRenewal.class.getName(),
                        root.toString(),
                        Long.toString(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader told = program.inputReader(UTF_8)) {
            String last = told.readLine();
            Thread.sleep(random.nextInt(200));
            // Through its handle: Process would close its output too, with what it still has to tell.
            assertThat(program.toHandle().destroyForcibly()).isTrue();
            assertThat(program.waitFor()).as("killed by SIGKILL").isEqualTo(128 + 9);
            long generation = Long.parseLong(String.valueOf(last));
            for (String line = told.readLine(); line != null; line = told.readLine()) {
                generation = Math.max(generation, Long.parseLong(line));
            }
            return generation;
        }
    }

    private long onlyGeneration(FileView view) {
        Set<String> generations = new HashSet<>();
        for (String pair : EndlessRenewal.PAIRS) {
            generations.add(new String(view.read(root.resolve(pair + ".key")), UTF_8));
            generations.add(new String(view.read(root.resolve(pair + ".crt")), UTF_8));
        }
        assertThat(generations).as("seed " + seed).hasSize(1);
        return Long.parseLong(generations.iterator().next());
    }

    private void assertInLedger(long generation) {
        assertThat(Ledger.of(FileOperations.disk(), FileRoots.of(root)).lines())
                .anyMatch(line ->
                        line instanceof Ledger.Line.Whole(String json) && json.contains("\"g" + generation + "\""));
    }
}
