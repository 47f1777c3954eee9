package dev.kubepki.server;

import dev.kubepki.pki.document.DocumentFailure;
import dev.kubepki.server.audit.AuditFile;
import dev.kubepki.server.audit.AuditLog;
import dev.kubepki.server.audit.AuditPolicy;
import dev.kubepki.server.audit.AuditPolicyFile;
import dev.kubepki.server.audit.AuditStream;
import dev.kubepki.server.audit.QueuedAuditLog;
import dev.kubepki.server.http.HttpApi;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/// How the audit log is set up.
final class AuditSetup {
    private static final String STANDARD_OUTPUT = "-";

    private AuditSetup() {}

    /// What the options ask for: nothing without a path, and metadata without a policy.
    ///
    /// @param out standard output
    static HttpApi.Audit of(ServerOptions.Audit options, OutputStream out, Clock clock) throws ServerFailure {
        if (options.path().isEmpty()) {
            return new HttpApi.Audit(AuditPolicy.NOTHING, new Silence());
        }
        return new HttpApi.Audit(policy(options.policy()), log(options, out, clock));
    }

    private static AuditPolicy policy(Optional<Path> file) throws ServerFailure {
        if (file.isEmpty()) {
            return AuditPolicy.METADATA;
        }
        try {
            return AuditPolicyFile.read(file.get().toString(), PemFiles.bytes(file.get()));
        } catch (DocumentFailure e) {
            throw new ServerFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private static AuditLog log(ServerOptions.Audit options, OutputStream out, Clock clock) throws ServerFailure {
        if (options.path().equals(STANDARD_OUTPUT)) {
            return new QueuedAuditLog(new AuditStream(out));
        }
        try {
            return new QueuedAuditLog(new AuditFile(Path.of(options.path()), options.rotation(), clock));
        } catch (IOException e) {
            throw new ServerFailure("the audit log " + options.path() + " can't be opened: " + e.getMessage(), e);
        }
    }

    /// No log.
    private static final class Silence implements AuditLog {
        @Override
        public void write(String line) {
            // Nobody wants to know.
        }

        @Override
        public long lost() {
            return 0;
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}
