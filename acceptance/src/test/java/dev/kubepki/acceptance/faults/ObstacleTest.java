package dev.kubepki.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever stands in the way: one clear sentence, exit code 1, nothing changed.
class ObstacleTest {
    @TempDir
    Path work;

    @BeforeEach
    void makeSet() throws Exception {
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(Script.run(work, "kubepki init --key-algorithm ECDSA-P256 --dir set >/dev/null; echo $?"))
                .endsWith("0\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mv set/pki/apiserver.key set/k; ln -s ../k set/pki/apiserver.key | renew --all | pki/apiserver.key: a symbolic link is in the way
                    mv set/pki/etcd set/e; ln -s ../e set/pki/etcd                   | renew --all | a symbolic link is in the way
                    rm set/pki/apiserver.key; mkdir set/pki/apiserver.key            | renew --all | pki/apiserver.key: a folder stands where a file is needed
                    rm set/pki/apiserver.key; mkdir set/pki/apiserver.key            | init        | pki/apiserver.key: a folder stands where a file is needed
                    rm set/pki/ca.crt; mkdir set/pki/ca.crt                          | renew --all | pki/ca.crt
                    head -c 100 set/pki/ca.key >x; cat x >set/pki/ca.key             | renew --all | has no END line; the file is cut off
                    head -c 100 set/pki/ca.key >x; cat x >set/pki/ca.key             | init        | has no END line; the file is cut off
                    head -c 100 set/pki/ca.crt >x; cat x >set/pki/ca.crt             | renew --all | has no END line; the file is cut off
                    """)
    void refusesWhatIsInTheWay(String obstacle, String command, String sentence) throws Exception {
        assertThat(Script.run(work, obstacle + "\nrefused set kubepki " + command + " --dir set"))
                .contains(sentence)
                .doesNotContain("WRONG");
    }

    @Test
    void theCheckOfARefusalSeesWhatIsChanged() throws Exception {
        assertThat(Script.run(
                        work,
                        "change() { echo x >>set/admin.conf; echo 'error: no' >&2; return 1; }; refused set change"))
                .contains("WRONG: something was changed");
        assertThat(Script.run(work, "change() { echo '  at x.y.Z' >&2; return 2; }; refused set change"))
                .contains("WRONG: exit 2", "WRONG: a stack trace", "WRONG: not one sentence");
    }

    @Test
    void saysThatAKeyMayNotBeRead() throws Exception {
        String lines = """
                chmod 700 set/pki/etcd; chown -R 65534 set 2>/dev/null
                chown 0 set/pki/ca.key; [ "$(id -u)" = 0 ] || chmod 0 set/pki/ca.key
                refused set nobody renew --all --dir set
                """;
        assertThat(Script.run(work, lines)).contains("pki/ca.key", "permission").doesNotContain("WRONG");
    }

    @Test
    void saysThatAFolderMayNotBeWritten() throws Exception {
        assertThat(Script.run(work, "mkdir -m 555 shut; refused shut nobody init --dir shut/set"))
                .contains("shut/set", "permission")
                .doesNotContain("WRONG");
    }

    @Test
    void secondOfTwoAtOnceIsTurnedAway() throws Exception {
        // The first one is stopped in the middle of its work, so that what it changes can be told from what the second
        // does.
        String lines = """
                "$KUBEPKI" init --key-algorithm RSA-4096 --dir other >/dev/null 2>&1 & first=$!
                until [ -s other/.kubepki/lock ]; do kill -0 $first || break; sleep 0.01; done
                kill -STOP $first
                refused other kubepki init --dir other
                kill -CONT $first
                wait $first; echo "first: $?"
                """;
        assertThat(Script.run(work, lines))
                .contains("other/.kubepki/lock")
                .contains("first: 0")
                .doesNotContain("WRONG");
    }

    @Test
    void changesNothingOnAFullDisk() throws Exception {
        String lines = """
                mkdir full; mount -t tmpfs -o size=4m none full; cp -a set full/set
                dd if=/dev/zero of=full/rest bs=4k 2>/dev/null
                refused full/set kubepki renew --all --dir full/set
                refused full/set kubepki init --dir full/new
                for free in 4 8 16 32 48 64; do
                    dd if=/dev/zero of=full/rest bs=4k 2>/dev/null; truncate -s -${free}k full/rest
                    refused full/set kubepki renew --all --dir full/set >said || cat said
                    grep WRONG said
                    complaints full/set
                done
                rm full/rest
                kubepki renew --all --dir full/set >/dev/null && kubepki verify --dir full/set | tail -n 1
                """;
        assertThat(Script.runInMounts(work, lines))
                .contains("there is no space left on the disk, nothing was changed")
                .contains("0 errors")
                .doesNotContain("WRONG", "not its key's", "loose mode");
    }

    @Test
    void changesNothingOnAReadOnlyFileSystem() throws Exception {
        String lines = """
                mount --bind set set; mount -o remount,ro,bind set
                refused set kubepki renew --all --dir set
                refused set kubepki init --dir set/sub
                kubepki verify --dir set | tail -n 1
                """;
        assertThat(Script.runInMounts(work, lines))
                .contains("the file system is read-only, nothing was changed", "0 errors")
                .doesNotContain("WRONG");
    }

    @Test
    void worksWithoutHomeAndWithoutExecutableTemporaryFolders() throws Exception {
        String lines = """
                unset HOME XDG_CACHE_HOME
                mkdir tmp; mount -t tmpfs -o noexec none tmp
                export TMPDIR=$WORK/tmp KUBEPKI_JAVA_OPTS=-Djava.io.tmpdir=$WORK/tmp
                kubepki init --dir 'tmp/a ünïcode ☸ folder/set' >/dev/null && echo made
                kubepki renew --all --dir 'tmp/a ünïcode ☸ folder/set' >/dev/null && echo renewed
                kubepki verify --dir 'tmp/a ünïcode ☸ folder/set' | tail -n 1
                complaints 'tmp/a ünïcode ☸ folder/set'
                """;
        assertThat(Script.runInMounts(work, lines))
                .startsWith("made\nrenewed\n")
                .contains("0 errors")
                .hasLineCount(3);
    }
}
