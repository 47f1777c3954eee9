package dev.kubepki.pki.inventory;

import dev.kubepki.pki.cluster.Catalogue;
import dev.kubepki.pki.cluster.CertificateName;
import dev.kubepki.pki.cluster.DesiredSet;
import dev.kubepki.pki.cluster.FoundFile;
import dev.kubepki.pki.cluster.FoundFile.Content;
import dev.kubepki.pki.cluster.Item;
import dev.kubepki.pki.cluster.Output;
import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileEntry;
import dev.kubepki.pki.files.FileFailure;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.files.FileProblem;
import dev.kubepki.pki.files.Kubeconfig;
import dev.kubepki.pki.files.KubeconfigFailure;
import dev.kubepki.pki.files.KubeconfigUser;
import dev.kubepki.pki.files.PkiDirectory;
import dev.kubepki.pki.x509.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The certificates of a cluster's set, and what else lies in its folder.
public final class SetInventory {
    private final PkiDirectory directory;
    private final FileOperations operations;
    private final InventoryDraft draft = new InventoryDraft();
    private final Set<Path> known = new HashSet<>();
    private final List<Entry> second = new ArrayList<>();

    private SetInventory(PkiDirectory directory, FileOperations operations) {
        this.directory = directory;
        this.operations = operations;
    }

    /// One member of a set.
    private record Member(String id, CertificateName name, Output output, String signer) {}

    /// Every certificate that a description asks for.
    public static Inventory of(DesiredSet desired, PkiDirectory directory, FileOperations operations, Look look)
            throws IOException {
        SetInventory inventory = new SetInventory(directory, operations);
        desired.items().forEach(item -> inventory.add(member(item)));
        desired.copies().forEach(copy -> inventory.known.add(directory.resolve(copy.to())));
        return inventory.finish(look);
    }

    /// Every certificate of the catalogue that a folder without a description has, and those without which the other
    /// files there are of no use.
    public static Inventory undescribed(PkiDirectory directory, FileOperations operations, Look look)
            throws IOException {
        SetInventory inventory = new SetInventory(directory, operations);
        for (Catalogue.Row row : UndescribedSet.rows(directory)) {
            String signer = Optional.ofNullable(row.signer())
                    .filter(name -> name != CertificateName.ROOT)
                    .map(CertificateName::label)
                    .orElse("");
            inventory.add(new Member(row.name().label(), row.name(), row.output(), signer));
        }
        return inventory.finish(look);
    }

    private static Member member(Item item) {
        String signer = item.issuer().map(CertificateName::label).orElse("");
        return new Member(item.id(), item.name(), item.output(), signer);
    }

    private void add(Member member) {
        member.output().paths().forEach(path -> known.add(directory.resolve(path)));
        if (member.output() instanceof Output.Pair(String certificate, String key)) {
            certificate(member, certificate);
        } else if (member.output() instanceof Output.Config(String path)) {
            kubeconfig(member, path);
        }
    }

    private void certificate(Member member, String path) {
        FoundFile found = directory.file(path);
        if (found.content() instanceof Content.Certificates(List<Certificate> chain)) {
            add(member, Entry.found(member.id(), path, "", chain.getFirst(), found.mode()));
            for (Certificate next : chain.subList(1, chain.size())) {
                second.add(Entry.found(member.id(), path, PurposeText.of(next), next, found.mode()));
            }
        } else if (found.isMissing()) {
            add(member, path, CertificateState.MISSING, "");
        } else {
            String reason = found.content() instanceof Content.Broken(String why) ? why : "holds no certificate";
            add(member, path, CertificateState.UNREADABLE, reason);
        }
    }

    private void add(Member member, String path, CertificateState lack, String problem) {
        add(member, Entry.lacking(member.id(), path, "", lack, problem));
    }

    private void add(Member member, Entry entry) {
        draft.add(entry.asMember(PurposeText.of(member.name()), member.signer()));
    }

    /// The current user's certificate stands for the file; what else is in it comes after the set.
    private void kubeconfig(Member member, String path) {
        try {
            Path real = directory.resolve(path);
            Kubeconfig config = Kubeconfig.parse(real, directory.bytes(path));
            KubeconfigEntries entries = new KubeconfigEntries(path, mode(real), new DurableFiles(operations));
            Optional<KubeconfigUser> current = config.currentUser();
            List<Entry> own =
                    current.map(user -> entries.user(user, member.id())).orElse(List.of());
            if (own.isEmpty()) {
                add(member, path, CertificateState.UNREADABLE, "its current user has no client certificate");
            } else {
                add(member, own.getFirst());
                second.addAll(own.subList(1, own.size()));
            }
            for (KubeconfigUser user : config.users()) {
                if (current.isEmpty() || !user.name().equals(current.get().name())) {
                    second.addAll(entries.user(user, member.id() + " user " + user.name()));
                }
            }
            second.addAll(entries.clusters(config));
        } catch (FileFailure e) {
            boolean missing = e.problem() == FileProblem.MISSING;
            CertificateState lack = missing ? CertificateState.MISSING : CertificateState.UNREADABLE;
            add(member, path, lack, missing ? "" : String.valueOf(e.getMessage()));
        } catch (KubeconfigFailure e) {
            add(member, path, CertificateState.UNREADABLE, String.valueOf(e.getMessage()));
        }
    }

    private OptionalInt mode(Path file) {
        try {
            Optional<FileEntry> entry = operations.inspect(file);
            return entry.isPresent() && entry.get().isFile()
                    ? OptionalInt.of(entry.get().mode().bits())
                    : OptionalInt.empty();
        } catch (IOException unknown) {
            return OptionalInt.empty();
        }
    }

    private Inventory finish(Look look) throws IOException {
        for (Entry entry : second) {
            boolean listed = entry.certificate().map(draft::lists).orElse(false);
            if (!listed) {
                draft.add(entry.asMember(entry.purpose(), ""));
            }
        }
        for (Path root : directory.roots().all()) {
            if (Files.isDirectory(root)) {
                String prefix = root.equals(directory.directory()) ? "" : root + "/";
                new FolderScan(root, prefix, known::contains, draft, look).run();
            }
        }
        return draft.finish(look);
    }
}
