package dev.kubepki.pki.inventory;

import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.X509Failure;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An inventory while it is being made.
final class InventoryDraft {
    private record Keyed(String file, String what, Optional<PublicKey> key, String problem) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Set<Certificate> certificates = new HashSet<>();
    private final List<Keyed> keyed = new ArrayList<>();
    private final List<ListedReference> references = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /// Adds a certificate or the lack of one; a name that is taken gets a number.
    void add(Entry entry) {
        String name = entry.name();
        for (int number = 2; !names.add(name); number++) {
            name = entry.name() + "#" + number;
        }
        entries.add(entry.named(name));
        entry.certificate().ifPresent(certificates::add);
    }

    /// Whether the certificate is listed at some other place already.
    boolean lists(Certificate certificate) {
        return certificates.contains(certificate);
    }

    /// Adds something that has a key and no certificate.
    void add(String file, String what, Optional<PublicKey> key, String problem) {
        keyed.add(new Keyed(file, what, key, problem));
    }

    void add(ListedReference reference) {
        references.add(reference);
    }

    void note(String note) {
        notes.add(note);
    }

    Inventory finish(Look look) {
        Signers signers = new Signers(entries);
        List<ListedCertificate> listed = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            listed.add(listed(entry, signers.of(entry), look));
        }
        return new Inventory(look, listed, files(), references, notes);
    }

    private static ListedCertificate listed(Entry entry, String ca, Look look) {
        CertificateState state = entry.lack();
        String problem = entry.problem();
        if (entry.certificate().isPresent()) {
            try {
                state = CertificateState.of(entry.certificate().get().validity(), look.now(), look.soon());
            } catch (X509Failure e) {
                state = CertificateState.UNREADABLE;
                problem = String.valueOf(e.getMessage());
            }
        }
        return new ListedCertificate(
                entry.name(),
                entry.file(),
                entry.purpose(),
                entry.certificate(),
                ca,
                state,
                withoutName(problem, entry.file()),
                entry.mode(),
                entry.catalogued());
    }

    private static String withoutName(String problem, String file) {
        return problem.startsWith(file + ": ") ? problem.substring(file.length() + 2) : problem;
    }

    private List<ListedFile> files() {
        if (keyed.isEmpty()) {
            return List.of();
        }
        Map<String, List<String>> holders = new HashMap<>();
        for (Entry entry : entries) {
            if (entry.certificate().isPresent()) {
                String key = HexFormat.of().formatHex(entry.certificate().get().publicKeyInfo());
                holders.computeIfAbsent(key, k -> new ArrayList<>()).add(entry.name());
            }
        }
        List<ListedFile> files = new ArrayList<>();
        for (Keyed each : keyed) {
            List<String> matches = each.key()
                    .map(key -> holders.getOrDefault(HexFormat.of().formatHex(key.getEncoded()), List.of()))
                    .orElse(List.of());
            String type =
                    each.key().map(key -> " " + KeyAlgorithm.describe(key)).orElse("");
            files.add(new ListedFile(each.file(), each.what() + type, matches, each.problem()));
        }
        return files;
    }
}
