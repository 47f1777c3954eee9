package dev.kubepki.cli;

import dev.kubepki.api.client.ClusterUnreachable;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.cli.frame.KnownFailures;
import dev.kubepki.pki.document.DocumentFailure;
import dev.kubepki.pki.exchange.ExchangeFailure;
import dev.kubepki.pki.files.FileFailure;
import dev.kubepki.pki.files.KeyStoreFailure;
import dev.kubepki.pki.files.KubeconfigFailure;
import dev.kubepki.pki.inspect.InspectFailure;
import dev.kubepki.pki.issue.IssuanceRefused;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.trust.TrustFailure;
import dev.kubepki.pki.x509.X509Failure;
import java.util.List;

/// The failures of the library, whose messages are sentences for people. The list is only made when something failed.
final class LibraryFailures implements KnownFailures {

    static List<Class<? extends RuntimeException>> types() {
        return List.of(
                DocumentFailure.class,
                ExchangeFailure.class,
                FileFailure.class,
                InspectFailure.class,
                IssuanceRefused.class,
                KeyFailure.class,
                KeyStoreFailure.class,
                KubeconfigFailure.class,
                TrustFailure.class,
                X509Failure.class);
    }

    /// Of clusters that were asked.
    private static List<Class<? extends RuntimeException>> ofClusters() {
        return List.of(ApiFailure.class, ClusterUnreachable.class);
    }

    @Override
    public boolean speaksForItself(RuntimeException failure) {
        return types().contains(failure.getClass()) || ofClusters().contains(failure.getClass());
    }
}
