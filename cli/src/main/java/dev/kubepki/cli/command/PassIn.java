package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.Prompt;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.KeyPem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The password of encrypted keys, from where `--passin` says, in the forms of openssl's option of that name; a person
/// at
/// a terminal is asked for it. Nothing is asked or read for a key in the clear.
final class PassIn {
    private final Invocation in;
    private char @Nullable [] known;

    PassIn(Invocation in) {
        this.in = in;
    }

    static OptionSpec option() {
        return OptionSpec.text(
                "passin", "SOURCE", "an encrypted key's password: pass:TEXT, env:VARIABLE, file:FILE or stdin");
    }

    /// The password of a key; empty for a key in the clear.
    Optional<char[]> of(Path key) throws CommandFailure {
        if (!isEncrypted(key)) {
            return Optional.empty();
        }
        char[] password = known;
        if (password == null) {
            password = password(key);
            known = password;
        }
        return Optional.of(password.clone());
    }

    private static boolean isEncrypted(Path key) throws CommandFailure {
        try {
            return KeyPem.isEncrypted(new DurableFiles(FileOperations.disk()).read(key));
        } catch (KeyFailure e) {
            throw new CommandFailure(key + ": " + e.getMessage());
        }
    }

    private char[] password(Path key) throws CommandFailure {
        try {
            String text = in.given("passin") ? source(in.required("passin")) : asked(key);
            if (text.isEmpty()) {
                throw new CommandFailure(key + ": is encrypted, and the password given is empty");
            }
            return text.toCharArray();
        } catch (IOException e) {
            throw new CommandFailure("the password can't be read: " + e.getMessage());
        }
    }

    private String asked(Path key) throws IOException {
        if (!in.inIsTerminal()) {
            throw new UsageException(
                    key + ": is encrypted, and nobody is there to ask for its password",
                    "Give it with --passin: pass:TEXT, env:VARIABLE, file:FILE or stdin.");
        }
        return Prompt.secret(in, "password of " + key);
    }

    private String source(String written) throws IOException {
        int colon = written.indexOf(':');
        String value = written.substring(colon + 1);
        return switch (colon < 0 ? written : written.substring(0, colon + 1)) {
            case "pass:" -> value;
            case "env:" -> variable(value);
            case "file:" -> firstLine(in.resolve(value));
            case "stdin" -> Prompt.line(in);
            default ->
                throw new UsageException(
                        "--passin: is none of pass:TEXT, env:VARIABLE, file:FILE and stdin",
                        "What was written is not shown, as it may be the password itself.");
        };
    }

    private String variable(String name) {
        String value = in.environment().get(name);
        if (value == null) {
            throw new UsageException("the environment variable " + name + " of --passin is not set");
        }
        return value;
    }

    private static String firstLine(Path file) {
        byte[] content = new DurableFiles(FileOperations.disk()).read(file);
        return new String(content, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    }
}
