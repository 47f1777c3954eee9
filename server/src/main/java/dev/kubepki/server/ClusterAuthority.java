package dev.kubepki.server;

import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.IssuanceRefused;
import dev.kubepki.pki.key.CryptoProvider;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The CA whose key signs requests, as its files say now. Without a key nothing is signed: requests wait, and are
/// signed
/// once it is there.
final class ClusterAuthority implements Supplier<CertificateAuthority> {
    private final FileBacked<State> state;

    /// A CA, or the sentence that says why there is none.
    private record State(@Nullable CertificateAuthority authority, String fault) {}

    ClusterAuthority(SetFiles files, CryptoProvider provider, RandomGenerator random) throws ServerFailure {
        this.state = new FileBacked<>(
                "signing CA", List.of(files.authority(), files.authorityKey()), () -> read(files, provider, random));
    }

    private static State read(SetFiles files, CryptoProvider provider, RandomGenerator random) {
        try {
            return new State(
                    new CertificateAuthority(
                            PemFiles.certificates(files.authority()).getFirst(),
                            PemFiles.key(files.authorityKey()),
                            provider,
                            random),
                    "");
        } catch (ServerFailure | IssuanceRefused e) {
            return new State(null, String.valueOf(e.getMessage()));
        }
    }

    FileBacked<?> file() {
        return state;
    }

    @Override
    public CertificateAuthority get() {
        State now = state.get();
        if (now.authority() == null) {
            throw new IllegalStateException("nothing can be signed: " + now.fault());
        }
        return now.authority();
    }
}
