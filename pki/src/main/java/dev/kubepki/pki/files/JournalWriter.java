package dev.kubepki.pki.files;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Writes a journal beside its place while the change is being staged, and puts it in place at the end.
final class JournalWriter implements Closeable {
    private static final int CHUNK = 1 << 16;

    private final FileOperations.NewFile file;
    private final JournalPaths paths;
    private final MessageDigest digest = Sha256.digest();
    private final ByteArrayOutputStream chunk = new ByteArrayOutputStream(CHUNK);

    private JournalWriter(FileOperations.NewFile file, JournalPaths paths) throws IOException {
        this.file = file;
        this.paths = paths;
        line(Journal.HEADER);
    }

    static JournalWriter create(FileOperations operations, FileRoots roots, Path draft) throws IOException {
        return new JournalWriter(operations.create(draft, FileMode.OWNER_ONLY), new JournalPaths(roots));
    }

    void add(JournalStep step) throws IOException {
        if (step instanceof JournalStep.Put put) {
            line(Journal.PUT + " " + put.digest() + " " + paths.write(put.staged()) + " " + paths.write(put.target()));
        } else {
            line(Journal.REMOVE + " " + paths.write(step.target()));
        }
    }

    /// Ends the journal and forces it to the disk, still under its draft name.
    void finish() throws IOException {
        String end = Journal.END + " " + HexFormat.of().formatHex(digest.digest()) + "\n";
        chunk.writeBytes(end.getBytes(StandardCharsets.US_ASCII));
        flush();
        file.sync();
        file.close();
    }

    private void line(String text) throws IOException {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        digest.update(bytes);
        chunk.writeBytes(bytes);
        if (chunk.size() >= CHUNK) {
            flush();
        }
    }

    private void flush() throws IOException {
        file.write(chunk.toByteArray(), 0, chunk.size());
        chunk.reset();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
