package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.trust.TrustBundle;
import dev.kubepki.pki.trust.TrustBundle.Expired;
import dev.kubepki.pki.trust.TrustBundle.Source;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.X509Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which CA certificates a `kubepki trust` command is about: files by name, or CAs of a set.
final class TrustSources {
    /// Where each CA of a set has its certificate, below the folder of certificates.
    private static final Map<String, String> FILES = files();

    private static final String ROOT = "root";
    private static final String CA = "ca";

    private TrustSources() {}

    private static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("ca", "ca.crt");
        files.put("root", "root.crt");
        files.put("etcd-ca", "etcd/ca.crt");
        files.put("front-proxy-ca", "front-proxy-ca.crt");
        return files;
    }

    static List<OptionSpec> options() {
        return List.of(
                OptionSpec.directory("dir", "DIR", "the folder that holds pki and *.conf")
                        .defaultsTo("/etc/kubernetes"),
                OptionSpec.directory("cert-dir", "DIR", "the folder of the certificates, where it is not DIR/pki"),
                OptionSpec.choice(
                                "ca",
                                "NAME",
                                List.copyOf(FILES.keySet()),
                                "a CA of the set; without it root where there is one, else ca")
                        .repeated());
    }

    static OptionSpec allowExpired() {
        return OptionSpec.flag("allow-expired", "take CAs whose time is over, too");
    }

    /// For giving trust.
    static TrustBundle gather(Invocation in) throws CommandFailure {
        Expired expired = in.flag("allow-expired") ? Expired.ALLOWED : Expired.REFUSED;
        return TrustBundle.gather(sources(in), in.clock().instant(), expired);
    }

    /// For taking trust back, which an expired CA must not hinder.
    static TrustBundle gatherAnyAge(Invocation in) throws CommandFailure {
        return TrustBundle.gather(sources(in), in.clock().instant(), Expired.ALLOWED);
    }

    private static List<Source> sources(Invocation in) throws CommandFailure {
        List<Source> sources = new ArrayList<>();
        for (Path file : files(in)) {
            sources.add(new Source(file.toString(), read(file)));
        }
        return sources;
    }

    private static List<Path> files(Invocation in) {
        if (!in.operands().isEmpty()) {
            for (String option : List.of("dir", "cert-dir", CA)) {
                if (in.given(option)) {
                    throw new UsageException("name files or give --" + option + ", not both");
                }
            }
            return in.operandPaths();
        }
        Path folder = in.path("cert-dir").orElseGet(() -> in.requiredPath("dir").resolve("pki"));
        List<String> names = in.list(CA);
        if (names.isEmpty()) {
            names = List.of(Files.exists(folder.resolve(FILES.getOrDefault(ROOT, ""))) ? ROOT : CA);
        }
        return names.stream()
                .map(name -> folder.resolve(FILES.getOrDefault(name, name)))
                .toList();
    }

    private static List<Certificate> read(Path file) throws CommandFailure {
        try {
            return Certificate.readAll(new DurableFiles(FileOperations.disk()).read(file));
        } catch (KeyFailure | X509Failure e) {
            throw new CommandFailure(file + ": " + e.getMessage(), e);
        }
    }
}
