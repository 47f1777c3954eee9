package dev.kubepki.pki.files;

import dev.kubepki.pki.cluster.DesiredSet;
import dev.kubepki.pki.cluster.FoundFile.Content;
import dev.kubepki.pki.cluster.FoundFile.FoundKubeconfig;
import dev.kubepki.pki.cluster.Item;
import dev.kubepki.pki.cluster.Output;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A certificate with its key, from whichever files of a set hold them, and the CA that it leads to.
///
/// @param chain the certificate, and what follows it in its file
/// @param authority the file of its CA; empty for a root
public record Credential(List<Certificate> chain, SigningKey key, List<Certificate> authority) {
    /// Defensive copies.
    public Credential {
        chain = List.copyOf(chain);
        authority = List.copyOf(authority);
    }

    /// Reads a member's files; empty for the key pair, which has no certificate.
    ///
    /// @throws FileFailure where one is missing or can't be used
    public static Optional<Credential> of(PkiDirectory directory, DesiredSet desired, Item item) {
        List<Certificate> authority = item.issuer()
                .flatMap(desired::authority)
                .map(ca -> certificates(directory, ca.mainPath()))
                .orElse(List.of());
        return switch (item.output()) {
            case Output.Pair(String certificate, String key) ->
                Optional.of(new Credential(certificates(directory, certificate), key(directory, key), authority));
            case Output.Config(String path) -> Optional.of(inside(directory, path, authority));
            case Output.Keys keys -> Optional.empty();
        };
    }

    /// The certificate, what follows it, and its CA's, each once.
    public List<Certificate> fullChain() {
        List<Certificate> full = new ArrayList<>(chain);
        authority.stream().filter(c -> !full.contains(c)).forEach(full::add);
        return List.copyOf(full);
    }

    /// Certificates as PEM.
    public static byte[] pem(List<Certificate> certificates) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        certificates.forEach(certificate -> out.writeBytes(certificate.pem().encoded()));
        return out.toByteArray();
    }

    private static List<Certificate> certificates(PkiDirectory directory, String path) {
        Content content = directory.file(path).content();
        if (content instanceof Content.Certificates(List<Certificate> chain)) {
            return chain;
        }
        throw unusable(directory, path, content);
    }

    private static SigningKey key(PkiDirectory directory, String path) {
        Content content = directory.file(path).content();
        if (content instanceof Content.PrivateKey(SigningKey key)) {
            return key;
        }
        throw unusable(directory, path, content);
    }

    private static Credential inside(PkiDirectory directory, String path, List<Certificate> authority) {
        Content content = directory.file(path).content();
        if (content instanceof Content.Kubeconfig(FoundKubeconfig config)
                && config.key().isPresent()
                && !config.chain().isEmpty()) {
            return new Credential(config.chain(), config.key().get(), authority);
        }
        throw unusable(directory, path, content);
    }

    /// Why a file of the set does not serve.
    public static FileFailure unusable(PkiDirectory directory, String path, Content content) {
        return switch (content) {
            case Content.Missing() -> FileFailure.of(directory.resolve(path), FileProblem.MISSING);
            case Content.Broken(String reason) -> FileFailure.of(directory.resolve(path), FileProblem.UNUSABLE, reason);
            default -> FileFailure.of(directory.resolve(path), FileProblem.UNUSABLE);
        };
    }

    @Override
    public String toString() {
        return "Credential[" + chain.getFirst().subject() + ", secret]";
    }
}
