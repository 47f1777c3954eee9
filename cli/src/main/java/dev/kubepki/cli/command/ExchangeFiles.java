package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.pki.exchange.ExchangeFailure;
import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileMode;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.x509.SubjectAltName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What `request` and `sign` share.
final class ExchangeFiles {
    static final String STANDARD = "-";
    private static final int MAX_REQUEST = 1 << 20;

    private ExchangeFiles() {}

    /// A failure with many reasons is told with all of them.
    static Handler guarded(Handler handler) {
        return in -> {
            try {
                return handler.run(in);
            } catch (ExchangeFailure e) {
                throw new CommandFailure(
                        String.valueOf(e.getMessage()), e.details().toArray(String[]::new));
            }
        };
    }

    static byte[] read(Invocation in, String operand) throws IOException {
        return operand.equals(STANDARD)
                ? in.in().readNBytes(MAX_REQUEST)
                : new DurableFiles(FileOperations.disk()).read(in.resolve(operand));
    }

    /// Writes what is no secret where `--output` says, and to standard output without it.
    static void write(Invocation in, byte[] content) {
        Optional<String> output = in.string("output").filter(o -> !o.equals(STANDARD));
        if (output.isEmpty()) {
            in.out().print(new String(content, StandardCharsets.US_ASCII));
        } else {
            write(in.resolve(output.get()), content, FileMode.WORLD_READABLE);
        }
    }

    static void write(Path file, byte[] content, FileMode mode) {
        new DurableFiles(FileOperations.disk()).write(file, content, mode);
    }

    static List<SubjectAltName> names(Invocation in) {
        return in.list("san").stream().map(ExchangeFiles::name).toList();
    }

    /// `DNS:`, `IP:`, `URI:` and `email:` say the kind; without them it is an address or a DNS name.
    private static SubjectAltName name(String text) {
        int colon = text.indexOf(':');
        String value = text.substring(colon + 1);
        return switch (colon < 0 ? "" : text.substring(0, colon).toLowerCase(java.util.Locale.ROOT)) {
            case "dns" -> new SubjectAltName.Dns(value);
            case "ip" -> new SubjectAltName.Ip(value);
            case "uri" -> new SubjectAltName.Uri(value);
            case "email" -> new SubjectAltName.Email(value);
            default -> SubjectAltName.of(text);
        };
    }

    static KeyAlgorithm algorithm(String text) {
        return KeyAlgorithm.parse(text)
                .orElseThrow(() -> new UsageException("--key-algorithm: '" + text + "' is not a key algorithm"));
    }

    /// Where two people compare what they have.
    static void compare(Invocation in, String what, String digest) {
        in.err().println(what + " " + digest);
    }

    /// Refuses an archive that is not the one that somebody read out on the telephone.
    static void expect(Invocation in, String digest) throws CommandFailure {
        Optional<String> expected = in.string("expect-digest")
                .map(d -> d.replace(" ", "").replace(":", "").toLowerCase(java.util.Locale.ROOT));
        if (expected.isPresent() && !expected.get().equals(digest)) {
            throw new CommandFailure(
                    "the archive's digest is " + digest + ", and " + expected.get() + " was expected",
                    "Somebody changed it on its way, or it is another one.");
        }
    }
}
