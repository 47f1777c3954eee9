package dev.kubepki.acceptance.cluster;

import java.util.List;
import java.util.stream.Stream;

/// What a description chooses of a whole set: the names, the keys, and how many roots.
record Variant(String style, String algorithm, String model) {
    private static final List<String> STYLES = List.of("documented", "kubeadm");
    private static final List<String> MODELS = List.of("separate", "single-root");

    /// All, but the slowest keys only in a run that takes the long tests too.
    static Stream<Variant> all() {
        List<String> algorithms =
                List.of("RSA-2048", "RSA-3072", "RSA-4096", "ECDSA-P256", "ECDSA-P384", "ECDSA-P521", "Ed25519");
        return algorithms.stream()
                .filter(algorithm -> !algorithm.equals("RSA-4096") || Boolean.getBoolean("acceptance.all"))
                .flatMap(Variant::with);
    }

    private static Stream<Variant> with(String algorithm) {
        return STYLES.stream().flatMap(style -> MODELS.stream().map(model -> new Variant(style, algorithm, model)));
    }

    boolean hasSingleRoot() {
        return model.equals("single-root");
    }

    /// A description of one control-plane node on the loopback address.
    String description() {
        return description("""
                controlPlaneNodes:
                  - name: node-1
                    addresses: 127.0.0.1
                """);
    }

    String description(String more) {
        return """
                apiVersion: kubepki.dev/v1alpha1
                kind: ClusterPKI
                style: %s
                keyAlgorithm: %s
                authorities:
                  model: %s
                """.formatted(style, algorithm, model) + more;
    }

    @Override
    public String toString() {
        return style + " " + algorithm + " " + model;
    }
}
