package dev.kubepki.pki.cluster;

import dev.kubepki.pki.document.Document;
import dev.kubepki.pki.document.Fields;
import dev.kubepki.pki.document.Mapping;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what `kubeadm init --config` reads: ClusterConfiguration and InitConfiguration among their neighbours.
final class KubeadmFormat {
    /// The versions of kubeadm's format that differ in their fields (kubernetes cmd/kubeadm/app/apis/kubeadm).
    enum Version {
        V1BETA3,
        V1BETA4
    }

    private static final String GROUP = "kubeadm.k8s.io/";

    /// Neighbours in the same file that have no say in what the certificates hold.
    private static final Map<String, Set<String>> NEIGHBOURS = Map.of(
            "JoinConfiguration", Set.of("kubeadm.k8s.io/v1beta3", "kubeadm.k8s.io/v1beta4"),
            "ResetConfiguration", Set.of("kubeadm.k8s.io/v1beta4"),
            "UpgradeConfiguration", Set.of("kubeadm.k8s.io/v1beta4"),
            "KubeletConfiguration", Set.of("kubelet.config.k8s.io/v1beta1"),
            "KubeProxyConfiguration", Set.of("kubeproxy.config.k8s.io/v1alpha1"));

    private static final Set<String> READ = Set.of("ClusterConfiguration", "InitConfiguration");

    private final Reading reading;
    private final Map<String, Integer> seen = new HashMap<>();
    private @Nullable KubeadmCluster cluster;
    private @Nullable KubeadmInit init;

    KubeadmFormat(Reading reading) {
        this.reading = reading;
    }

    Parsed read(List<Document> documents) {
        documents.forEach(this::document);
        if (seen.isEmpty() && reading.problems().isEmpty()) {
            reading.problem(
                    0, "", "holds neither a ClusterConfiguration nor an InitConfiguration, so it describes no cluster");
        }
        KubeadmInit start = init == null ? KubeadmInit.none(reading) : init;
        KubeadmCluster whole = cluster == null ? KubeadmCluster.none(reading) : cluster;
        if (!reading.problems().isEmpty()) {
            return reading.invalid();
        }
        ClusterConfig config = whole.config(start);
        for (Doubts.Doubt doubt : Doubts.about(config)) {
            whole.doubt(doubt);
        }
        return reading.valid(config);
    }

    private void document(Document document) {
        if (!(document.root() instanceof Mapping mapping)) {
            reading.problem(
                    document.root().line(),
                    "",
                    "must be fields with values, not " + document.root().described());
            return;
        }
        String kind = mapping.string("kind").orElse("");
        String apiVersion = mapping.string("apiVersion").orElse("");
        if (kind.isEmpty() || apiVersion.isEmpty()) {
            reading.problem(
                    mapping.line(),
                    "",
                    "lacks apiVersion or kind; a description of kubepki's own begins with apiVersion: "
                            + OwnFormat.API_VERSION + " and kind: " + OwnFormat.KIND);
        } else if (NEIGHBOURS.getOrDefault(kind, Set.of()).contains(apiVersion)) {
            reading.ignored(mapping.line(), "", "the " + kind + " does not concern certificates");
        } else if (READ.contains(kind) && apiVersion.startsWith(GROUP)) {
            readable(document, kind, apiVersion.substring(GROUP.length()));
        } else {
            reading.problem(
                    mapping.line(),
                    "kind",
                    "'" + Texts.shown(kind) + "' of " + Texts.shown(apiVersion)
                            + " describes no cluster; kubepki reads " + OwnFormat.KIND + " of " + OwnFormat.API_VERSION
                            + ", and ClusterConfiguration and InitConfiguration of kubeadm.k8s.io");
        }
    }

    private void readable(Document document, String kind, String versionName) {
        Fields fields = document.fields(reading.problems());
        fields.has("kind");
        fields.has("apiVersion");
        Integer before = seen.putIfAbsent(kind, fields.line());
        Optional<Version> version = version(versionName);
        if (before != null) {
            fields.problem("kind", "there is already a " + kind + " at line " + before);
        } else if (version.isEmpty()) {
            fields.problem(
                    "apiVersion",
                    "'" + Texts.shown(versionName) + "' is not a version that kubepki reads; let"
                            + " kubeadm config migrate bring it to v1beta3 or v1beta4");
        } else if (kind.equals("ClusterConfiguration")) {
            cluster = new KubeadmCluster(reading, fields, version.get());
        } else {
            init = new KubeadmInit(reading, fields, version.get());
        }
    }

    private static Optional<Version> version(String name) {
        return switch (name) {
            case "v1beta3" -> Optional.of(Version.V1BETA3);
            case "v1beta4" -> Optional.of(Version.V1BETA4);
            default -> Optional.empty();
        };
    }
}
