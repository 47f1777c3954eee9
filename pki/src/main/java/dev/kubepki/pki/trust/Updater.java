package dev.kubepki.pki.trust;

import dev.kubepki.pki.trust.SystemCommands.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The system's own program that brings its CAs into effect, run in the system's own root.
final class Updater {
    /// From here to 127: chroot(1) could not enter the root, or could not start the program there, as for an image of
    /// another processor.
    private static final int NOT_STARTED = 125;

    private static final int NOT_FOUND = 127;

    private final ImageRoot root;
    private final List<String> command;
    private final SystemCommands commands;

    private Updater(ImageRoot root, List<String> command, SystemCommands commands) {
        this.root = root;
        this.command = command;
        this.commands = commands;
    }

    /// Empty where the system has none, or where it could not run: it is a script, and writes to `/dev/null`.
    static Optional<Updater> find(ImageRoot root, StoreFamily family, boolean fresh, SystemCommands commands) {
        Optional<String> program = family.updater(root);
        boolean runs = root.isLive()
                || (Files.isExecutable(root.resolve("/bin/sh")) && Files.isDirectory(root.resolve("/dev")));
        if (program.isEmpty() || !runs) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>();
        if (!root.isLive()) {
            command.add("chroot");
            command.add(root.path().toString());
        }
        command.add(program.get());
        command.addAll(family.arguments(fresh));
        return Optional.of(new Updater(root, List.copyOf(command), commands));
    }

    String described() {
        return String.join(" ", command);
    }

    /// Empty where it could not be started.
    ///
    /// @throws TrustFailure where it failed, with what it said
    Optional<String> run() throws InterruptedException {
        Path nothing = root.path().resolve("dev/null");
        boolean wasThere = Files.exists(nothing, LinkOption.NOFOLLOW_LINKS);
        Outcome outcome = commands.run(command);
        if (!wasThere) {
            dropPlainFile(nothing);
        }
        if (outcome.exitCode() >= NOT_STARTED && outcome.exitCode() <= NOT_FOUND) {
            return Optional.empty();
        }
        if (outcome.exitCode() != 0) {
            throw new TrustFailure(described() + ": failed with exit code " + outcome.exitCode()
                    + ", what was put there is taken back: "
                    + outcome.output().strip().replaceAll("\\s*\n\\s*", "; "));
        }
        return Optional.of(outcome.output());
    }

    /// In an image without devices, a script's `> /dev/null` leaves a file.
    private static void dropPlainFile(Path file) {
        try {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new TrustFailure(file + ": it can't be removed; remove it by hand", e);
        }
    }
}
