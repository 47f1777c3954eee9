package dev.kubepki.acceptance.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No command ever prints a private key, however it ends.
class SecretsTest {
    private static final String COMMANDS = """
            export KUBEPKI_DEBUG=1
            kubepki init --key-algorithm ECDSA-P256 --dir set
            kubepki init --dir set; kubepki init --dir set --dry-run
            kubepki list --dir set; kubepki list --dir set -o json
            kubepki verify --dir set -o json; kubepki flags --dir set
            for file in set/pki/*.key set/pki/etcd/*.key set/*.conf; do
                for form in '' '-o json' '--text'; do kubepki inspect $form "$file"; done
            done
            kubepki trust bundle --dir set
            cp -a set broken
            sed -i 2d broken/pki/ca.key
            sed -i 's/^M/!/' broken/pki/apiserver.key
            sed -i 's/client-key-data: ..../&\\t*/' broken/admin.conf
            head -c 150 set/pki/sa.key >broken/pki/sa.key
            for command in 'list --dir' 'verify --dir' 'renew --all --dir' 'init --dir' 'inspect'; do kubepki $command broken; done
            kubepki inspect broken/admin.conf; kubepki inspect broken/pki/ca.key; kubepki inspect broken/pki/apiserver.key
            kubepki verify -f set/pki/ca.key --dir set; kubepki verify -f set/admin.conf --dir set
            cp -a set renewed; kubepki renew --all --dir renewed; kubepki renew --all --keep-key --dir renewed
            """;

    @TempDir
    Path work;

    @Test
    void areInNoOutputAndInNoLooseFile() throws Exception {
        String said = Script.run(work, COMMANDS);
        List<String> secrets = secrets();
        assertThat(secrets).hasSizeGreaterThan(50);
        assertThat(said).contains("-----BEGIN CERTIFICATE-----");
        for (String secret : secrets) {
            // Not by AssertJ, which would print what must not be printed.
            assertThat(said.contains(secret))
                    .as("a part of a private key was printed")
                    .isFalse();
        }
        assertThat(Script.run(work, "complaints set; complaints renewed")).isEmpty();
        // The witness: the same search finds a key that really was printed.
        String printed = Script.run(work, "cat set/pki/ca.key set/admin.conf");
        assertThat(secrets.stream().filter(printed::contains).count()).isGreaterThan(3);
    }

    /// The secret part of every key, and of each key inside a kubeconfig as it stands there.
    private List<String> secrets() throws IOException {
        List<String> secrets = new ArrayList<>();
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.toString().endsWith(".key")) {
                    add(secrets, Files.readString(file));
                } else if (file.toString().endsWith(".conf") && !file.startsWith(work.resolve("broken"))) {
                    addEmbedded(secrets, Files.readString(file));
                }
            }
        }
        return secrets;
    }

    private static void addEmbedded(List<String> secrets, String kubeconfig) {
        kubeconfig.lines().filter(line -> line.contains("client-key-data: ")).forEach(line -> {
            String data = line.substring(line.indexOf(": ") + 2);
            add(secrets, new String(Base64.getDecoder().decode(data), UTF_8));
            // The base64 of the first line after "BEGIN EC PRIVATE KEY".
            for (int at = 44; at < 124; at += 20) {
                secrets.add(data.substring(at, at + 20));
            }
        });
    }

    /// The first line of an EC key holds its secret; the others hold the public half.
    private static void add(List<String> secrets, String pem) {
        pem.lines()
                .filter(line -> !line.startsWith("-") && line.length() >= 40)
                .limit(1)
                .forEach(line -> secrets.add(line.substring(0, 40)));
    }
}
