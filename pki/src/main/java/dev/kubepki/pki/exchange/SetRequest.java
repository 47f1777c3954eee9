package dev.kubepki.pki.exchange;

import dev.kubepki.pki.cluster.Authorities;
import dev.kubepki.pki.cluster.CertificateName;
import dev.kubepki.pki.cluster.DesiredSet;
import dev.kubepki.pki.cluster.FoundFile.Content;
import dev.kubepki.pki.cluster.FoundFile.FoundKubeconfig;
import dev.kubepki.pki.cluster.Item;
import dev.kubepki.pki.cluster.Output;
import dev.kubepki.pki.files.DirectoryLock;
import dev.kubepki.pki.files.FileTransaction;
import dev.kubepki.pki.files.PkiDirectory;
import dev.kubepki.pki.files.SetWriter;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.CertificateRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Keys and requests for members of a set whose certificates come from elsewhere. The keys are made in the set's folder
/// and stay there.
public final class SetRequest {
    /// Where a set remembers what it asked for, until the answer is accepted.
    public static final String PENDING = "kubepki-request.json";

    private final DesiredSet desired;
    private final PkiDirectory directory;
    private final List<Item> items;

    private SetRequest(DesiredSet desired, PkiDirectory directory, Predicate<Item> chosen) {
        this.desired = desired;
        this.directory = directory;
        this.items = desired.items()
                .filter(item -> item.issuer().isPresent() && chosen.test(item))
                .toList();
    }

    /// The members that have one of these names, as [Item#id] or on every node as its label.
    public static SetRequest named(DesiredSet desired, PkiDirectory directory, Set<String> names) {
        return new SetRequest(
                desired,
                directory,
                item -> names.contains(item.id()) || names.contains(item.name().label()));
    }

    /// Every leaf.
    public static SetRequest all(DesiredSet desired, PkiDirectory directory) {
        return new SetRequest(desired, directory, item -> !item.isAuthority());
    }

    /// Everything that a CA described as external signs and that is not here yet.
    public static SetRequest missing(DesiredSet desired, PkiDirectory directory) {
        Authorities authorities = desired.config().authorities();
        return new SetRequest(
                desired,
                directory,
                item -> authorities.isExternal(item.issuer().orElseThrow())
                        && !authorities.isExternal(item.name())
                        && directory.file(item.mainPath()).isMissing());
    }

    /// What is requested.
    public List<Item> items() {
        return items;
    }

    /// Where the private key of a member waits for its certificate.
    public static String keyPath(Item item) {
        return item.output() instanceof Output.Config(String path)
                ? path + ".key"
                : item.output().paths().getLast();
    }

    /// Where the request of a member lies: `pki/apiserver.csr`, `admin.conf.csr`.
    public static String requestPath(Item item) {
        String main = item.mainPath();
        return item.output() instanceof Output.Config
                ? main + ".csr"
                : main.substring(0, main.length() - ".crt".length()) + ".csr";
    }

    /// Requests, with the keys that belong to them.
    private record Signed(Item item, SigningKey key, boolean made, CertificateRequest request) {}

    /// Makes the missing keys and writes each request beside its key, in one change.
    ///
    /// @param further writes more files of the set into the same change
    public void writeRequests(DirectoryLock lock, CryptoProvider provider, Instant now, Consumer<SetWriter> further) {
        List<Signed> signed = sign(provider);
        try (FileTransaction change = FileTransaction.begin(lock)) {
            SetWriter writer = new SetWriter(directory, change, now, "request");
            for (Signed one : signed) {
                writeKey(writer, one);
                writer.open(requestPath(one.item()), one.request().pem().encoded());
            }
            further.accept(writer);
            change.commit();
        }
    }

    /// An archive with its digest.
    ///
    /// @param archive the file's bytes
    @SuppressWarnings("ArrayRecordComponent") // on its way into a file; never compared
    public record Packed(byte[] archive, String digest) {}

    /// Makes the missing keys, remembers what is asked for, and packs it, in one change of the folder.
    ///
    /// @param further writes more files of the set into the same change
    public Packed pack(DirectoryLock lock, CryptoProvider provider, Instant now, Consumer<SetWriter> further) {
        List<Signed> signed = sign(provider);
        SequencedMap<String, CertificateRequest> requests = new LinkedHashMap<>();
        List<RequestManifest.Wanted> wanted = new ArrayList<>();
        for (Signed one : signed) {
            requests.put(one.item().id(), one.request());
            wanted.add(RequestManifest.Wanted.of(one.item(), one.request()));
        }
        RequestManifest manifest = new RequestManifest(
                desired.config().clusterName(), now, signed.getFirst().item().id(), authorities(), wanted);
        byte[] archive =
                RequestArchive.encode(manifest, requests, signed.getFirst().key(), provider);
        String digest = RequestArchive.open("the archive", archive, provider).digest();
        try (FileTransaction change = FileTransaction.begin(lock)) {
            SetWriter writer = new SetWriter(directory, change, now, "request");
            signed.forEach(one -> writeKey(writer, one));
            writeKeyPair(writer, provider);
            writer.open(PENDING, manifest.encode());
            further.accept(writer);
            change.commit();
        }
        return new Packed(archive, digest);
    }

    /// Those that sign something here, and those that the set still lacks.
    private List<String> authorities() {
        Authorities described = desired.config().authorities();
        return desired.authorities().stream()
                .filter(ca -> items.stream().anyMatch(i -> i.issuer().equals(Optional.of(ca.name())))
                        || (described.isExternal(ca.name())
                                && directory.file(ca.mainPath()).isMissing()))
                .map(ca -> ca.name().label())
                .toList();
    }

    private static void writeKey(SetWriter writer, Signed signed) {
        if (signed.made()) {
            writer.secret(keyPath(signed.item()), signed.key());
        }
    }

    /// The key pair for service accounts needs no CA: a set that is requested as a whole gets it here.
    private void writeKeyPair(SetWriter writer, CryptoProvider provider) {
        desired.items()
                .filter(item -> item.name() == CertificateName.SA)
                .filter(item -> item.output().paths().stream()
                        .allMatch(path -> directory.file(path).isMissing()))
                .forEach(item -> writer.write(
                        new dev.kubepki.pki.cluster.Made.Keys(item, provider.generate(item.algorithm()), true)));
    }

    private List<Signed> sign(CryptoProvider provider) {
        Map<Item, SigningKey> kept = new LinkedHashMap<>();
        items.forEach(item -> key(directory, item).ifPresent(key -> kept.put(item, key)));
        return items.parallelStream()
                .map(item -> {
                    Optional<SigningKey> old = Optional.ofNullable(kept.get(item));
                    SigningKey key = old.orElseGet(() -> provider.generate(item.algorithm()));
                    return new Signed(
                            item, key, old.isEmpty(), RequestDraft.of(item).sign(key, provider));
                })
                .toList();
    }

    /// The key that a member has, with or without a certificate.
    ///
    /// @throws ExchangeFailure where a file stands in its place that holds none
    static Optional<SigningKey> key(PkiDirectory directory, Item item) {
        Optional<SigningKey> inside = item.output() instanceof Output.Config(String path)
                        && directory.file(path).content() instanceof Content.Kubeconfig(FoundKubeconfig config)
                ? config.key()
                : Optional.empty();
        String path = keyPath(item);
        return switch (directory.file(path).content()) {
            case Content.PrivateKey(SigningKey key) -> Optional.of(key);
            case Content.Missing missing -> inside;
            case Content.Broken(String reason) -> throw new ExchangeFailure(directory.resolve(path) + ": " + reason);
            default -> throw new ExchangeFailure(directory.resolve(path) + ": holds no private key");
        };
    }
}
