package dev.kubepki.pki.files;

import dev.kubepki.pki.cluster.FoundFile.FoundKubeconfig;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.X509Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// What the current context of a kubeconfig leads to.
final class KubeconfigReading {
    private final DurableFiles files;
    private final List<String> problems = new ArrayList<>();

    private KubeconfigReading(DurableFiles files) {
        this.files = files;
    }

    static FoundKubeconfig of(byte[] text, Path file, DurableFiles files) {
        return new KubeconfigReading(files).read(text, file);
    }

    private FoundKubeconfig read(byte[] text, Path file) {
        Kubeconfig config;
        try {
            config = Kubeconfig.parse(file, text);
        } catch (KubeconfigFailure e) {
            return new FoundKubeconfig(
                    "", List.of(), List.of(), Optional.empty(), Optional.of("is not a kubeconfig: " + e.getMessage()));
        }
        if (config.currentContext().isEmpty()) {
            problems.add("names no current-context");
        } else if (config.currentCluster().isEmpty() || config.currentUser().isEmpty()) {
            problems.add("its current-context '" + config.currentContext().get() + "' leads to no cluster or no user");
        }
        Optional<KubeconfigCluster> cluster = config.currentCluster();
        Optional<KubeconfigUser> user = config.currentUser();
        Optional<List<Certificate>> authorities = part(
                "certificate-authority",
                () -> cluster.flatMap(KubeconfigCluster::certificateAuthority),
                CertificateReading::of);
        Optional<List<Certificate>> chain = part(
                "client-certificate", () -> user.flatMap(KubeconfigUser::clientCertificate), CertificateReading::of);
        Optional<SigningKey> key =
                part("client-key", () -> user.flatMap(KubeconfigUser::clientKey), KeyPem::readPrivateKey);
        if (user.isPresent() && problems.isEmpty() && (chain.isEmpty() || key.isEmpty())) {
            problems.add("its user '" + user.get().name() + "' has no client certificate and key");
        }
        return new FoundKubeconfig(
                cluster.flatMap(KubeconfigCluster::server).orElse(""),
                authorities.orElse(List.of()),
                chain.orElse(List.of()),
                key,
                problems.stream().findFirst());
    }

    private <T> Optional<T> part(String field, Supplier<Optional<KubeconfigPem>> pem, Function<byte[], T> reader) {
        try {
            return pem.get().map(p -> reader.apply(p.read(files)));
        } catch (X509Failure | KeyFailure | KubeconfigFailure | FileFailure e) {
            problems.add(field + ": " + e.getMessage());
            return Optional.empty();
        }
    }
}
