package dev.kubepki.pki.exchange;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.X509Failure;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The certificates that answer a request archive, with those of their CAs, sealed by the key of each CA that signed.
public final class AnswerArchive {
    private static final String MANIFEST = "manifest.json";

    private final AnswerManifest manifest;
    private final String digest;
    private final SequencedMap<String, List<Certificate>> authorities;
    private final SequencedMap<String, List<Certificate>> certificates;

    private AnswerArchive(
            AnswerManifest manifest,
            String digest,
            SequencedMap<String, List<Certificate>> authorities,
            SequencedMap<String, List<Certificate>> certificates) {
        this.manifest = manifest;
        this.digest = digest;
        this.authorities = authorities;
        this.certificates = certificates;
    }

    /// @param signers those of the authorities that signed
    static byte[] encode(
            RequestArchive request,
            Instant now,
            SequencedMap<String, IssuingAuthority> signers,
            SequencedMap<String, List<Certificate>> authorities,
            SequencedMap<String, List<Certificate>> certificates,
            CryptoProvider provider) {
        SequencedMap<String, byte[]> files = new LinkedHashMap<>();
        List<AnswerManifest.Entry> named = new ArrayList<>();
        List<AnswerManifest.Entry> issued = new ArrayList<>();
        authorities.forEach((name, file) -> named.add(add(files, authority(name), name, file)));
        certificates.forEach((id, chain) -> issued.add(add(files, certificate(id), id, chain)));
        byte[] content = new AnswerManifest(
                        request.cluster(), now, request.digest(), List.copyOf(signers.keySet()), named, issued)
                .encode();
        SequencedMap<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(MANIFEST, content);
        signers.forEach((name, signer) -> entries.put(seal(name), Seal.ANSWER.sign(content, signer.key(), provider)));
        entries.putAll(files);
        return SealedArchive.encode(entries);
    }

    private static AnswerManifest.Entry add(
            SequencedMap<String, byte[]> files, String name, String id, List<Certificate> certificates) {
        byte[] content = pem(certificates);
        files.put(name, content);
        return new AnswerManifest.Entry(id, Manifest.sha256(content));
    }

    static byte[] pem(List<Certificate> certificates) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        certificates.forEach(c -> out.writeBytes(c.pem().encoded()));
        return out.toByteArray();
    }

    private static String seal(String authority) {
        return "seals/" + authority + ".sig";
    }

    private static String authority(String name) {
        return "authorities/" + name + ".crt";
    }

    private static String certificate(String id) {
        return "certificates/" + id + ".crt";
    }

    /// Reads and verifies.
    ///
    /// @param file how messages call it
    /// @throws ExchangeFailure where anything was changed, is missing or is too much
    public static AnswerArchive open(String file, byte[] archive, CryptoProvider provider) {
        ArchiveEntries entries = new ArchiveEntries(file, archive);
        byte[] content = entries.take(MANIFEST);
        AnswerManifest manifest = AnswerManifest.read(file, content);
        SequencedMap<String, List<Certificate>> authorities = new LinkedHashMap<>();
        SequencedMap<String, List<Certificate>> certificates = new LinkedHashMap<>();
        for (AnswerManifest.Entry entry : manifest.authorities()) {
            authorities.put(entry.id(), read(file, entries, authority(entry.id()), entry));
        }
        for (AnswerManifest.Entry entry : manifest.certificates()) {
            certificates.put(entry.id(), read(file, entries, certificate(entry.id()), entry));
        }
        if (manifest.signers().isEmpty()) {
            throw new ExchangeFailure(file + ": is sealed by nobody");
        }
        for (String signer : manifest.signers()) {
            byte[] seal = entries.take(seal(signer));
            List<Certificate> by = authorities.getOrDefault(signer, List.of());
            if (by.isEmpty() || !Seal.ANSWER.isGood(content, seal, by.getFirst().publicKey(), provider)) {
                throw new ExchangeFailure(
                        file + ": the manifest was changed: its seal is not that of the CA '" + signer + "'");
            }
        }
        entries.refuseSurplus();
        return new AnswerArchive(manifest, Manifest.sha256(content), authorities, certificates);
    }

    private static List<Certificate> read(
            String file, ArchiveEntries entries, String name, AnswerManifest.Entry entry) {
        byte[] pem = entries.take(name, entry.sha256());
        try {
            List<Certificate> certificates = Certificate.readAll(pem);
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (X509Failure | KeyFailure e) {
            throw new ExchangeFailure(file + ": '" + name + "' is no certificate: " + e.getMessage(), e);
        }
        throw new ExchangeFailure(file + ": '" + name + "' holds no certificate");
    }

    /// SHA-256 of the manifest in hex: what two people compare.
    public String digest() {
        return digest;
    }

    /// The digest of the request archive that this answers.
    public String requestDigest() {
        return manifest.requestDigest();
    }

    /// Each CA's file, by the CA's name in the catalogue.
    public SequencedMap<String, List<Certificate>> authorities() {
        return authorities;
    }

    /// Each certificate with what follows it, by the item's id.
    SequencedMap<String, List<Certificate>> certificates() {
        return certificates;
    }
}
