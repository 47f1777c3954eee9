package dev.kubepki.cli.command;

import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Sequence;
import dev.kubepki.pki.inventory.Inventory;
import dev.kubepki.pki.inventory.ListedCertificate;
import dev.kubepki.pki.inventory.ListedFile;
import dev.kubepki.pki.inventory.ListedReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An inventory as a document for programs. Its field names stay; times are RFC 3339 in UTC.
final class ListDocument {
    private ListDocument() {}

    static Mapping of(Inventory inventory, List<ListedCertificate> certificates) {
        Instant now = inventory.look().now();
        List<Node> rows = new ArrayList<>();
        certificates.forEach(each -> rows.add(certificate(each, now)));
        List<Node> references = new ArrayList<>();
        inventory.references().forEach(each -> references.add(reference(each, now)));
        List<Node> files = new ArrayList<>();
        inventory.files().forEach(each -> files.add(file(each)));
        return Mapping.of("kind", "CertificateList")
                .with("time", now.toString())
                .with("certificates", Sequence.of(rows))
                .with("references", Sequence.of(references))
                .with("files", Sequence.of(files));
    }

    private static Mapping certificate(ListedCertificate each, Instant now) {
        Mapping row = Mapping.of("name", each.name())
                .with("file", each.file())
                .with("catalogued", each.catalogued())
                .with("purpose", each.purpose())
                .with("state", each.state().label())
                .withOptional("problem", present(each.problem()));
        if (each.certificate().isEmpty()) {
            return row.withOptional("ca", present(each.ca()));
        }
        row = row.with("subject", each.subject())
                .with("issuer", each.issuer())
                .withOptional("ca", present(each.ca()))
                .with("subjectAltNames", Sequence.ofStrings(each.names()))
                .with("serialNumber", each.serial());
        row = times(row, each.notBefore(), each.notAfter(), now)
                .withOptional("keyAlgorithm", present(each.keyAlgorithm()))
                .with("keyUsages", Sequence.ofStrings(each.usages()))
                .with("extendedKeyUsages", Sequence.ofStrings(each.extendedUsages()));
        if (each.mode().isPresent()) {
            row = row.with("mode", "0" + Integer.toOctalString(each.mode().getAsInt()));
        }
        return row.with("sha256", each.fingerprint());
    }

    private static Mapping times(Mapping row, Optional<Instant> start, Optional<Instant> end, Instant now) {
        Mapping timed = row.withOptional("notBefore", start.map(Instant::toString))
                .withOptional("notAfter", end.map(Instant::toString));
        return end.isPresent()
                ? timed.with("residualSeconds", Duration.between(now, end.get()).toSeconds())
                : timed;
    }

    private static Mapping reference(ListedReference each, Instant now) {
        Mapping row = Mapping.of("manifest", each.manifest())
                .with("flag", each.flag())
                .with("path", each.path())
                .with("state", each.state().label())
                .withOptional("holds", present(each.holds()));
        return times(row, Optional.empty(), each.notAfter(), now);
    }

    private static Mapping file(ListedFile each) {
        return Mapping.of("file", each.file())
                .with("holds", each.what())
                .with("keyOf", Sequence.ofStrings(each.matches()))
                .withOptional("problem", present(each.problem()));
    }

    private static Optional<String> present(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
