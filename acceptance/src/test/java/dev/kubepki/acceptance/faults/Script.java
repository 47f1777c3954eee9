package dev.kubepki.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Shell lines around the real program, in a folder of their own.
final class Script {
    static final String KUBEPKI =
            Path.of(System.getProperty("kubepki.root", "..")).toAbsolutePath().normalize() + "/kubepki";

    /// `refused DIR COMMAND...` prints the sentence with which a command refused, or `WRONG` where it left more than
    /// that behind. `complaints DIR` prints what openssl and find hold against a set.
    private static final String FUNCTIONS = """
            set -u
            kubepki() { "$KUBEPKI" "$@"; }
            nobody() {
                if [ "$(id -u)" = 0 ]; then
                    setpriv --reuid=65534 --regid=65534 --clear-groups "$KUBEPKI" "$@"
                else
                    "$KUBEPKI" "$@"
                fi
            }
            tree() {
                (cd "$1" 2>/dev/null || exit 0
                    find . ! -path ./.kubepki/lock ! -path ./.kubepki ! -path . -printf '%p %m %y %l\\n' | sort
                    find . -type f ! -path ./.kubepki/lock -exec sha256sum {} + 2>/dev/null | sort)
            }
            refused() {
                folder=$1
                shift
                before=$(tree "$folder")
                said=$("$@" 2>&1 >/dev/null)
                code=$?
                [ $code = 1 ] || echo "WRONG: exit $code"
                [ "$before" = "$(tree "$folder")" ] || echo "WRONG: something was changed"
                [ "$(printf '%s\\n' "$said" | grep -c '^error: ')" = 1 ] || echo "WRONG: not one sentence: $said"
                if printf '%s\\n' "$said" | grep -qE '^[[:space:]]+at |Exception|internal error'; then
                    echo "WRONG: a stack trace: $said"
                fi
                printf '%s\\n' "$said"
            }
            complaints() {
                [ -d "$1" ] || return 0 # killed before it made the folder
                find "$1" -type f ! -perm 600 -exec grep -lE 'PRIVATE KEY|client-key-data' {} + | sed 's/$/: loose mode/'
                [ ! -e "$1/.kubepki/journal" ] || return 0
                find "$1/pki" -name '*.crt' 2>/dev/null | while read -r crt; do
                    key=${crt%.crt}.key
                    [ -e "$key" ] || continue
                    [ "$(openssl x509 -in "$crt" -noout -pubkey)" = "$(openssl pkey -in "$key" -pubout)" ] ||
                        echo "$crt: not its key's"
                    recorded "$1" "$crt" <"$crt"
                done
                for conf in "$1"/*.conf; do
                    [ -e "$conf" ] || continue
                    sed -n 's/ *client-certificate-data: //p' "$conf" | base64 -d >"$WORK/crt"
                    [ "$(openssl x509 -in "$WORK/crt" -noout -pubkey)" = "$(
                        sed -n 's/ *client-key-data: //p' "$conf" | base64 -d | openssl pkey -pubout)" ] ||
                        echo "$conf: not its key's"
                    recorded "$1" "$conf" <"$WORK/crt"
                done
            }
            recorded() {
                sum=$(openssl x509 -outform der | sha256sum | cut -d' ' -f1)
                grep -q "\\"sha256\\":\\"$sum\\"" "$1/certificate-ledger.jsonl" || echo "$2: not in the ledger"
            }
            cd "$WORK" || exit 9
            """;

    private Script() {}

    /// What the lines printed, both streams together.
    static String run(Path folder, String lines) throws IOException, InterruptedException {
        return end(start(folder, List.of("sh", "-c", FUNCTIONS + lines)));
    }

    /// The same as root of mounts of its own.
    static String runInMounts(Path folder, String lines) throws IOException, InterruptedException {
        return end(start(
                folder, List.of("unshare", "--mount", "sh", "-c", "mount --make-rprivate /\n" + FUNCTIONS + lines)));
    }

    /// The program itself, to be killed.
    static Process program(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(KUBEPKI));
        command.addAll(List.of(arguments));
        return start(folder, command);
    }

    private static Process start(Path folder, List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("WORK", folder.toString());
        builder.environment().put("KUBEPKI", KUBEPKI);
        builder.redirectInput(Path.of("/dev/null").toFile());
        return builder.start();
    }

    static String end(Process process) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        return said;
    }
}
