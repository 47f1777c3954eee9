package dev.kubepki.pki.exchange;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.X509Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The requests of a whole set in one file, for a CA elsewhere. Opened, it is whole: every request is its key's own and
/// is what the manifest says, and the manifest is sealed by one of the requested keys.
public final class RequestArchive {
    private static final String MANIFEST = "manifest.json";
    private static final String SEAL = "manifest.sig";

    private final RequestManifest manifest;
    private final String digest;
    private final List<Entry> entries;

    private RequestArchive(RequestManifest manifest, String digest, List<Entry> entries) {
        this.manifest = manifest;
        this.digest = digest;
        this.entries = entries;
    }

    /// One request with what is wanted.
    public static final class Entry {
        private final RequestManifest.Wanted wanted;
        private final CertificateRequest request;

        private Entry(RequestManifest.Wanted wanted, CertificateRequest request) {
            this.wanted = wanted;
            this.request = request;
        }

        /// The item's id.
        public String id() {
            return wanted.id();
        }

        /// The wanted CA's name in the catalogue.
        public String issuer() {
            return wanted.issuer();
        }

        /// The request.
        public CertificateRequest request() {
            return request;
        }

        /// As what it is to be signed, and for how long.
        public SigningTerms terms(boolean allowPrivileged) {
            return new SigningTerms(
                    wanted.signingProfile().orElseThrow(), Optional.of(wanted.lifetime()), List.of(), allowPrivileged);
        }
    }

    static byte[] encode(
            RequestManifest manifest,
            Map<String, CertificateRequest> requests,
            SigningKey key,
            CryptoProvider provider) {
        SequencedMap<String, byte[]> entries = new LinkedHashMap<>();
        byte[] content = manifest.encode();
        entries.put(MANIFEST, content);
        entries.put(SEAL, Seal.REQUEST.sign(content, key, provider));
        requests.forEach((id, request) -> entries.put(name(id), request.pem().encoded()));
        return SealedArchive.encode(entries);
    }

    private static String name(String id) {
        return "requests/" + id + ".csr";
    }

    /// Reads and verifies.
    ///
    /// @param file how messages call it
    /// @throws ExchangeFailure where anything was changed, is missing or is too much
    public static RequestArchive open(String file, byte[] archive, CryptoProvider provider) {
        ArchiveEntries entries = new ArchiveEntries(file, archive);
        byte[] content = entries.take(MANIFEST);
        byte[] seal = entries.take(SEAL);
        RequestManifest manifest = RequestManifest.read(file, content);
        List<Entry> read = new ArrayList<>();
        for (RequestManifest.Wanted wanted : manifest.requests()) {
            read.add(new Entry(wanted, request(file, entries, wanted, provider)));
        }
        entries.refuseSurplus();
        Entry signer = read.stream()
                .filter(e -> e.id().equals(manifest.signedBy()))
                .findFirst()
                .orElseThrow(() -> new ExchangeFailure(
                        file + ": is sealed by '" + manifest.signedBy() + "', which it holds no request of"));
        if (!Seal.REQUEST.isGood(content, seal, signer.request().publicKey(), provider)) {
            throw new ExchangeFailure(
                    file + ": the manifest was changed: its seal is not the key's of '" + manifest.signedBy() + "'");
        }
        return new RequestArchive(manifest, Manifest.sha256(content), List.copyOf(read));
    }

    private static CertificateRequest request(
            String file, ArchiveEntries entries, RequestManifest.Wanted wanted, CryptoProvider provider) {
        String name = name(wanted.id());
        byte[] pem = entries.take(name);
        try {
            List<CertificateRequest> requests = CertificateRequest.readAll(pem);
            boolean same = requests.size() == 1
                    && java.util.Arrays.equals(requests.getFirst().pem().encoded(), pem)
                    && wanted.describes(requests.getFirst());
            if (!same) {
                throw entries.changed(name);
            }
            if (!requests.getFirst().isSelfSigned(provider)) {
                throw new ExchangeFailure(file + ": the signature of '" + name + "' is not its own key's");
            }
            return requests.getFirst();
        } catch (X509Failure | KeyFailure e) {
            throw new ExchangeFailure(file + ": '" + name + "' is no request: " + e.getMessage(), e);
        }
    }

    /// The cluster's name.
    public String cluster() {
        return manifest.cluster();
    }

    /// When it was made, as it says.
    public Instant created() {
        return manifest.created();
    }

    /// SHA-256 of the manifest in hex: what two people compare.
    public String digest() {
        return digest;
    }

    /// The CAs whose certificates are wanted back, by their names in the catalogue.
    public List<String> authorities() {
        return manifest.authorities();
    }

    /// The requests.
    public List<Entry> entries() {
        return entries;
    }
}
