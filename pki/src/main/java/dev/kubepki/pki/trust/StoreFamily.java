package dev.kubepki.pki.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The ways in which operating systems keep the CAs that they trust: where an administrator's own ones are put, what
/// brings them into effect, and which bundle programs then read.
public enum StoreFamily {
    DEBIAN(
            "debian",
            "debian ubuntu",
            "/usr/local/share/ca-certificates",
            "update-ca-certificates",
            "",
            "--fresh",
            "/etc/ssl/certs",
            "/etc/ssl/certs/ca-certificates.crt"),
    RHEL(
            "rhel",
            "rhel fedora centos rocky almalinux amzn ol",
            "/etc/pki/ca-trust/source/anchors",
            "update-ca-trust",
            "extract",
            "extract",
            "",
            "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
            "/etc/pki/tls/certs/ca-bundle.crt"),
    /// Its updater takes no options and drops stale links by itself.
    ALPINE(
            "alpine",
            "alpine wolfi chainguard",
            "/usr/local/share/ca-certificates",
            "update-ca-certificates",
            "",
            "",
            "/etc/ssl/certs",
            "/etc/ssl/certs/ca-certificates.crt",
            "/etc/ssl/cert.pem"),
    SUSE(
            "suse",
            "suse opensuse opensuse-leap opensuse-tumbleweed sles sled",
            "/etc/pki/trust/anchors",
            "update-ca-certificates",
            "",
            "--fresh",
            "",
            "/var/lib/ca-certificates/ca-bundle.pem",
            "/etc/ssl/ca-bundle.pem"),
    ARCH(
            "arch",
            "arch archlinux manjaro",
            "/etc/ca-certificates/trust-source/anchors",
            "trust",
            "extract-compat",
            "extract-compat",
            "",
            "/etc/ca-certificates/extracted/tls-ca-bundle.pem",
            "/etc/ssl/certs/ca-certificates.crt"),
    /// Images that hold nothing but the bundle: there it is edited by hand.
    BUNDLE(
            "bundle",
            "",
            "",
            "",
            "",
            "",
            "",
            "/etc/ssl/certs/ca-certificates.crt",
            "/etc/pki/tls/certs/ca-bundle.crt",
            "/etc/ssl/ca-bundle.pem",
            "/etc/ssl/cert.pem");

    private static final List<String> OS_RELEASE = List.of("/etc/os-release", "/usr/lib/os-release");
    private static final List<String> PROGRAM_FOLDERS = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin");

    private final String label;
    // Words and lines in one text: an enum holds nothing that could change.
    private final String systems;
    private final String anchors;
    private final String updater;
    private final String updateArgument;
    private final String freshArgument;
    private final String hashFolder;
    private final String bundles;

    StoreFamily(
            String label,
            String systems,
            String anchors,
            String updater,
            String updateArgument,
            String freshArgument,
            String hashFolder,
            String... bundles) {
        this.label = label;
        this.systems = systems;
        this.anchors = anchors;
        this.updater = updater;
        this.updateArgument = updateArgument;
        this.freshArgument = freshArgument;
        this.hashFolder = hashFolder;
        this.bundles = String.join("\n", bundles);
    }

    /// The word for it on a command line.
    public String label() {
        return label;
    }

    /// The family of that word.
    public static Optional<StoreFamily> ofLabel(String label) {
        return Arrays.stream(values()).filter(f -> f.label.equals(label)).findFirst();
    }

    /// Tells the family by what the system says of itself (os-release(5)), then by its folders, then by its bundle.
    ///
    /// @throws TrustFailure where nothing is known
    public static StoreFamily detect(ImageRoot root) {
        Set<String> names = systemNames(root);
        for (StoreFamily family : values()) {
            if (Arrays.stream(family.systems.split(" ", -1)).anyMatch(names::contains)) {
                return family;
            }
        }
        // Debian last of those with folders: its folder is Alpine's too, and others make it for their own use.
        for (StoreFamily family : List.of(RHEL, ARCH, SUSE, DEBIAN)) {
            if (Files.isDirectory(root.resolve(family.anchors))) {
                return family;
            }
        }
        if (!BUNDLE.existingBundles(root).isEmpty()) {
            return BUNDLE;
        }
        throw new TrustFailure(root
                + ": no trust store of a known kind is there; name one with --store (debian, rhel, alpine, suse, arch,"
                + " bundle or java=PATH)");
    }

    private static Set<String> systemNames(ImageRoot root) {
        Set<String> names = new HashSet<>();
        for (String place : OS_RELEASE) {
            Path file = root.resolve(place);
            if (Files.isRegularFile(file)) {
                for (String line : lines(file)) {
                    if (line.startsWith("ID=") || line.startsWith("ID_LIKE=")) {
                        String value = line.substring(line.indexOf('=') + 1).replaceAll("[\"']", "");
                        names.addAll(Arrays.asList(value.strip().split("\\s+", -1)));
                        names.remove("");
                    }
                }
                return names;
            }
        }
        return names;
    }

    private static List<String> lines(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new TrustFailure(file + ": it can't be read; run as a user who may", e);
        }
    }

    /// Whether single certificates have a folder of their own.
    boolean hasAnchors() {
        return !anchors.isEmpty();
    }

    String anchors() {
        return anchors;
    }

    /// The folder of links that are named after the hash of a CA's name, where the family has one.
    Optional<String> hashFolder() {
        return hashFolder.isEmpty() ? Optional.empty() : Optional.of(hashFolder);
    }

    /// The updater's inside path, if the system has it.
    Optional<String> updater(ImageRoot root) {
        if (updater.isEmpty()) {
            return Optional.empty();
        }
        return PROGRAM_FOLDERS.stream()
                .map(folder -> folder + "/" + updater)
                .filter(program -> Files.isRegularFile(root.resolve(program)))
                .findFirst();
    }

    /// What the updater is given.
    ///
    /// @param fresh whether something was taken away, whose traces must go too
    List<String> arguments(boolean fresh) {
        String argument = fresh ? freshArgument : updateArgument;
        return argument.isEmpty() ? List.of() : List.of(argument);
    }

    /// The bundle files that are there, each once however many names lead to it.
    Set<Path> existingBundles(ImageRoot root) {
        Set<Path> files = new LinkedHashSet<>();
        bundles.lines().map(root::resolve).filter(Files::isRegularFile).forEach(files::add);
        return files;
    }

    /// Those, or the one that is to be made where there is none.
    Set<Path> bundles(ImageRoot root) {
        Set<Path> existing = existingBundles(root);
        return existing.isEmpty()
                ? Set.of(root.resolve(bundles.lines().findFirst().orElseThrow()))
                : existing;
    }
}
