package dev.kubepki.pki.inspect;

import dev.kubepki.pki.inspect.Description.Field;
import dev.kubepki.pki.inspect.Description.FileReference;
import dev.kubepki.pki.inspect.Description.KeystoreEntry;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.RevocationList;
import dev.kubepki.pki.x509.RevokedCertificate;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// From what was found to what is worth knowing about it.
final class DescriptionFacts {
    /// A person reads so many entries of a revocation list.
    private static final int MAX_ENTRIES = 50;

    private DescriptionFacts() {}

    static Facts of(Description description, Instant now) {
        return switch (description) {
            case Description.OfCertificate(Certificate certificate) -> CertificateFacts.of(certificate, now);
            case Description.OfRequest(var request) -> RequestFacts.of(request);
            case Description.OfRevocationList(RevocationList list) -> revocations(list, now);
            case Description.OfPrivateKey key -> privateKey(key);
            case Description.OfPublicKey(PublicKey key) -> publicKey(key);
            case Description.OfKeystore store -> keystore(store, now);
            case Description.OfToken token -> TokenFacts.of(token, now);
            case Description.OfKubeconfig config -> KubeconfigFacts.of(config, now);
            case Description.OfSigningRequest request -> SigningRequestFacts.of(request, now);
            case Description.OfManifest manifest -> manifest(manifest);
            case Description.OfObject object -> ObjectFacts.of(object, now);
            case Description.Unreadable(String what, String problem) ->
                new FactsBuilder("Unreadable", what).warn(problem).build();
        };
    }

    /// The things inside fields, each with its field's name first.
    static List<Facts> fields(List<Field> fields, Instant now) {
        List<Facts> facts = new ArrayList<>();
        for (Field field : fields) {
            for (Description each : field.contents()) {
                Facts inner = of(each, now);
                List<Facts.Fact> named = new ArrayList<>();
                named.add(new Facts.Fact("field", "", new Facts.Text(field.path())));
                named.addAll(inner.facts());
                facts.add(new Facts(inner.kind(), field.path() + ": " + inner.title(), named, inner.notes()));
            }
        }
        return facts;
    }

    private static Facts revocations(RevocationList list, Instant now) {
        FactsBuilder facts = new FactsBuilder("RevocationList", "certificate revocation list");
        facts.text("issuer", "Issuer", list.issuer().toString());
        facts.attempt(() -> list.number().ifPresent(number -> facts.text("number", "Number", number.toString())));
        facts.attempt(() -> updates(facts, list, now));
        facts.text("signature", "Signature", list.signatureName());
        facts.attempt(() -> list.authorityKeyIdentifier()
                .ifPresent(id -> facts.text("authorityKeyId", "Issuer key ID", id.keyId())));
        facts.attempt(() -> entries(facts, list));
        return facts.build();
    }

    private static void updates(FactsBuilder facts, RevocationList list, Instant now) {
        facts.text("thisUpdate", "", list.thisUpdate().toString());
        facts.text("", "Made", Times.text(list.thisUpdate()));
        list.nextUpdate().ifPresent(next -> {
            facts.text("nextUpdate", "", next.toString());
            facts.text("", "Next due", Times.text(next, now));
            if (now.isAfter(next)) {
                facts.warn("it is out of date: the next list was due " + Times.distance(now, next));
            }
        });
    }

    private static void entries(FactsBuilder facts, RevocationList list) {
        List<RevokedCertificate> entries = list.entries();
        facts.number("revokedCount", "Revoked", entries.size());
        List<String> lines = new ArrayList<>();
        for (RevokedCertificate entry : entries.subList(0, Math.min(entries.size(), MAX_ENTRIES))) {
            lines.add(Hex.colons(entry.serial())
                    + " on "
                    + Times.text(entry.revokedAt())
                    + entry.reason().map(reason -> ", " + reason).orElse(""));
        }
        facts.texts("revoked", "Serials", lines);
        if (entries.size() > MAX_ENTRIES) {
            facts.info("only the first " + MAX_ENTRIES + " serials are shown; --text shows all");
        }
    }

    private static Facts privateKey(Description.OfPrivateKey key) {
        FactsBuilder facts = new FactsBuilder("PrivateKey", key.encrypted() ? "encrypted private key" : "private key");
        facts.text("form", "Form", key.form());
        facts.truth("encrypted", "Encrypted", key.encrypted());
        key.publicKey().ifPresent(half -> PublicKeys.describe(facts, half.getEncoded()));
        if (!key.problem().isEmpty()) {
            facts.warn(key.problem());
        } else if (key.encrypted() && key.publicKey().isEmpty()) {
            facts.info("give --password-file to see its type; no Kubernetes component reads encrypted keys");
        } else {
            facts.info("it is a secret; nothing of its private half is shown");
        }
        return facts.build();
    }

    private static Facts publicKey(PublicKey key) {
        FactsBuilder facts = new FactsBuilder("PublicKey", "public key");
        PublicKeys.describe(facts, key.getEncoded());
        return facts.build();
    }

    private static Facts keystore(Description.OfKeystore store, Instant now) {
        FactsBuilder facts = new FactsBuilder("Keystore", store.format() + " keystore");
        facts.text("format", "", store.format());
        facts.number("entryCount", "Entries", store.entries().size());
        List<Facts> entries = new ArrayList<>();
        for (KeystoreEntry entry : store.entries()) {
            String what = entry.privateKey() ? "private key" : "trusted certificate";
            List<Facts> chain = entry.chain().stream()
                    .map(certificate -> CertificateFacts.of(certificate, now))
                    .toList();
            entries.add(new FactsBuilder("KeystoreEntry", "'" + entry.alias() + "': " + what)
                    .text("alias", "", entry.alias())
                    .truth("privateKey", "", entry.privateKey())
                    .inner("certificates", "Certificates", chain)
                    .build());
        }
        facts.inner("entries", "", entries);
        if (!store.open()) {
            facts.info("it was read without its password: encrypted entries are not shown; give --password-file");
        }
        return facts.build();
    }

    private static Facts manifest(Description.OfManifest manifest) {
        String title = manifest.kind().equals("Pod") ? "static pod manifest" : manifest.kind();
        FactsBuilder facts = new FactsBuilder(manifest.kind(), title);
        if (!manifest.name().isEmpty()) {
            facts.text("name", "Name", manifest.name());
        }
        List<Facts> files = new ArrayList<>();
        for (FileReference file : manifest.files()) {
            files.add(new FactsBuilder("FileReference", file.flag() + "=" + file.path())
                    .text("flag", "", file.flag())
                    .text("path", "", file.path())
                    .build());
        }
        facts.inner("files", "Files", files);
        return facts.build();
    }
}
