package dev.kubepki.cli.cluster;

import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.server.controller.sign.SignerFile;
import dev.kubepki.server.controller.sign.SignerPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Signers as people call them, and what each of them is asked for when nothing else is said.
enum SignerNames {
    CLIENT("client", SignerPolicy.CLIENT, "client auth", false),
    KUBELET_CLIENT("kubelet-client", SignerPolicy.KUBELET_CLIENT, "client auth", true),
    SERVING("kubelet-serving", SignerPolicy.KUBELET_SERVING, "server auth", true),
    SERVICE("service-serving", "kubepki.dev/service-serving", "server auth", false);

    static final String KUBELET_SERVING = SignerPolicy.KUBELET_SERVING;
    static final String NODE_PREFIX = "system:node:";
    static final String NODES = "system:nodes";

    private static final String ENCIPHERMENT = "key encipherment";
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern QUALIFIED =
            Pattern.compile(LABEL + "(\\." + LABEL + ")+/" + LABEL + "(\\." + LABEL + ")*");

    private final String shortName;
    private final String qualified;
    private final String purpose;
    private final boolean forNodes;

    SignerNames(String shortName, String qualified, String purpose, boolean forNodes) {
        this.shortName = shortName;
        this.qualified = qualified;
        this.purpose = purpose;
        this.forNodes = forNodes;
    }

    /// The words that stand for signers.
    static List<String> words() {
        return Arrays.stream(values()).map(each -> each.shortName).toList();
    }

    /// The whole name for a short one; a whole one stays.
    static String resolve(String text) {
        for (SignerNames each : values()) {
            if (each.shortName.equals(text)) {
                return each.qualified;
            }
        }
        if (text.equals(SignerPolicy.LEGACY_UNKNOWN) || text.equals("legacy-unknown")) {
            throw new UsageException(
                    "--signer-name: " + SignerPolicy.LEGACY_UNKNOWN
                            + " takes no requests in certificates.k8s.io/v1, only in v1beta1",
                    "Name one that does: " + String.join(", ", words()) + ", or one of your own.");
        }
        if (!QUALIFIED.matcher(text).matches()) {
            throw new UsageException(
                    "--signer-name: '" + text + "' is no signer",
                    "Give " + String.join(", ", words()) + ", or a whole name such as example.com/serving.");
        }
        return text;
    }

    /// Whether it signs for nodes alone.
    static boolean isForNodes(String qualified) {
        for (SignerNames each : values()) {
            if (each.qualified.equals(qualified)) {
                return each.forNodes;
            }
        }
        return false;
    }

    /// Whether it signs for services, whose certificates name nobody but them.
    static boolean isForServices(String qualified) {
        return qualified.equals(SERVICE.qualified);
    }

    /// The rules of a signer, where they are known: Kubernetes' own, and those that come with this program.
    static Optional<SignerPolicy> policy(String qualified) {
        return SignerPolicy.of(qualified)
                .or(() -> isForServices(qualified)
                        ? SignerFile.shipped().policies().stream()
                                .filter(policy -> policy.signerName().equals(qualified))
                                .findFirst()
                        : Optional.empty());
    }

    /// What is asked for when no usage is named.
    ///
    /// @param names whether hosts are named, so that somebody serves
    /// @param enciphers whether the key can encrypt: only RSA's can, and kubelets ask for it only then
    static List<String> usages(String qualified, boolean names, boolean enciphers) {
        for (SignerNames each : values()) {
            if (each.qualified.equals(qualified)) {
                return each == CLIENT ? List.of(each.purpose) : withKeyUsages(each.purpose, enciphers);
            }
        }
        return withKeyUsages(names ? "server auth" : "client auth", enciphers);
    }

    private static List<String> withKeyUsages(String purpose, boolean enciphers) {
        List<String> all = new ArrayList<>(List.of(purpose, "digital signature"));
        if (enciphers) {
            all.add(ENCIPHERMENT);
        }
        return all;
    }
}
