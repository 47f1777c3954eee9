package dev.kubepki.server.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// A file that is put aside when it is full, under a name with the time in it: `audit-2026-11-22T21-15-00.000.log`.
public final class AuditFile implements AuditTarget {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss.SSS").withZone(ZoneOffset.UTC);
    private static final FileAttribute<?>[] PRIVATE =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];

    private final Path file;
    private final Rotation rotation;
    private final Clock clock;
    private FileChannel channel;
    private long size;

    /// When a file is put aside, and for how long.
    ///
    /// @param bytes of one file; 0: never
    /// @param backups that are kept; 0: all
    /// @param age of backups that are kept; zero: any
    public record Rotation(long bytes, int backups, Duration age) {}

    /// Opens it, or makes it; its owner alone may read it.
    public AuditFile(Path file, Rotation rotation, Clock clock) throws IOException {
        this.file = file.toAbsolutePath();
        this.rotation = rotation;
        this.clock = clock;
        Path folder = this.file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        this.channel = open();
        this.size = channel.size();
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND), PRIVATE);
    }

    @Override
    public void write(byte[] lines) throws IOException {
        if (rotation.bytes() > 0 && size > 0 && size + lines.length > rotation.bytes()) {
            rotate();
        }
        ByteBuffer buffer = ByteBuffer.wrap(lines);
        while (buffer.hasRemaining()) {
            size += channel.write(buffer);
        }
    }

    private void rotate() throws IOException {
        channel.close();
        Files.move(file, file.resolveSibling(prefix() + STAMP.format(clock.instant()) + suffix()));
        channel = open();
        size = 0;
        removeOld();
    }

    private String name() {
        return String.valueOf(file.getFileName());
    }

    private String prefix() {
        return name().substring(0, name().length() - suffix().length()) + "-";
    }

    private String suffix() {
        int dot = name().lastIndexOf('.');
        return dot < 0 ? "" : name().substring(dot);
    }

    private void removeOld() throws IOException {
        List<Path> backups = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(file.resolveSibling(""), this::isBackup)) {
            all.forEach(backups::add);
        }
        backups.sort(Comparator.comparing(Path::toString).reversed());
        Instant oldest = clock.instant().minus(rotation.age());
        for (int i = 0; i < backups.size(); i++) {
            boolean tooMany = rotation.backups() > 0 && i >= rotation.backups();
            boolean tooOld = !rotation.age().isZero()
                    && Files.getLastModifiedTime(backups.get(i)).toInstant().isBefore(oldest);
            if (tooMany || tooOld) {
                Files.deleteIfExists(backups.get(i));
            }
        }
    }

    private boolean isBackup(Path path) {
        String other = String.valueOf(path.getFileName());
        if (!other.startsWith(prefix()) || !other.endsWith(suffix()) || other.length() < prefix().length()) {
            return false;
        }
        String stamp = other.substring(prefix().length(), other.length() - suffix().length());
        return stamp.length() == "uuuu-MM-ddTHH-mm-ss.SSS".length() && stamp.charAt(10) == 'T';
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
