package dev.kubepki.pki.exchange;

import dev.kubepki.pki.document.Fields;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Sequence;
import java.time.Instant;
import java.util.List;

/// What an answer archive holds.
///
/// @param requestDigest of the manifest that it answers
/// @param signers the CAs whose keys seal this manifest: all that signed a certificate in it
record AnswerManifest(
        String cluster,
        Instant created,
        String requestDigest,
        List<String> signers,
        List<Entry> authorities,
        List<Entry> certificates) {
    static final String KIND = "kubepki answer archive";

    AnswerManifest {
        signers = List.copyOf(signers);
        authorities = List.copyOf(authorities);
        certificates = List.copyOf(certificates);
    }

    /// One file of the archive.
    ///
    /// @param id the item's
    /// @param sha256 of the file
    record Entry(String id, String sha256) {
        private Mapping node() {
            return Mapping.of("id", id).with("sha256", sha256);
        }

        private static Entry read(Fields fields) {
            Entry entry = new Entry(
                    fields.requiredString("id").orElse(""),
                    fields.requiredString("sha256").orElse(""));
            fields.refuseUnknown();
            return entry;
        }
    }

    byte[] encode() {
        return Manifest.encode(Manifest.begin(KIND)
                .with("cluster", cluster)
                .with("created", created.toString())
                .with("requestDigest", requestDigest)
                .with("signers", Sequence.ofStrings(signers))
                .with("authorities", nodes(authorities))
                .with("certificates", nodes(certificates)));
    }

    private static Sequence nodes(List<Entry> entries) {
        return Sequence.of(entries.stream().map(Entry::node).toList());
    }

    static AnswerManifest read(String file, byte[] content) {
        return Manifest.read(
                file,
                KIND,
                content,
                fields -> new AnswerManifest(
                        fields.requiredString("cluster").orElse(""),
                        fields.parsed("created", Manifest::instant).orElse(Instant.EPOCH),
                        fields.requiredString("requestDigest").orElse(""),
                        fields.strings("signers"),
                        fields.each("authorities").stream().map(Entry::read).toList(),
                        fields.each("certificates").stream().map(Entry::read).toList()));
    }
}
