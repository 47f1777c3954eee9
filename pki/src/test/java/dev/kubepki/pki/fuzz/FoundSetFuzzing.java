package dev.kubepki.pki.fuzz;

import dev.kubepki.pki.cluster.ClusterConfig;
import dev.kubepki.pki.cluster.ClusterPlan;
import dev.kubepki.pki.cluster.DesiredSet;
import dev.kubepki.pki.cluster.Inference;
import dev.kubepki.pki.cluster.IpAddress;
import dev.kubepki.pki.cluster.Judgement;
import dev.kubepki.pki.cluster.Renewal;
import dev.kubepki.pki.cluster.SetChecks;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.files.PkiDirectory;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A set on disk whose certificates and a kubeconfig are foreign bytes: every judgement must come to its end.
final class FoundSetFuzzing {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private FoundSetFuzzing() {}

    static void judge(byte[] bytes) {
        try {
            Path folder = Files.createTempDirectory("fuzz");
            try {
                judge(folder, bytes);
            } finally {
                Files.walkFileTree(folder, new Deletion());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void judge(Path folder, byte[] bytes) throws IOException {
        Files.createDirectory(folder.resolve("pki"));
        Files.write(folder.resolve("pki/ca.crt"), Pem.of("CERTIFICATE", bytes).encoded());
        Files.write(
                folder.resolve("pki/apiserver.crt"),
                Pem.of("CERTIFICATE", bytes).encoded());
        Files.write(folder.resolve("pki/apiserver.key"), bytes);
        Files.write(folder.resolve("admin.conf"), kubeconfig(bytes));
        PkiDirectory directory = PkiDirectory.of(FileOperations.disk(), folder, Optional.empty());
        DesiredSet desired = DesiredSet.of(ClusterConfig.forHost("node", List.of(new IpAddress("10.0.0.1"))));
        Inference.of(directory);
        Judgement.of(desired, directory, CryptoProvider.jdk(), NOW, Judgement.SOON)
                .forEach(Judgement::isRight);
        SetChecks.of(desired, directory);
        Renewal.all(desired, directory).obstacles();
        ClusterPlan.of(desired, directory, CryptoProvider.jdk(), NOW).refusals();
    }

    private static byte[] kubeconfig(byte[] bytes) {
        String certificate = java.util.Base64.getEncoder()
                .encodeToString(Pem.of("CERTIFICATE", bytes).encoded());
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "https://x:6443", certificate-authority-data: %1$s}}]
                users: [{name: u, user: {client-certificate-data: %1$s, client-key-data: %1$s}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(certificate).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
