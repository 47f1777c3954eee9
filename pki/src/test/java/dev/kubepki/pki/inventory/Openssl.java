package dev.kubepki.pki.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Certificates that openssl made, in a folder of the test's own.
final class Openssl {
    private final Path folder;

    Openssl(Path folder) {
        this.folder = folder;
    }

    /// Makes `NAME.key` and a CA's `NAME.crt`.
    void authority(String name, String subject) throws IOException, InterruptedException {
        run(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-keyout",
                name + ".key",
                "-out",
                name + ".crt",
                "-subj",
                subject,
                "-days",
                "100",
                "-utf8");
    }

    /// Makes `NAME.key`, `NAME.csr` and, signed by the CA, `NAME.crt`.
    void leaf(String name, String subject, String authority) throws IOException, InterruptedException {
        run(
                "req",
                "-new",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-keyout",
                name + ".key",
                "-out",
                name + ".csr",
                "-subj",
                subject,
                "-utf8");
        Path extensions = folder.resolve("extensions.txt");
        Files.writeString(extensions, "authorityKeyIdentifier=keyid\nextendedKeyUsage=clientAuth\n");
        run(
                "x509",
                "-req",
                "-in",
                name + ".csr",
                "-CA",
                authority + ".crt",
                "-CAkey",
                authority + ".key",
                "-CAcreateserial",
                "-days",
                "50",
                "-extfile",
                "extensions.txt",
                "-out",
                name + ".crt");
        Files.delete(extensions);
    }

    void run(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
