package dev.kubepki.server;

import dev.kubepki.server.audit.AuditFile;
import dev.kubepki.server.auth.token.TokenSettings;
import dev.kubepki.server.http.Limits;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a server is started with.
///
/// @param bind where it listens; port 0 for any free one
/// @param directory the folder of the cluster's set, as `/etc/kubernetes` is laid out
/// @param data the folder of the store
/// @param programVersion as `/version` tells it
/// @param files by which parts of the set are replaced
/// @param runtimeConfig which versions are switched on and off, as kube-apiserver's flag says it; may be empty
/// @param tokens of service accounts: their issuers and audiences
/// @param anonymous whether callers without credentials are let in as nobody
/// @param audit what is logged of requests
/// @param controllers that run inside
/// @param limits of what clients may send
/// @param grace how long requests may take to end when it is stopped
public record ServerOptions(
        InetSocketAddress bind,
        Path directory,
        Path data,
        String programVersion,
        Files files,
        String runtimeConfig,
        TokenSettings tokens,
        boolean anonymous,
        Audit audit,
        ControllerOptions controllers,
        Limits limits,
        Duration grace) {
    /// The audit log.
    ///
    /// @param path of the file; `-` for standard output, empty for no log
    /// @param policy what of which requests; metadata of all when there is none
    /// @param rotation when a file is put aside
    public record Audit(String path, Optional<Path> policy, AuditFile.Rotation rotation) {
        /// No log.
        public static final Audit NONE = new Audit("", Optional.empty(), new AuditFile.Rotation(0, 0, Duration.ZERO));
    }

    /// Files instead of those of the set.
    ///
    /// @param clientAuthorities whose certificates are taken from clients
    /// @param servingCertificate to show, and not to make one
    /// @param servingKey of that certificate
    /// @param serviceAccountKeys that verify tokens
    /// @param serviceAccountSigningKey that signs them
    public record Files(
            Optional<Path> clientAuthorities,
            Optional<Path> servingCertificate,
            Optional<Path> servingKey,
            List<Path> serviceAccountKeys,
            Optional<Path> serviceAccountSigningKey) {
        /// All from the set.
        public static final Files OF_THE_SET =
                new Files(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    }
}
