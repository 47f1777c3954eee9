package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.Operands;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.OutputFormat;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.cli.frame.ValueKind;
import dev.kubepki.pki.document.JsonWriter;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.YamlWriter;
import dev.kubepki.pki.trust.TrustManifest;
import java.util.List;
import java.util.Map;

/// `kubepki trust manifest`.
final class TrustManifestCommand implements Handler {
    private static final String CONFIG_MAP = "configmap";
    private static final String SECRET = "secret";
    private static final String CLUSTER_TRUST_BUNDLE = "clustertrustbundle";
    private static final String PUBLISHED = "kube-root-ca.crt";
    private static final int JSON_INDENT = 4;

    /// Which options would say nothing about a kind.
    private static final Map<String, List<String>> FOREIGN = Map.of(
            CONFIG_MAP, List.of("signer-name"),
            SECRET, List.of("signer-name"),
            CLUSTER_TRUST_BUNDLE, List.of("namespace", "key"));

    static CommandSpec spec() {
        return CommandSpec.named("manifest", "Print CA certificates as a Kubernetes object")
                .describedAs("""
                        For `kubectl apply -f -`. A ConfigMap suits most pods; its default service account token volume
                        already has the CA as /var/run/secrets/kubernetes.io/serviceaccount/ca.crt, but that one is only
                        promised to verify the API server.

                        A ClusterTrustBundle needs certificates.k8s.io/v1beta1 and the feature gate ClusterTrustBundle,
                        which is off by default.
                        """)
                .operands(Operands.atLeast(0, "[FILE...]", ValueKind.FILE))
                .options(TrustSources.options())
                .options(
                        TrustSources.allowExpired(),
                        OptionSpec.choice(
                                        "kind",
                                        "KIND",
                                        List.of(CONFIG_MAP, SECRET, CLUSTER_TRUST_BUNDLE),
                                        "what to print")
                                .defaultsTo(CONFIG_MAP),
                        OptionSpec.text("name", "NAME", "the object's name; without it cluster-ca-bundle"),
                        OptionSpec.text("namespace", "NAME", "its namespace; without it the one kubectl is set to"),
                        OptionSpec.text("key", "NAME", "the file's name where a pod mounts it")
                                .defaultsTo(TrustManifest.USUAL_KEY),
                        OptionSpec.text("signer-name", "SIGNER", "the signer a ClusterTrustBundle belongs to"),
                        OptionSpec.output(OutputFormat.YAML, OutputFormat.JSON))
                .example("kubepki trust manifest --dir demo --namespace shop | kubectl apply -f -", "a ConfigMap")
                .example(
                        "kubepki trust manifest --dir demo --kind clustertrustbundle --signer-name example.com/ca",
                        "a ClusterTrustBundle, named after signer and content")
                .runs(() -> TrustCommand.guarded(new TrustManifestCommand()));
    }

    @Override
    public int run(Invocation in) throws Exception {
        String kind = in.required("kind");
        for (String foreign : FOREIGN.getOrDefault(kind, List.of())) {
            if (in.given(foreign)) {
                throw new UsageException("a " + kind + " has no --" + foreign);
            }
        }
        TrustManifest manifest = new TrustManifest(TrustSources.gather(in), in.string("name"));
        Mapping object = switch (kind) {
            case SECRET -> manifest.secret(in.string("namespace"), in.required("key"));
            case CLUSTER_TRUST_BUNDLE -> manifest.clusterTrustBundle(in.string("signer-name"));
            default -> manifest.configMap(in.string("namespace"), in.required("key"));
        };
        if (kind.equals(CONFIG_MAP)
                && in.string("name").filter(PUBLISHED::equals).isPresent()) {
            in.err()
                    .println("warning: the controller manager keeps " + PUBLISHED
                            + " itself and puts its own content back; choose another --name");
        }
        in.out()
                .print(
                        switch (in.output()) {
                            case JSON -> JsonWriter.indented(JSON_INDENT).write(object);
                            default -> YamlWriter.sorted().write(object);
                        });
        return ExitCode.DONE;
    }
}
