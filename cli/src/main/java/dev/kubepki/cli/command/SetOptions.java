package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.pki.cluster.ClusterConfig;
import dev.kubepki.pki.cluster.ClusterDescription;
import dev.kubepki.pki.cluster.DescriptionText;
import dev.kubepki.pki.cluster.Host;
import dev.kubepki.pki.cluster.Inference;
import dev.kubepki.pki.cluster.KeyChoice;
import dev.kubepki.pki.cluster.NamingStyle;
import dev.kubepki.pki.cluster.Notice;
import dev.kubepki.pki.cluster.Parsed;
import dev.kubepki.pki.document.Problem;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.files.HostNetwork;
import dev.kubepki.pki.files.PkiDirectory;
import dev.kubepki.pki.files.SetWriter;
import dev.kubepki.pki.key.KeyAlgorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The options by which every command finds a set and its description.
final class SetOptions {
    /// The file in which a set keeps its description.
    static final String DESCRIPTION = "kubepki.yaml";

    private final Invocation in;
    private Optional<ClusterConfig> described = Optional.empty();

    private SetOptions(Invocation in) {
        this.in = in;
    }

    /// What to do where a folder has no description.
    enum Absent {
        /// Describe this host.
        THIS_HOST,
        /// Conclude from what is there.
        INFER
    }

    static OptionSpec[] forReading() {
        return new OptionSpec[] {
            OptionSpec.directory("dir", "DIR", "the folder that holds pki and the kubeconfigs")
                    .defaultsTo("/etc/kubernetes"),
            OptionSpec.directory("cert-dir", "DIR", "the folder of certificates and keys, if it is not pki in --dir"),
            OptionSpec.file("file", "FILE", "the cluster's description, instead of the one kept in --dir")
                    .letter('f'),
        };
    }

    static OptionSpec[] forMaking() {
        OptionSpec[] reading = forReading();
        List<OptionSpec> all = new java.util.ArrayList<>(List.of(reading));
        all.add(OptionSpec.choice(
                "style", "STYLE", List.of("documented", "kubeadm"), "the names of certificates and kubeconfigs"));
        all.add(OptionSpec.text(
                "key-algorithm",
                "ALGORITHM",
                "RSA-2048, RSA-3072, RSA-4096, ECDSA-P256, ECDSA-P384, ECDSA-P521 or Ed25519"));
        return all.toArray(OptionSpec[]::new);
    }

    static SetOptions of(Invocation in) {
        return new SetOptions(in);
    }

    /// The folder, as it is now.
    PkiDirectory directory() {
        return PkiDirectory.of(FileOperations.disk(), in.requiredPath("dir"), in.path("cert-dir"));
    }

    /// The description: from `-f`, else the one kept in the folder, else as asked.
    ClusterConfig describe(PkiDirectory directory, Absent absent) throws IOException, CommandFailure {
        Path kept = directory.directory().resolve(DESCRIPTION);
        Optional<Path> file = in.path("file").or(() -> Files.exists(kept) ? Optional.of(kept) : Optional.empty());
        ClusterConfig config;
        if (file.isPresent()) {
            config = parse(file.get());
        } else if (absent == Absent.INFER) {
            config = Inference.of(directory)
                    .orElseThrow(() -> new CommandFailure(
                            directory.directory() + ": there is no set of certificates here",
                            "Make one with 'kubepki init', or name a description with -f."));
            in.err().println("note: " + kept + " is not there; the description is concluded from the files");
        } else {
            config = thisHost();
        }
        described = Optional.of(config);
        return config;
    }

    private ClusterConfig thisHost() {
        Host host = HostNetwork.detect();
        host.notes().forEach(note -> in.err().println("note: " + note));
        return ClusterConfig.forHost(host.name(), host.addresses());
    }

    private ClusterConfig parse(Path file) throws IOException, CommandFailure {
        Parsed parsed = ClusterDescription.parse(file.toString(), Files.readAllBytes(file), HostNetwork::detect);
        for (Notice notice : parsed.notices()) {
            in.err().println("note: " + notice);
        }
        if (parsed instanceof Parsed.Valid(ClusterConfig config, List<Notice> notices)) {
            return config;
        }
        List<Problem> problems = ((Parsed.Invalid) parsed).problems();
        throw new UsageException(
                file + ": the description has " + problems.size() + (problems.size() == 1 ? " problem" : " problems"),
                problems.stream().map(Problem::toString).toArray(String[]::new));
    }

    /// The description, changed by the options of [#forMaking].
    ClusterConfig describeForMaking(PkiDirectory directory) throws IOException, CommandFailure {
        ClusterConfig config = describe(directory, Absent.THIS_HOST);
        Optional<String> style = in.string("style");
        if (style.isPresent()) {
            config = config.withStyle(style.get().equals("kubeadm") ? NamingStyle.KUBEADM : NamingStyle.DOCUMENTED);
        }
        Optional<String> algorithm = in.string("key-algorithm");
        if (algorithm.isPresent()) {
            KeyAlgorithm overall = KeyAlgorithm.parse(algorithm.get())
                    .orElseThrow(() ->
                            new UsageException("--key-algorithm: '" + algorithm.get() + "' is not a key algorithm"));
            config = config.withKeys(new KeyChoice(overall, Map.of()));
        }
        described = Optional.of(config);
        return config;
    }

    /// Keeps the description with the set that it made.
    void keepDescription(SetWriter writer) {
        described.ifPresent(
                config -> writer.open(DESCRIPTION, DescriptionText.of(config).getBytes(StandardCharsets.UTF_8)));
    }
}
