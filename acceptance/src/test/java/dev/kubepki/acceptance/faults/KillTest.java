package dev.kubepki.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real `kill -9` of `init` and `renew` at random moments, judged by openssl and find.
class KillTest {
    private static final int KILLS = Boolean.getBoolean("acceptance.all") ? 50 : 15;
    private static final String STAGING = "set/.kubepki/staging";
    private static final String JOURNAL = "set/.kubepki/journal";
    private static final String INIT = "kubepki init --key-algorithm ECDSA-P256 --dir set";

    private final long seed = Long.getLong("kubepki.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @TempDir
    Path work;

    @BeforeEach
    void makeSet() throws Exception {
        assertThat(Script.run(work, INIT + " >/dev/null; echo $?")).endsWith("0\n");
    }

    @Test
    void leavesTheOldSetOrTheNewOneOrAJournal() throws Exception {
        System.out.println("KillTest seed " + seed);
        long wholeInit = duration("init", "--key-algorithm", "ECDSA-P256", "--dir", "timed");
        int killed = 0;
        int interrupted = 0;
        int waiting = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            String[] command = prepare(kill % 3);
            Process program = Script.program(work, command);
            boolean ended = aim(program, kill, wholeInit);
            // Through its handle: Process would close its output too, which is still to be read.
            program.toHandle().destroyForcibly();
            Script.end(program);
            killed += ended ? 0 : 1;
            String where = "kill " + kill + " of " + String.join(" ", command) + ", seed " + seed;
            interrupted += Files.exists(work.resolve(STAGING)) || Files.exists(work.resolve(JOURNAL)) ? 1 : 0;
            waiting += Files.exists(work.resolve(JOURNAL)) ? 1 : 0;
            assertThat(Script.run(work, "complaints set")).as(where).isEmpty();
            assertVerifySees(kill % 3, where);
            String next = kill % 3 == 2 ? "kubepki renew --due --dir set" : INIT;
            assertThat(Script.run(work, next + " >said 2>&1 || cat said"))
                    .as(where)
                    .isEmpty();
            assertThat(Script.run(work, "complaints set; ls set/.kubepki | grep -v -e lock -e backups"))
                    .as(where)
                    .isEmpty();
            assertThat(Script.run(work, "kubepki verify --dir set >said 2>&1 || cat said"))
                    .as(where)
                    .isEmpty();
        }
        System.out.println(
                "KillTest: " + killed + " killed, " + interrupted + " while writing, " + waiting + " left a journal");
        // How many a kill catches depends on the machine; the walk over every step, in the unit tests, does not.
        assertThat(killed).as("seed " + seed).isPositive();
    }

    @Test
    void theWitnessSeesPlantedFaults() throws Exception {
        assertThat(Script.run(work, "complaints set")).isEmpty();
        assertThat(Script.run(work, "cp -a set a; cp a/pki/etcd/peer.key a/pki/apiserver.key; complaints a"))
                .isEqualTo("a/pki/apiserver.crt: not its key's\n");
        assertThat(Script.run(work, "cp -a set b; chmod 640 b/pki/ca.key; chmod 604 b/admin.conf; complaints b | sort"))
                .isEqualTo("b/admin.conf: loose mode\nb/pki/ca.key: loose mode\n");
        assertThat(Script.run(work, "cp -a set c; sed -i /scheduler.conf/d c/certificate-ledger.jsonl; complaints c"))
                .isEqualTo("c/scheduler.conf: not in the ledger\n");
        String swapped = "cp -a set d; key=$(grep client-key-data d/kubelet.conf); "
                + "sed -i \"s|.*client-key-data.*|$key|\" d/admin.conf; complaints d";
        assertThat(Script.run(work, swapped)).isEqualTo("d/admin.conf: not its key's\n");
        assertThat(Script.run(work, "cp -a set e; rm e/pki/apiserver.key; kubepki verify --dir e >said; echo $?"))
                .isEqualTo("3\n");
    }

    /// 0 begins with nothing, 1 with a part of a set, 2 with a whole one.
    private String[] prepare(int kind) throws Exception {
        switch (kind) {
            case 0 -> Script.run(work, "rm -rf set");
            case 1 -> Script.run(work, "cd set; rm -f pki/apiserver.* pki/etcd/server.* pki/etcd/peer.* admin.conf");
            default -> {
                return new String[] {"renew", "--all", "--dir", "set"};
            }
        }
        return new String[] {"init", "--key-algorithm", "ECDSA-P256", "--dir", "set"};
    }

    private void assertVerifySees(int kind, String where) throws Exception {
        String seen = Script.run(work, "kubepki verify --dir set 2>&1; echo exit $?");
        if (Files.exists(work.resolve(JOURNAL))) {
            assertThat(seen).as(where).contains("an interrupted change waits").endsWith("exit 0\n");
        } else if (kind == 2) {
            assertThat(seen).as(where).endsWith("exit 0\n");
        } else {
            // What is not there is missing; nothing that is there is wrong.
            assertThat(seen.lines().filter(line -> line.startsWith("error ")))
                    .as(where)
                    .allMatch(line -> line.contains(" is missing "));
        }
    }

    /// Waits for the moment of the kill: any, or soon after the first file is written, or after the change is decided,
    /// which is short. Returns whether the program ended before.
    private boolean aim(Process program, int kill, long whole) throws Exception {
        if (kill % 2 == 0) {
            return program.waitFor(random.nextLong(whole + 1), TimeUnit.MILLISECONDS);
        }
        boolean early = kill % 4 == 1;
        Path sign = work.resolve(early ? STAGING : JOURNAL);
        while (program.isAlive() && !Files.exists(sign)) {
            Thread.onSpinWait();
        }
        return program.waitFor(random.nextLong(early ? 150_000 : 15_000), TimeUnit.MICROSECONDS);
    }

    private long duration(String... command) throws Exception {
        long start = System.nanoTime();
        Script.end(Script.program(work, command));
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
