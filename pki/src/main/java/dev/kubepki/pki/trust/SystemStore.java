package dev.kubepki.pki.trust;

import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileEntry;
import dev.kubepki.pki.files.FileMode;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.trust.AnchorFolder.Anchor;
import dev.kubepki.pki.x509.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The trust store of an operating system, running or unpacked in a folder. What is in it is told by fingerprints,
/// never
/// by file names.
public final class SystemStore implements TrustStore {
    private final ImageRoot root;
    private final StoreFamily family;
    private final SystemCommands commands;
    private final FileOperations operations;

    public SystemStore(ImageRoot root, StoreFamily family, SystemCommands commands, FileOperations operations) {
        this.root = root;
        this.family = family;
        this.commands = commands;
        this.operations = operations;
    }

    @Override
    public StorePlan install(TrustBundle bundle, Optional<String> name) {
        AnchorFolder anchors = AnchorFolder.read(root, family, operations);
        List<FileStep> puts = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Map<String, Certificate> wanted = new LinkedHashMap<>();
        Map<String, Certificate> linked = new LinkedHashMap<>();
        boolean inEffect = true;
        for (Certificate certificate : bundle.certificates()) {
            StoreName entry = name.map(n -> StoreName.of(n, certificate)).orElseGet(() -> StoreName.of(certificate));
            Optional<Anchor> there = anchors.holding(certificate.fingerprint());
            boolean bundled = isInEveryBundle(certificate.fingerprint());
            if (there.isEmpty() && family.hasAnchors()) {
                FileStep.Put put = anchors.put(entry, certificate);
                puts.add(put);
                linked.put(put.shown(), certificate);
            } else if (bundled) {
                notes.add("'" + certificate.subject() + "' is trusted already"
                        + there.map(a -> ", by " + root.inside(a.path())).orElse(""));
            }
            wanted.put(entry.text(), certificate);
            inEffect &= bundled;
        }
        if (puts.isEmpty() && inEffect) {
            return new SystemPlan(List.of(), Optional.empty(), List::of, List::of, notes, operations);
        }
        return new SystemPlan(
                puts,
                Updater.find(root, family, false, commands),
                () -> installByHand(wanted, linked),
                () -> checkInstalled(bundle),
                notes,
                operations);
    }

    @Override
    public StorePlan remove(Removal removal) {
        AnchorFolder anchors = AnchorFolder.read(root, family, operations);
        List<FileStep> drops = new ArrayList<>();
        Set<String> gone = new LinkedHashSet<>();
        Set<String> files = new LinkedHashSet<>();
        for (Anchor anchor : anchors.meantBy(removal)) {
            drops.add(new FileStep.Drop(anchor.path(), root.inside(anchor.path())));
            gone.addAll(anchor.fingerprints());
            files.add(root.inside(anchor.path()));
        }
        Set<String> all = new LinkedHashSet<>(gone);
        all.addAll(markedFor(removal));
        List<String> notes = new ArrayList<>();
        Set<String> kept = new HashSet<>();
        for (Anchor other : anchors.foreign(removal.fingerprints().orElse(all))) {
            notes.add(root.inside(other.path()) + " is left alone: it was not put there by kubepki");
            kept.addAll(other.fingerprints());
        }
        gone.removeAll(kept);
        if (all.isEmpty()) {
            return new SystemPlan(List.of(), Optional.empty(), List::of, List::of, notes, operations);
        }
        return new SystemPlan(
                drops,
                family.hasAnchors() ? Updater.find(root, family, true, commands) : Optional.empty(),
                () -> removeByHand(removal, gone, files),
                () -> checkRemoved(all),
                notes,
                operations);
    }

    private Set<String> markedFor(Removal removal) {
        Set<String> fingerprints = new LinkedHashSet<>();
        for (Path file : family.existingBundles(root)) {
            read(file).marked().forEach((name, fingerprint) -> {
                if (removal.means(name, fingerprint)) {
                    fingerprints.add(fingerprint);
                }
            });
        }
        return fingerprints;
    }

    private List<FileStep> installByHand(Map<String, Certificate> wanted, Map<String, Certificate> linked) {
        List<FileStep> steps = new ArrayList<>();
        family.hashFolder().ifPresent(folder -> {
            HashLinks links = new HashLinks(root, folder, operations);
            linked.forEach((file, certificate) -> steps.addAll(links.add(file, certificate)));
        });
        steps.addAll(edit(family.bundles(root), text -> text.with(wanted)));
        return steps;
    }

    private List<FileStep> removeByHand(Removal removal, Set<String> gone, Set<String> anchors) {
        List<FileStep> steps = new ArrayList<>();
        family.hashFolder().ifPresent(folder -> {
            HashLinks links = new HashLinks(root, folder, operations);
            anchors.forEach(file -> steps.addAll(links.remove(file)));
        });
        steps.addAll(edit(
                family.existingBundles(root),
                text -> text.withoutMarked(removal::means).without(gone)));
        return steps;
    }

    private List<FileStep> edit(Set<Path> bundles, Function<BundleText, BundleText> change) {
        List<FileStep> steps = new ArrayList<>();
        for (Path file : bundles) {
            BundleText old = read(file);
            BundleText changed = change.apply(old);
            if (!changed.equals(old)) {
                steps.add(new FileStep.Put(file, changed.encoded(), modeOf(file), root.inside(file)));
            }
        }
        return steps;
    }

    private FileMode modeOf(Path file) {
        try {
            return operations.inspect(file).map(FileEntry::mode).orElse(FileMode.WORLD_READABLE);
        } catch (IOException e) {
            throw new TrustFailure(file + ": it can't be read; run as root", e);
        }
    }

    private BundleText read(Path file) {
        return new BundleText(Files.exists(file) ? new DurableFiles(operations).read(file) : new byte[0]);
    }

    private boolean isInEveryBundle(String fingerprint) {
        Set<Path> files = family.existingBundles(root);
        return !files.isEmpty()
                && files.stream().allMatch(f -> read(f).fingerprints().contains(fingerprint));
    }

    /// An updater that runs well and yet trusts nothing new must not pass for success.
    private List<String> checkInstalled(TrustBundle bundle) {
        for (Path file : family.existingBundles(root)) {
            Set<String> present = read(file).fingerprints();
            for (Certificate certificate : bundle.certificates()) {
                if (!present.contains(certificate.fingerprint())) {
                    throw new TrustFailure(root.inside(file) + ": '" + certificate.subject()
                            + "' is still missing there after the update; see whether the system distrusts it");
                }
            }
        }
        return List.of();
    }

    private List<String> checkRemoved(Set<String> fingerprints) {
        List<String> remarks = new ArrayList<>();
        for (Path file : family.existingBundles(root)) {
            Set<String> still = read(file).fingerprints();
            still.retainAll(fingerprints);
            still.forEach(f -> remarks.add("warning: " + root.inside(file) + " still holds the certificate " + f
                    + ", which something else put there"));
        }
        return remarks;
    }
}
