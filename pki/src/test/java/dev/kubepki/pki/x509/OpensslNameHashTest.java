package dev.kubepki.pki.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpensslNameHashTest {
    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/CN=kubernetes",
                "/CN=  Two   Blanks  And CAPITALS ",
                "/O=system:masters/CN=kubernetes-admin",
                "/C=DE/ST=Bayern/O=Müller Ärzte/CN=ÄÖÜ",
                "/DC=org/DC=example/emailAddress=A@B.example/CN=x+OU=y"
            })
    void agreesWithOpenssl(String subject) throws Exception {
        Path file = dir.resolve("ca.crt");
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-utf8",
                "-multivalue-rdn",
                "-keyout",
                "/dev/null",
                "-subj",
                subject,
                "-out",
                file.toString());
        Certificate certificate =
                Certificate.readAll(java.nio.file.Files.readAllBytes(file)).getFirst();
        String hash = run("openssl", "x509", "-in", file.toString(), "-noout", "-subject_hash");
        assertThat(OpensslNameHash.of(certificate.subject())).isEqualTo(hash.strip());
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
