package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.cli.frame.ValueKind;
import dev.kubepki.server.ControllerOptions;
import dev.kubepki.server.ControllerOptions.Authority;
import dev.kubepki.server.controller.approve.ServingOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The options of controllers, under the names that kube-controller-manager gives them: those that run inside `serve`,
/// and those that run for another cluster.
final class ControllerFlags {
    private static final String UNDER = "Controllers";
    private static final String GENERAL = "cluster-signing";

    /// What the options of a signer's CA begin with.
    private static final Map<String, String> SIGNERS = signers();

    private ControllerFlags() {}

    private static Map<String, String> signers() {
        Map<String, String> signers = new LinkedHashMap<>();
        signers.put("cluster-signing-kube-apiserver-client", "kubernetes.io/kube-apiserver-client");
        signers.put("cluster-signing-kubelet-client", "kubernetes.io/kube-apiserver-client-kubelet");
        signers.put("cluster-signing-kubelet-serving", "kubernetes.io/kubelet-serving");
        signers.put("cluster-signing-legacy-unknown", "kubernetes.io/legacy-unknown");
        return signers;
    }

    static List<OptionSpec> options() {
        List<OptionSpec> options = new ArrayList<>();
        options.add(OptionSpec.text(
                        "controllers",
                        "NAMES",
                        "which controllers run: * for all, a name, -name for all but that one; see"
                                + " docs/controllers.md")
                .repeated()
                .defaultsTo("*")
                .under(UNDER));
        options.add(certificate(GENERAL, "every signer"));
        options.add(key(GENERAL));
        SIGNERS.forEach((flag, signer) -> {
            options.add(certificate(flag, signer));
            options.add(key(flag));
        });
        options.add(OptionSpec.duration(
                        "cluster-signing-duration",
                        "DURATION",
                        "the lifetime of certificates whose request names none, and the most that one may ask for")
                .defaultsTo("8760h0m0s")
                .under(UNDER));
        options.add(OptionSpec.flag(
                        "enable-legacy-unknown-signer",
                        "sign requests for kubernetes.io/legacy-unknown too: whoever may approve them can become anybody")
                .under(UNDER));
        options.add(OptionSpec.file("signers-file", "FILE", "further signers, a row each; see docs/signers.md")
                .under(UNDER));
        options.add(OptionSpec.file("root-ca-file", "FILE", "the CA that is published in every namespace")
                .under(UNDER));
        options.add(OptionSpec.flag(
                        "approve-kubelet-serving",
                        "approve kubelets' serving certificates whose names are addresses of their node")
                .under(UNDER));
        options.addAll(serving());
        return List.copyOf(options);
    }

    private static List<OptionSpec> serving() {
        return List.of(
                OptionSpec.text(
                                "kubelet-serving-dns-suffix",
                                "SUFFIX",
                                "approve only DNS names that are the node's own or end so")
                        .repeated()
                        .under(UNDER),
                OptionSpec.text("kubelet-serving-ip-range", "CIDR", "approve only IP addresses in it")
                        .repeated()
                        .under(UNDER),
                OptionSpec.flag("kubelet-serving-resolve", "approve only DNS names that lead to an address of the node")
                        .under(UNDER));
    }

    private static OptionSpec certificate(String flag, String signer) {
        String which = signer.equals("every signer") ? "every signer; the set's CA if none is named" : signer;
        return OptionSpec.file(flag + "-cert-file", "FILE", "the CA certificate of " + which)
                .under(UNDER);
    }

    private static OptionSpec key(String flag) {
        return OptionSpec.file(flag + "-key-file", "FILE", "the key of --" + flag + "-cert-file")
                .under(UNDER);
    }

    /// The given ones that mean the same on another host, as words of a command line.
    static List<String> given(Invocation in) {
        List<String> words = new ArrayList<>();
        for (OptionSpec option : options()) {
            boolean file = option.kind() == ValueKind.FILE;
            if (in.given(option.name()) && !file && option.takesValue()) {
                in.list(option.name()).forEach(value -> words.add("--" + option.name() + "=" + value));
            } else if (in.given(option.name()) && !file) {
                words.add("--" + option.name());
            }
        }
        return words;
    }

    static ControllerOptions of(Invocation in) {
        List<String> choice = in.list("controllers").stream()
                .flatMap(list -> Stream.of(list.split(",", -1)))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
        return new ControllerOptions(choice, signing(in), serving(in), in.path("root-ca-file"));
    }

    private static ControllerOptions.Signing signing(Invocation in) {
        Optional<Authority> general = authority(in, GENERAL);
        Map<String, Authority> own = new LinkedHashMap<>();
        SIGNERS.forEach((flag, signer) -> authority(in, flag).ifPresent(each -> own.put(signer, each)));
        if (general.isPresent() && !own.isEmpty()) {
            throw new UsageException(
                    "--cluster-signing-cert-file is the CA of all signers: leave it out, or the CAs of single signers");
        }
        Duration longest = in.duration("cluster-signing-duration").orElseThrow();
        boolean legacy = in.flag("enable-legacy-unknown-signer") || own.containsKey("kubernetes.io/legacy-unknown");
        return new ControllerOptions.Signing(general, Map.copyOf(own), longest, legacy, in.path("signers-file"));
    }

    private static Optional<Authority> authority(Invocation in, String flag) {
        String certificate = flag + "-cert-file";
        String key = flag + "-key-file";
        if (in.given(certificate) != in.given(key)) {
            throw new UsageException("--" + certificate + " and --" + key + " go together");
        }
        return in.given(certificate)
                ? Optional.of(new Authority(in.requiredPath(certificate), in.requiredPath(key)))
                : Optional.empty();
    }

    private static Optional<ServingOptions> serving(Invocation in) {
        if (!in.flag("approve-kubelet-serving")) {
            return Optional.empty();
        }
        Optional<ServingOptions.Resolver> resolver =
                in.flag("kubelet-serving-resolve") ? Optional.of(ControllerFlags::addresses) : Optional.empty();
        try {
            return Optional.of(ServingOptions.of(
                    in.list("kubelet-serving-dns-suffix"), in.list("kubelet-serving-ip-range"), resolver));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--kubelet-serving-ip-range: " + e.getMessage());
        }
    }

    private static List<String> addresses(String name) {
        try {
            return Stream.of(InetAddress.getAllByName(name))
                    .map(InetAddress::getHostAddress)
                    .toList();
        } catch (UnknownHostException e) {
            return List.of();
        }
    }
}
