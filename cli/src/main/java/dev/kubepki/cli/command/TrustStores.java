package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.files.KeyStorePassword;
import dev.kubepki.pki.trust.ImageRoot;
import dev.kubepki.pki.trust.JavaStore;
import dev.kubepki.pki.trust.Removal;
import dev.kubepki.pki.trust.StoreFamily;
import dev.kubepki.pki.trust.StorePlan;
import dev.kubepki.pki.trust.SystemCommands;
import dev.kubepki.pki.trust.SystemStore;
import dev.kubepki.pki.trust.TrustBundle;
import dev.kubepki.pki.trust.TrustStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Which store `kubepki trust install` and `remove` are about, and what they print of its plan.
final class TrustStores {
    private static final String JAVA = "java";
    private static final String JAVA_FILE = "java=";
    private static final String HEADING = "The store";

    private TrustStores() {}

    static List<OptionSpec> options() {
        return List.of(
                OptionSpec.directory("root", "DIR", "the root folder of the system, such as an unpacked image")
                        .defaultsTo("/")
                        .under(HEADING),
                OptionSpec.text(
                                "store",
                                "STORE",
                                "debian, rhel, alpine, suse, arch, bundle, java=FILE or java (that of JAVA_HOME); without"
                                        + " it what the system is")
                        .under(HEADING),
                OptionSpec.file("password-file", "FILE", "its first line is the Java truststore's password")
                        .under(HEADING),
                OptionSpec.text("password-env", "NAME", "the environment variable that holds that password")
                        .under(HEADING),
                OptionSpec.flag("dry-run", "print what would be done and do nothing"));
    }

    static StorePlan install(Invocation in, TrustBundle bundle) throws CommandFailure {
        return store(in).install(bundle, in.string("name"));
    }

    static StorePlan remove(Invocation in, Removal removal) throws CommandFailure {
        return store(in).remove(removal);
    }

    static void carryOut(Invocation in, StorePlan plan, String nothingToDo) throws InterruptedException {
        plan.notes().forEach(in.err()::println);
        if (plan.isEmpty()) {
            in.out().println(nothingToDo);
        } else if (in.flag("dry-run")) {
            plan.steps().forEach(step -> in.out().println("would " + step));
        } else {
            plan.carryOut().forEach(in.out()::println);
        }
    }

    private static TrustStore store(Invocation in) throws CommandFailure {
        String word = in.string("store").orElse("");
        ImageRoot root = ImageRoot.of(in.requiredPath("root"));
        if (word.equals(JAVA) || word.startsWith(JAVA_FILE)) {
            Path file = javaFile(in, root, word);
            return new JavaStore(file, password(in, file), FileOperations.disk());
        }
        if (in.given("password-file") || in.given("password-env")) {
            throw new UsageException("only a Java truststore has a password; add --store java=FILE");
        }
        StoreFamily family = word.isEmpty()
                ? StoreFamily.detect(root)
                : StoreFamily.ofLabel(word)
                        .orElseThrow(() -> new UsageException("--store '" + word
                                + "' is none of debian, rhel, alpine, suse, arch, bundle, java=FILE"));
        return new SystemStore(root, family, SystemCommands.ofThisSystem(), FileOperations.disk());
    }

    /// A path in another root is one that the system there would write; Debian's `cacerts` is a link.
    private static Path javaFile(Invocation in, ImageRoot root, String word) {
        String written;
        if (word.equals(JAVA)) {
            String home = in.environment().getOrDefault("JAVA_HOME", "");
            if (home.isEmpty()) {
                throw new UsageException("JAVA_HOME is not set; name the truststore with --store java=FILE");
            }
            written = in.resolve(home).resolve("lib/security/cacerts").toString();
        } else {
            String given = word.substring(JAVA_FILE.length());
            written = in.given("root") ? given : in.resolve(given).toString();
        }
        return root.resolve(written);
    }

    private static KeyStorePassword password(Invocation in, Path file) throws CommandFailure {
        in.atMostOneOf("password-file", "password-env");
        Optional<String> text = givenPassword(in);
        if (text.isEmpty()) {
            if (!in.quiet()) {
                in.err().println("note: " + file + ": its password is the usual 'changeit'; it guards no secret");
            }
            return KeyStorePassword.commonForTrust();
        }
        return Files.exists(file) ? KeyStorePassword.existing(text.get()) : KeyStorePassword.of(text.get());
    }

    private static Optional<String> givenPassword(Invocation in) throws CommandFailure {
        Optional<Path> file = in.path("password-file");
        if (file.isPresent()) {
            return Optional.of(KeyStorePassword.firstLine(new DurableFiles(FileOperations.disk()).read(file.get())));
        }
        Optional<String> variable = in.string("password-env");
        if (variable.isPresent()) {
            String value = in.environment().get(variable.get());
            if (value == null) {
                throw new CommandFailure("the environment variable " + variable.get() + " is not set");
            }
            return Optional.of(value);
        }
        return Optional.empty();
    }
}
