package dev.kubepki.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {
    @TempDir
    private Path folder;

    private static Clock at(int second) {
        return Clock.fixed(Instant.parse("2026-11-22T21:15:00Z").plusSeconds(second), ZoneOffset.UTC);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void putsAFullFileAsideAndKeepsAsManyAsItIsTold() throws IOException {
        Path file = folder.resolve("audit.log");
        for (int i = 0; i < 5; i++) {
            try (AuditFile log = new AuditFile(file, new AuditFile.Rotation(10, 2, Duration.ZERO), at(i))) {
                log.write("12345678\n".getBytes(UTF_8));
            }
        }
        assertThat(names())
                .containsExactly("audit-2026-11-22T21-15-03.000.log", "audit-2026-11-22T21-15-04.000.log", "audit.log");
        assertThat(file).hasContent("12345678\n");
    }

    @Test
    void lookNobodyElseIn() throws IOException {
        Path file = folder.resolve("new/audit.log");
        new AuditFile(file, new AuditFile.Rotation(0, 0, Duration.ZERO), at(0)).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void leavesOtherFilesAlone() throws IOException {
        Files.writeString(folder.resolve("audit-notes.log"), "mine");
        Path file = folder.resolve("audit.log");
        for (int i = 0; i < 3; i++) {
            try (AuditFile log = new AuditFile(file, new AuditFile.Rotation(5, 1, Duration.ZERO), at(i))) {
                log.write("12345678\n".getBytes(UTF_8));
            }
        }
        assertThat(names()).contains("audit-notes.log").hasSize(3);
    }

    @Test
    void writesAllLinesBeforeItIsClosed() {
        StringBuilder written = new StringBuilder();
        QueuedAuditLog log = new QueuedAuditLog(new AuditTarget() {
            @Override
            public void write(byte[] lines) {
                written.append(new String(lines, UTF_8));
            }

            @Override
            public void close() {
                written.append("closed");
            }
        });
        for (int i = 0; i < 5_000; i++) {
            log.write(i + "\n");
        }
        log.close();
        assertThat(written.toString().lines())
                .hasSize(5_001)
                .startsWith("0", "1")
                .endsWith("4999", "closed");
        assertThat(log.lost()).isZero();
    }

    @Test
    void countsWhatIsLostWhenNothingCanBeWrittenAndGoesOn() {
        CountDownLatch stuck = new CountDownLatch(1);
        QueuedAuditLog log = new QueuedAuditLog(new AuditTarget() {
            @Override
            public void write(byte[] lines) throws IOException {
                try {
                    stuck.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IOException("no space left");
            }

            @Override
            public void close() {
                // There is nothing to close.
            }
        });
        for (int i = 0; i < 10; i++) {
            log.write("x\n");
        }
        stuck.countDown();
        log.close();
        // The line that ends the log counts with those that it was written with.
        assertThat(log.lost()).isBetween(10L, 11L);
    }
}
