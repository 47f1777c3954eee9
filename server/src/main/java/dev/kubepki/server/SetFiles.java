package dev.kubepki.server;

import java.nio.file.Path;
import java.util.List;

/// Where the server finds its keys and certificates: in the set, or where an option says.
record SetFiles(Path directory, ServerOptions.Files files) {
    /// The CA of the cluster, whose key signs what the listener shows.
    Path authority() {
        return pki("ca.crt");
    }

    Path authorityKey() {
        return pki("ca.key");
    }

    Path clientAuthorities() {
        return files.clientAuthorities().orElseGet(this::authority);
    }

    Path apiServer() {
        return pki("apiserver.crt");
    }

    Path apiServerKey() {
        return pki("apiserver.key");
    }

    /// The keys that verify tokens of service accounts.
    List<Path> serviceAccountKeys() {
        return files.serviceAccountKeys().isEmpty() ? List.of(pki("sa.pub")) : files.serviceAccountKeys();
    }

    /// The key that signs them.
    Path serviceAccountSigningKey() {
        return files.serviceAccountSigningKey().orElseGet(() -> pki("sa.key"));
    }

    private Path pki(String name) {
        return directory.resolve("pki").resolve(name);
    }
}
