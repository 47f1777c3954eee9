package dev.kubepki.acceptance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.acceptance.house.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A set whose every leaf has ended. Only the files and the CAs' keys are left to help.
class DeadSetTest {
    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource({"documented, separate, --due", "kubeadm, separate, --all", "kubeadm, single-root, --due"})
    void verifyFindsEveryDeadCertificateAndRenewCuresThemAll(String style, String model, String which)
            throws Exception {
        Variant variant = new Variant(style, "ECDSA-P256", model);
        ClusterSet set = ClusterSet.make(temporary.resolve("set"), variant, variant.description() + "validity: 1s\n");
        Thread.sleep(1500);
        Kubepki kubepki = Kubepki.in(set.dir());
        String dir = set.dir().toString();

        Shell.Result sick = kubepki.run("verify", "--dir", dir);
        assertThat(sick.exit()).as(sick.out() + sick.err()).isEqualTo(3);
        List<String> leaves = new ArrayList<>(set.kubeconfigs());
        ClusterSet.uses().forEach(use -> leaves.add(use.certificate()));
        for (String leaf : leaves) {
            assertThat(sick.out().lines())
                    .as("%s", leaf)
                    .anyMatch(line -> line.matches("error +" + leaf + " +ended on .* kubepki renew .*"));
        }

        Path description = set.file("kubepki.yaml");
        Files.writeString(
                description, Files.readString(description).replaceFirst("(?m)^validity: .*$", "validity: 8760h"));
        String renewed = kubepki.done("renew", which, "--dir", dir);
        assertThat(renewed).contains(leaves);
        assertThat(kubepki.done("verify", "--strict", "--dir", dir)).contains("0 errors, 0 warnings");
        assertThat(new OpensslVerify(temporary)
                        .underAnchor(
                                set.file("pki/ca.crt"), set.pairOf("admin.conf").certificate(), "sslclient"))
                .contains(": OK");
        assertThat(kubepki.done("renew", "--due", "--dir", dir)).doesNotContain(leaves);
    }
}
