package dev.kubepki.server;

import dev.kubepki.api.codec.JsonCodec;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.server.controller.sign.Signatures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The append-only list of every signature that the server made, a JSON object a line: it reaches the disk before the
/// certificate is published, so that none is out of which nobody knows.
final class SignatureLedger implements Signatures, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SignatureLedger.class.getName());

    private final FileChannel file;
    private final JsonCodec codec;
    private final Clock clock;
    private final ReentrantLock syncing = new ReentrantLock();
    /// In lines; held by this object's lock.
    private long written;
    /// In lines; held by the other.
    private long synced;

    private SignatureLedger(FileChannel file, JsonCodec codec, Clock clock) {
        this.file = file;
        this.codec = codec;
        this.clock = clock;
    }

    static SignatureLedger open(Path path, JsonCodec codec, Clock clock) throws ServerFailure {
        try {
            FileChannel file = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return new SignatureLedger(file, codec, clock);
        } catch (IOException e) {
            throw new ServerFailure(path + " can't be written: " + e.getMessage(), e);
        }
    }

    @Override
    public void signed(Certificate certificate, ObjectNode request) {
        try {
            sync(append(line(entry(certificate, request))));
        } catch (IOException e) {
            throw new UncheckedIOException("the signature can't be recorded, and so is not published", e);
        }
    }

    /// Without waiting for the disk: what a crash loses of these lines the cluster itself shows.
    @Override
    public void ended(Certificate certificate, ObjectNode request, Fate fate) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("time", clock.instant().toString());
        entry.put("serial", certificate.serial().toString(16));
        entry.put("requestUid", request.path("metadata").path("uid").asString(""));
        entry.put("fate", fate.name().toLowerCase(Locale.ROOT));
        try {
            append(line(entry));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the ledger of signatures can't be written: " + e.getMessage());
        }
    }

    private ByteBuffer line(ObjectNode entry) {
        byte[] line = codec.write(entry);
        ByteBuffer bytes = ByteBuffer.allocate(line.length + 1).put(line);
        if (line.length == 0 || line[line.length - 1] != '\n') {
            bytes.put((byte) '\n');
        }
        return bytes.flip();
    }

    /// Writes a line whole or not at all; where it ends, in lines.
    private synchronized long append(ByteBuffer line) throws IOException {
        long start = file.size();
        try {
            while (line.hasRemaining()) {
                file.write(line);
            }
        } catch (IOException e) {
            file.truncate(start);
            throw e;
        }
        return ++written;
    }

    private synchronized long written() {
        return written;
    }

    /// Returns when a line is on the disk. Whoever comes while the disk is busy shares the next sync with the others.
    private void sync(long line) throws IOException {
        syncing.lock();
        try {
            if (synced < line) {
                long reached = written();
                file.force(false);
                synced = reached;
            }
        } finally {
            syncing.unlock();
        }
    }

    private ObjectNode entry(Certificate certificate, ObjectNode request) {
        JsonNode spec = request.path("spec");
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("time", clock.instant().toString());
        entry.put("serial", certificate.serial().toString(16));
        entry.put("sha256", certificate.fingerprint());
        entry.put("subject", certificate.subject().toString());
        entry.put("notAfter", certificate.validity().notAfter().toString());
        entry.put("signerName", spec.path("signerName").asString(""));
        entry.put("request", request.path("metadata").path("name").asString(""));
        entry.put("requestUid", request.path("metadata").path("uid").asString(""));
        entry.put("requester", spec.path("username").asString(""));
        for (JsonNode condition : request.path("status").path("conditions")) {
            if (condition.path("type").asString("").equals("Approved")) {
                entry.put("approval", condition.path("reason").asString(""));
                entry.put("approvalMessage", condition.path("message").asString(""));
                entry.put("approved", condition.path("lastUpdateTime").asString(""));
            }
        }
        for (JsonNode owner : request.path("metadata").path("managedFields")) {
            if (owner.path("subresource").asString("").equals("approval")) {
                entry.put("approver", owner.path("manager").asString(""));
            }
        }
        return entry;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
