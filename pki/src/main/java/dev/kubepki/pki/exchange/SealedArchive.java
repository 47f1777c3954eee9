package dev.kubepki.pki.exchange;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// A ZIP file of which there is one form only: nothing compressed, no times, no links, no comments. What is read is
/// written again and must come out the same, so nothing can hide between the entries, and nothing grows in memory.
/// Entries are never unpacked to disk.
final class SealedArchive {
    /// Bytes: ten thousand requests with RSA keys take a third of it.
    static final int MAX_BYTES = 64 << 20;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");
    private static final LocalDateTime NO_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private SealedArchive() {}

    static byte[] encode(SequencedMap<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.sequencedEntrySet()) {
                zip.putNextEntry(stored(entry.getKey(), entry.getValue()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    private static ZipEntry stored(String name, byte[] content) {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        entry.setTimeLocal(NO_TIME);
        return entry;
    }

    /// @param file how messages call it
    /// @throws ExchangeFailure where it is not exactly what [#encode] writes
    static SequencedMap<String, byte[]> decode(String file, byte[] archive) {
        if (archive.length > MAX_BYTES) {
            throw new ExchangeFailure(file + ": is larger than " + (MAX_BYTES >> 20) + " MiB, and no archive is");
        }
        SequencedMap<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                check(file, entry);
                if (entries.putIfAbsent(entry.getName(), zip.readAllBytes()) != null) {
                    throw new ExchangeFailure(file + ": holds '" + entry.getName() + "' twice");
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new ExchangeFailure(file + ": is damaged, or not an archive of kubepki", e);
        }
        if (entries.isEmpty()) {
            throw new ExchangeFailure(file + ": is not an archive of kubepki");
        }
        if (!Arrays.equals(encode(entries), archive)) {
            throw new ExchangeFailure(
                    file + ": is not in the form in which kubepki writes archives; it was changed or packed anew");
        }
        return entries;
    }

    private static void check(String file, ZipEntry entry) {
        String name = entry.getName();
        if (!NAME.matcher(name).matches()) {
            throw new ExchangeFailure(file + ": holds the entry '" + printable(name)
                    + "', whose name could lead out of a folder; no archive of kubepki does");
        }
        if (entry.getMethod() != ZipEntry.STORED) {
            throw new ExchangeFailure(
                    file + ": the entry '" + name + "' is compressed, and archives of kubepki never are");
        }
    }

    private static String printable(String name) {
        StringBuilder text = new StringBuilder();
        name.chars().limit(100).forEach(c -> text.append(c < ' ' || c == 0x7f ? '?' : (char) c));
        return text.toString();
    }
}
