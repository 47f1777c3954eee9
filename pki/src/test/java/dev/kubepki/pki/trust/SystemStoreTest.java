package dev.kubepki.pki.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.trust.SystemCommands.Outcome;
import dev.kubepki.pki.x509.Certificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SystemStoreTest {
    private static final String DEBIAN_BUNDLE = "/etc/ssl/certs/ca-certificates.crt";
    private static final String DEBIAN_ANCHORS = "/usr/local/share/ca-certificates";

    @TempDir
    Path root;

    private final Certificate ca = Roots.ca("Kubernetes CA");
    private final Certificate etcd = Roots.ca("etcd-ca");
    private final Certificate publicCa = Roots.ca("A Public Root");
    private final List<List<String>> commands = new ArrayList<>();

    @BeforeEach
    void writeOtherRoot() throws IOException {
        write(DEBIAN_BUNDLE, publicCa.pem().encode());
    }

    @ParameterizedTest
    @CsvSource({
        "DEBIAN, ubuntu, /usr/local/share/ca-certificates, /etc/ssl/certs/ca-certificates.crt",
        "RHEL, rocky, /etc/pki/ca-trust/source/anchors, /etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
        "ALPINE, alpine, /usr/local/share/ca-certificates, /etc/ssl/certs/ca-certificates.crt",
        "SUSE, sles, /etc/pki/trust/anchors, /var/lib/ca-certificates/ca-bundle.pem",
        "ARCH, arch, /etc/ca-certificates/trust-source/anchors, /etc/ca-certificates/extracted/tls-ca-bundle.pem"
    })
    void addsToTheBundleByHandWhereAFamilyHasNoUpdater(StoreFamily family, String id, String anchors, String bundle)
            throws Exception {
        write("/etc/os-release", "NAME=x\nID=\"" + id + "\"\n");
        write(bundle, publicCa.pem().encode());
        Map<String, String> before = contents();
        assertThat(StoreFamily.detect(ImageRoot.of(root))).isEqualTo(family);

        store(family).install(Roots.bundle(ca, etcd), Optional.empty()).carryOut();

        String file = anchors + "/kubepki-kubernetes-ca-" + ca.fingerprint().substring(0, 8) + ".crt";
        assertThat(read(file)).isEqualTo(ca.pem().encode());
        assertThat(Certificate.readAll(Files.readAllBytes(at(bundle)))).containsExactly(publicCa, ca, etcd);
        assertThat(store(family)
                        .install(Roots.bundle(ca, etcd), Optional.empty())
                        .isEmpty())
                .isTrue();

        store(family).remove(only(ca, etcd)).carryOut();
        assertThat(contents()).isEqualTo(before);
        assertThat(store(family).remove(only(ca, etcd)).isEmpty()).isTrue();
        assertThat(commands).isEmpty();
    }

    @Test
    void opensslFindsTheCaByItsHandMadeHashLink() throws Exception {
        store(StoreFamily.DEBIAN).install(Roots.bundle(ca), Optional.of("ca")).carryOut();
        try (Stream<Path> files = Files.list(at("/etc/ssl/certs"))) {
            List<Path> links = files.filter(Files::isSymbolicLink).toList();
            assertThat(links).hasSize(2).anyMatch(l -> l.toString().endsWith(".0"));
            Path hash = links.stream()
                    .filter(l -> l.toString().endsWith(".0"))
                    .findFirst()
                    .orElseThrow();
            String stem = "kubepki-ca-" + ca.fingerprint().substring(0, 8);
            assertThat(Files.readSymbolicLink(hash)).hasToString(stem + ".pem");
            assertThat(Files.readSymbolicLink(hash.resolveSibling(stem + ".pem")))
                    .hasToString(DEBIAN_ANCHORS + "/" + stem + ".crt");
        }
    }

    @Test
    void appendsToTheBundleAloneInAnImageWithNothingElse() throws Exception {
        assertThat(StoreFamily.detect(ImageRoot.of(root))).isEqualTo(StoreFamily.BUNDLE);
        store(StoreFamily.BUNDLE).install(Roots.bundle(ca), Optional.of("x")).carryOut();
        String mark = "kubepki-x-" + ca.fingerprint().substring(0, 8) + " " + ca.fingerprint() + "\n";
        assertThat(read(DEBIAN_BUNDLE))
                .isEqualTo(publicCa.pem().encode() + "# kubepki begin " + mark
                        + ca.pem().encode() + "# kubepki end " + mark);
        store(StoreFamily.BUNDLE)
                .remove(new Removal(Optional.empty(), Optional.of("y")))
                .carryOut();
        assertThat(read(DEBIAN_BUNDLE)).contains(mark);
        store(StoreFamily.BUNDLE)
                .remove(new Removal(Optional.empty(), Optional.of("x")))
                .carryOut();
        assertThat(read(DEBIAN_BUNDLE)).isEqualTo(publicCa.pem().encode());
    }

    @Test
    void runsTheSystemsOwnUpdaterInTheImage() throws Exception {
        makeUpdater();
        List<String> said = store(StoreFamily.DEBIAN, command -> {
                    append(ca);
                    return new Outcome(0, "Updating certificates in /etc/ssl/certs...\n1 added, 0 removed; done.\n");
                })
                .install(Roots.bundle(ca), Optional.empty())
                .carryOut();
        assertThat(commands)
                .containsExactly(List.of("chroot", root.toRealPath().toString(), "/usr/sbin/update-ca-certificates"));
        assertThat(said).contains("1 added, 0 removed; done.");
        assertThat(read(DEBIAN_BUNDLE)).doesNotContain("# kubepki");
    }

    @Test
    void asksForAFreshStoreWhenItTakesACaBack() throws Exception {
        makeUpdater();
        store(StoreFamily.DEBIAN, command -> {
                    append(ca);
                    return new Outcome(0, "");
                })
                .install(Roots.bundle(ca), Optional.empty())
                .carryOut();
        commands.clear();
        store(StoreFamily.DEBIAN, command -> {
                    write(DEBIAN_BUNDLE, publicCa.pem().encode());
                    return new Outcome(0, "");
                })
                .remove(only(ca))
                .carryOut();
        assertThat(commands.getFirst()).endsWith("/usr/sbin/update-ca-certificates", "--fresh");
        assertThat(at(DEBIAN_ANCHORS)).isEmptyDirectory();
    }

    @Test
    void takesItsFilesBackWhenTheUpdaterFails() throws Exception {
        makeUpdater();
        Map<String, String> before = contents();
        StorePlan plan = store(StoreFamily.DEBIAN, command -> new Outcome(1, "openssl: not found\n"))
                .install(Roots.bundle(ca), Optional.empty());
        assertThatThrownBy(plan::carryOut)
                .isInstanceOf(TrustFailure.class)
                .hasMessageContaining("update-ca-certificates: failed with exit code 1")
                .hasMessageEndingWith("openssl: not found");
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void worksByHandWhereTheImageCanNotBeEntered() throws Exception {
        makeUpdater();
        List<String> said = store(StoreFamily.DEBIAN, command -> new Outcome(126, "Exec format error"))
                .install(Roots.bundle(ca), Optional.empty())
                .carryOut();
        assertThat(said).anyMatch(line -> line.endsWith("can't be run here; done by hand"));
        assertThat(Certificate.readAll(Files.readAllBytes(at(DEBIAN_BUNDLE)))).containsExactly(publicCa, ca);
    }

    @Test
    void doesNotBelieveAnUpdaterThatTrustsNothingNew() throws Exception {
        makeUpdater();
        StorePlan plan = store(StoreFamily.DEBIAN, command -> new Outcome(0, "0 added, 0 removed; done.\n"))
                .install(Roots.bundle(ca), Optional.empty());
        assertThatThrownBy(plan::carryOut)
                .hasMessageContaining(DEBIAN_BUNDLE + ": 'CN = Kubernetes CA' is still missing");
    }

    @Test
    void leavesACaThatAnAdministratorPutThereAlone() throws Exception {
        write(DEBIAN_ANCHORS + "/company.crt", ca.pem().encode());
        write(DEBIAN_BUNDLE, publicCa.pem().encode() + ca.pem().encode());
        StorePlan install = store(StoreFamily.DEBIAN).install(Roots.bundle(ca), Optional.empty());
        assertThat(install.isEmpty()).isTrue();
        assertThat(install.notes())
                .containsExactly("'CN = Kubernetes CA' is trusted already, by " + DEBIAN_ANCHORS + "/company.crt");
        StorePlan remove = store(StoreFamily.DEBIAN).remove(only(ca));
        assertThat(remove.isEmpty()).isTrue();
        assertThat(remove.notes())
                .containsExactly(DEBIAN_ANCHORS + "/company.crt is left alone: it was not put there by kubepki");
    }

    @Test
    void aDryRunChangesNothing() throws Exception {
        Map<String, String> before = contents();
        assertThat(store(StoreFamily.DEBIAN)
                        .install(Roots.bundle(ca), Optional.of("ca"))
                        .steps())
                .contains("write " + DEBIAN_ANCHORS + "/kubepki-ca-"
                        + ca.fingerprint().substring(0, 8) + ".crt")
                .contains("write " + DEBIAN_BUNDLE);
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void neverFollowsALinkOutOfTheImage(@TempDir Path outside) throws Exception {
        Path host = Files.writeString(outside.resolve("host.pem"), "");
        Files.delete(at(DEBIAN_BUNDLE));
        Files.createSymbolicLink(at(DEBIAN_BUNDLE), host);
        Path up = at("/etc/pki/tls/certs");
        Files.createDirectories(up);
        Files.createSymbolicLink(up.resolve("ca-bundle.crt"), Path.of("../../../../../../../../../../etc/bundle.pem"));
        write("/etc/bundle.pem", publicCa.pem().encode());

        store(StoreFamily.BUNDLE).install(Roots.bundle(ca), Optional.empty()).carryOut();

        assertThat(host).isEmptyFile();
        assertThat(Certificate.readAll(Files.readAllBytes(at("/etc/bundle.pem"))))
                .containsExactly(publicCa, ca);
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreFamily.class,
            names = {"RHEL", "ARCH", "SUSE"})
    void knowsAFamilyByItsFolderWhereTheSystemDoesNotSay(StoreFamily family) throws Exception {
        Files.createDirectories(at(family.anchors()));
        assertThat(StoreFamily.detect(ImageRoot.of(root))).isEqualTo(family);
    }

    @Test
    void refusesAFolderWithoutAStoreByName(@TempDir Path empty) {
        assertThatThrownBy(() -> StoreFamily.detect(ImageRoot.of(empty))).hasMessageContaining("name one with --store");
    }

    @Test
    void keepsTheModeAndEveryOtherByteOfABundle() throws Exception {
        String odd = "# Gr\u00fc\u00dfe\r\n\r\n" + publicCa.pem().encode().stripTrailing();
        write(DEBIAN_BUNDLE, odd);
        store(StoreFamily.BUNDLE).install(Roots.bundle(ca), Optional.empty()).carryOut();
        assertThat(read(DEBIAN_BUNDLE)).startsWith(odd + "\n# kubepki begin ");
    }

    private interface Answer {
        Outcome to(List<String> command) throws IOException;
    }

    private TrustStore store(StoreFamily family) {
        return store(family, command -> new Outcome(127, "not expected"));
    }

    private TrustStore store(StoreFamily family, Answer answer) {
        SystemCommands recorded = command -> {
            commands.add(command);
            try {
                return answer.to(command);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        return new SystemStore(ImageRoot.of(root), family, recorded, FileOperations.disk());
    }

    private static Removal only(Certificate... certificates) {
        return new Removal(
                Optional.of(Set.copyOf(
                        Stream.of(certificates).map(Certificate::fingerprint).toList())),
                Optional.empty());
    }

    private void makeUpdater() throws IOException {
        write("/usr/sbin/update-ca-certificates", "#!/bin/sh\n");
        write("/bin/sh", "");
        assertThat(at("/bin/sh").toFile().setExecutable(true)).isTrue();
        Files.createDirectories(at("/dev"));
        Files.createDirectories(at(DEBIAN_ANCHORS));
    }

    private void append(Certificate certificate) throws IOException {
        write(DEBIAN_BUNDLE, read(DEBIAN_BUNDLE) + certificate.pem().encode());
    }

    private Path at(String inside) {
        return root.resolve(inside.substring(1));
    }

    private String read(String inside) throws IOException {
        return Files.readString(at(inside));
    }

    private void write(String inside, String text) throws IOException {
        Files.createDirectories(at(inside).getParent());
        Files.writeString(at(inside), text);
    }

    /// Files and links, without folders: those are made and stay.
    private Map<String, String> contents() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.toList()) {
                if (Files.isSymbolicLink(path)) {
                    found.put(path.toString(), "-> " + Files.readSymbolicLink(path));
                } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    found.put(path.toString(), Files.readString(path));
                }
            }
        }
        return found;
    }
}
