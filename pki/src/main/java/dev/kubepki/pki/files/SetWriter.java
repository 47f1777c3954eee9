package dev.kubepki.pki.files;

import dev.kubepki.pki.cluster.DesiredSet;
import dev.kubepki.pki.cluster.Item;
import dev.kubepki.pki.cluster.Made;
import dev.kubepki.pki.cluster.Output;
import dev.kubepki.pki.cluster.SharedCopy;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts what was made into one change of a folder, with a line in the ledger for each certificate.
public final class SetWriter {
    private final PkiDirectory directory;
    private final FileTransaction change;
    private final Instant now;
    private final String command;
    private final Map<String, byte[]> shared = new HashMap<>();

    /// @param command whose name the ledger keeps
    public SetWriter(PkiDirectory directory, FileTransaction change, Instant now, String command) {
        this.directory = directory;
        this.change = change;
        this.now = now;
        this.command = command;
    }

    /// Writes one step's result.
    public void write(Made made) {
        if (made instanceof Made.Issued issued) {
            write(issued);
        } else if (made instanceof Made.Refreshed refreshed) {
            refresh(refreshed);
        } else {
            write((Made.Keys) made);
        }
    }

    private void write(Made.Keys keys) {
        Output.Keys output = (Output.Keys) keys.item().output();
        if (keys.both()) {
            secret(output.privateKey(), KeyPem.encode(keys.key()).encoded());
        }
        open(output.publicKey(), KeyPem.encodePublic(keys.key().publicKey()).encoded());
    }

    private void write(Made.Issued issued) {
        Item item = issued.item();
        record(issued.certificate(), item.mainPath());
        byte[] key = KeyPem.encode(issued.key()).encoded();
        if (item.output() instanceof Output.Pair(String certificate, String keyPath)) {
            secret(keyPath, key);
            open(certificate, pem(issued.chain()));
        } else {
            String path = ((Output.Config) item.output()).path();
            secret(path, kubeconfig(issued, path, key));
        }
    }

    /// A kubeconfig that is there keeps everything but its credential and its CA.
    private byte[] kubeconfig(Made.Issued issued, String path, byte[] key) {
        Item.KubeconfigNames names = issued.item().kubeconfig().orElseThrow();
        Optional<Kubeconfig> old = directory.kubeconfig(path);
        byte[] authority = pem(issued.authority());
        byte[] chain = pem(issued.chain());
        return old.flatMap(config -> KubeconfigText.renewed(config, names, authority, chain, key))
                .orElseGet(() -> KubeconfigText.of(directory.resolve(path), names, authority, chain, key));
    }

    private void refresh(Made.Refreshed refreshed) {
        Item item = refreshed.item();
        switch (item.output()) {
            case Output.Config(String path) ->
                directory
                        .kubeconfig(path)
                        .flatMap(old -> KubeconfigText.trusting(
                                old, item.kubeconfig().orElseThrow(), pem(refreshed.authority())))
                        .ifPresent(bytes -> secret(path, bytes));
            case Output.Pair(String certificate, String key) -> {
                List<Certificate> chain = new ArrayList<>();
                chain.add(Certificate.readAll(directory.bytes(certificate)).getFirst());
                chain.addAll(refreshed.below());
                open(certificate, pem(chain));
            }
            case Output.Keys keys -> throw new IllegalStateException("a key pair has no CA");
        }
    }

    /// Copies a shared file into a node's folder: as it is there, or as this change makes it.
    public void copy(SharedCopy copy) {
        byte[] bytes = shared.computeIfAbsent(copy.from(), from -> directory.bytes(from));
        if (copy.isSecret()) {
            secret(copy.to(), bytes);
        } else {
            open(copy.to(), bytes);
        }
    }

    /// Any other file of the set, such as its description.
    public void open(String path, byte[] bytes) {
        remember(path, bytes);
        change.write(
                directory.resolve(path), bytes, path.endsWith(".conf") ? FileMode.OWNER_ONLY : FileMode.WORLD_READABLE);
    }

    /// A private key that has no certificate yet.
    public void secret(String path, SigningKey key) {
        secret(path, KeyPem.encode(key).encoded());
    }

    private void secret(String path, byte[] bytes) {
        remember(path, bytes);
        change.write(directory.resolve(path), bytes, FileMode.OWNER_ONLY);
    }

    /// Takes a file away, where there is one.
    public void delete(String path) {
        if (!directory.file(path).isMissing()) {
            change.delete(directory.resolve(path));
        }
    }

    /// Only what the cluster shares: a few files, whatever its size.
    private void remember(String path, byte[] bytes) {
        if (!path.startsWith(DesiredSet.NODES)) {
            shared.put(path, bytes);
        }
    }

    private void record(Certificate certificate, String path) {
        change.record(LedgerEntry.of(now, certificate, command, path));
    }

    private static byte[] pem(List<Certificate> certificates) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Certificate certificate : certificates) {
            out.writeBytes(certificate.pem().encode().getBytes(StandardCharsets.US_ASCII));
        }
        return out.toByteArray();
    }
}
