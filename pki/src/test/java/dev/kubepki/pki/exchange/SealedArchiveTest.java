package dev.kubepki.pki.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SealedArchiveTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static SequencedMap<String, byte[]> two() {
        SequencedMap<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("manifest.json", bytes("{}"));
        entries.put("requests/cp-1/admin.conf.csr", bytes("request"));
        return entries;
    }

    /// Packed by hand, uncompressed unless asked.
    private static byte[] packed(boolean compressed, String name, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            ZipEntry entry = new ZipEntry(name);
            if (!compressed) {
                java.util.zip.CRC32 crc = new java.util.zip.CRC32();
                crc.update(content);
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(content.length);
                entry.setCrc(crc.getValue());
            }
            zip.putNextEntry(entry);
            zip.write(content);
        }
        return out.toByteArray();
    }

    @Test
    void readsWhatItWrote() {
        var read = SealedArchive.decode("a.zip", SealedArchive.encode(two()));

        assertThat(read.sequencedKeySet()).containsExactly("manifest.json", "requests/cp-1/admin.conf.csr");
        assertThat(read.get("requests/cp-1/admin.conf.csr")).isEqualTo(bytes("request"));
    }

    @Test
    void writesTheSameBytesEachTime() {
        assertThat(SealedArchive.encode(two())).isEqualTo(SealedArchive.encode(two()));
    }

    @Test
    void noChangedByteOutsideOfContentsPasses() {
        byte[] archive = SealedArchive.encode(two());
        for (int i = 0; i < archive.length; i++) {
            byte[] changed = archive.clone();
            changed[i] ^= 1;
            try {
                var read = SealedArchive.decode("a.zip", changed);
                // A changed name is another archive; its names are held against the manifest.
                assertThat(read.keySet()).as("byte %d", i).isNotEqualTo(two().keySet());
            } catch (ExchangeFailure e) {
                assertThat(e).hasMessageStartingWith("a.zip: ");
            }
        }
    }

    @Test
    void refusesEveryShorterFile() {
        byte[] archive = SealedArchive.encode(two());
        for (int length = 0; length < archive.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(archive, length);
            assertThatThrownBy(() -> SealedArchive.decode("a.zip", cut)).isInstanceOf(ExchangeFailure.class);
        }
    }

    @Test
    void refusesBytesBehindTheEnd() {
        byte[] archive = SealedArchive.encode(two());
        byte[] longer = java.util.Arrays.copyOf(archive, archive.length + 1);

        assertThatThrownBy(() -> SealedArchive.decode("a.zip", longer)).hasMessageContaining("was changed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../evil", "/etc/passwd", "a/../../b", "a//b", "a\\b", "C:x", "a/./b", "folder/", ".hidden"})
    void refusesNamesThatLeadOutOfAFolder(String name) throws IOException {
        byte[] archive = packed(false, name, name.endsWith("/") ? new byte[0] : bytes("x"));

        assertThatThrownBy(() -> SealedArchive.decode("a.zip", archive))
                .isInstanceOf(ExchangeFailure.class)
                .hasMessageContaining("'" + name + "'");
    }

    @Test
    void refusesABombBeforeItGrows() throws IOException {
        byte[] bomb = packed(true, "manifest.json", new byte[100 << 20]);
        assertThat(bomb.length).isLessThan(1 << 20);

        assertThatThrownBy(() -> SealedArchive.decode("a.zip", bomb)).hasMessageContaining("is compressed");
    }

    @Test
    void refusesASymbolicLink() throws IOException {
        byte[] archive = SealedArchive.encode(two());
        byte[] linked = archive.clone();
        int central = new String(archive, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
        linked[central + 5] = 3; // made on Unix
        linked[central + 41] = (byte) 0xa1; // S_IFLNK in the upper half of the external attributes

        assertThatThrownBy(() -> SealedArchive.decode("a.zip", linked))
                .isInstanceOf(ExchangeFailure.class)
                .hasMessageContaining("was changed or packed anew");
    }
}
