package dev.kubepki.api.client.remote;

import dev.kubepki.api.client.ClusterUnreachable;
import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileFailure;
import dev.kubepki.pki.files.KubeconfigPem;
import dev.kubepki.pki.files.KubeconfigUser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A credential that stands in files or in a kubeconfig. Files are read again and again: tokens of service accounts
/// live an hour, and certificates are renewed in place.
final class FileLogin implements Login {
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final Parts parts;
    private final DurableFiles files;
    private final Clock clock;
    private @Nullable Credential known;
    private Instant read = Instant.MIN;

    /// Where each part is.
    private record Parts(
            Optional<Secret> token,
            Optional<Path> tokenFile,
            Optional<KubeconfigPem> chain,
            Optional<KubeconfigPem> key) {}

    private FileLogin(Parts parts, DurableFiles files, Clock clock) {
        this.parts = parts;
        this.files = files;
        this.clock = clock;
    }

    static FileLogin ofTokenFile(Path file, DurableFiles files, Clock clock) {
        return new FileLogin(
                new Parts(Optional.empty(), Optional.of(file), Optional.empty(), Optional.empty()), files, clock);
    }

    static FileLogin of(KubeconfigUser user, DurableFiles files, Clock clock) {
        if (user.clientCertificate().isPresent() != user.clientKey().isPresent()) {
            throw new ClusterUnreachable("the kubeconfig's " + user + " has "
                    + (user.clientKey().isPresent()
                            ? "a client-key and no client-certificate"
                            : "a client-certificate and no client-key"));
        }
        Parts parts =
                new Parts(user.token().map(Secret::new), user.tokenFile(), user.clientCertificate(), user.clientKey());
        return new FileLogin(parts, files, clock);
    }

    @Override
    public synchronized Credential current() {
        Instant now = clock.instant();
        Credential last = known;
        if (last != null && now.isBefore(read.plus(KEPT))) {
            return last;
        }
        try {
            last = read();
        } catch (FileFailure e) {
            // A file that is just being replaced.
            if (last == null) {
                throw new ClusterUnreachable(String.valueOf(e.getMessage()), e);
            }
        }
        known = last;
        read = now;
        return last;
    }

    private Credential read() {
        Optional<Secret> token = parts.tokenFile()
                .map(file -> new Secret(text(files.read(file)).strip()))
                .or(parts::token);
        Optional<Credential.ClientPem> certificate = parts.chain()
                .flatMap(chain -> parts.key()
                        .map(key ->
                                new Credential.ClientPem(text(chain.read(files)), new Secret(text(key.read(files))))));
        return new Credential(token, certificate);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized boolean refused(Credential credential) {
        read = Instant.MIN;
        return !current().equals(credential);
    }
}
