package dev.kubepki.pki.files;

import dev.kubepki.pki.cluster.ClusterIssuer;
import dev.kubepki.pki.cluster.DesiredSet;
import dev.kubepki.pki.cluster.Item;
import dev.kubepki.pki.cluster.Made;
import dev.kubepki.pki.cluster.Step;
import dev.kubepki.pki.key.CryptoProvider;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Carries out the steps of a plan in one change of a folder: all of them, or none.
public final class SetChange {
    private final PkiDirectory directory;
    private final CryptoProvider provider;
    private final RandomGenerator random;
    private final Instant now;
    private final String command;
    private final boolean backups;

    /// @param random for serial numbers: a `SecureRandom` outside of tests
    /// @param command whose name the ledger keeps
    public SetChange(
            PkiDirectory directory, CryptoProvider provider, RandomGenerator random, Instant now, String command) {
        this(directory, provider, random, now, command, false);
    }

    private SetChange(
            PkiDirectory directory,
            CryptoProvider provider,
            RandomGenerator random,
            Instant now,
            String command,
            boolean backups) {
        this.directory = directory;
        this.provider = provider;
        this.random = random;
        this.now = now;
        this.command = command;
        this.backups = backups;
    }

    /// Keeps what a change replaces, dated, in the folder's backups.
    public SetChange keepingBackups() {
        return new SetChange(directory, provider, random, now, command, true);
    }

    /// Issues and writes.
    ///
    /// @param steps read twice: what is issued first, then what is copied
    /// @param further writes more files of the set into the same change
    /// @param listener hears of each thing made, in order
    public void apply(
            DirectoryLock lock,
            DesiredSet desired,
            Supplier<Stream<Step>> steps,
            Consumer<SetWriter> further,
            Consumer<Made> listener) {
        try (FileTransaction change = FileTransaction.begin(lock)) {
            if (backups) {
                change.backUp(now);
            }
            SetWriter writer = new SetWriter(directory, change, now, command);
            new ClusterIssuer(directory, provider, random, now).issue(desired, steps.get(), made -> {
                writer.write(made);
                listener.accept(made);
            });
            steps.get().forEach(step -> {
                if (step instanceof Step.Copy(dev.kubepki.pki.cluster.SharedCopy copy)) {
                    writer.copy(copy);
                }
            });
            further.accept(writer);
            change.commit();
        }
    }

    /// How much work steps are, to choose a provider by.
    ///
    /// @param rsaKeys keys of type RSA to be generated
    /// @param operations other keys and signatures
    public record Work(int rsaKeys, int operations) {
        /// Counts.
        public static Work of(Stream<Step> steps) {
            int[] counts = new int[2];
            steps.forEach(step -> {
                if (step instanceof Step.Issue(Item item, var key, String why) && key.isEmpty()) {
                    counts[item.algorithm().isRsa() ? 0 : 1]++;
                }
                counts[1]++;
            });
            return new Work(counts[0], counts[1]);
        }
    }
}
