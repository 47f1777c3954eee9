package dev.kubepki.pki.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.pki.document.Documents;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.YamlWriter;
import dev.kubepki.pki.x509.Certificate;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrustManifestTest {
    private final TrustBundle bundle = Roots.bundle(Roots.ca("kubernetes-ca"), Roots.ca("etcd-ca"));

    @Test
    void writesAConfigMapWithThePemAsBlockText() {
        Mapping object = new TrustManifest(bundle, Optional.of("my-ca")).configMap(Optional.of("shop"), "ca.crt");
        String indented =
                String.join("", bundle.pem().lines().map(l -> "    " + l + "\n").toList());
        assertThat(YamlWriter.sorted().write(object))
                .isEqualTo("apiVersion: v1\ndata:\n  ca.crt: |\n" + indented
                        + "kind: ConfigMap\nmetadata:\n  name: my-ca\n  namespace: shop\n");
    }

    @Test
    void writesASecretWhoseDataIsTheBundle() {
        Mapping object = new TrustManifest(bundle, Optional.empty()).secret(Optional.empty(), "root.pem");
        String data = object.mapping("data").orElseThrow().string("root.pem").orElseThrow();
        assertThat(Certificate.readAll(Base64.getDecoder().decode(data))).isEqualTo(bundle.certificates());
        assertThat(object.string("type")).contains("Opaque");
    }

    @Test
    void namesABundleOfASignerAfterItAndItsContent() {
        Mapping object = new TrustManifest(bundle, Optional.empty())
                .clusterTrustBundle(Optional.of("kubernetes.io/kube-apiserver-serving"));
        assertThat(nameOf(object)).matches("kubernetes\\.io:kube-apiserver-serving:[0-9a-f]{24}");
        String yaml = YamlWriter.sorted().write(object);
        assertThat(Documents.readOne("x", yaml.getBytes(StandardCharsets.UTF_8)).root())
                .isEqualTo(object);
    }

    @Test
    void takesTheLastPartOrTheWholeOfASignersBundleName() {
        Optional<String> signer = Optional.of("example.com/my-signer");
        assertThat(nameOf(new TrustManifest(bundle, Optional.of("v1")).clusterTrustBundle(signer)))
                .isEqualTo("example.com:my-signer:v1");
        assertThat(nameOf(
                        new TrustManifest(bundle, Optional.of("example.com:my-signer:v1")).clusterTrustBundle(signer)))
                .isEqualTo("example.com:my-signer:v1");
        assertThatThrownBy(() -> new TrustManifest(bundle, Optional.of("other.com:x:v1")).clusterTrustBundle(signer))
                .hasMessageContaining("does not begin with 'example.com:my-signer:'");
    }

    @Test
    void refusesNamesThatKubernetesRefuses() {
        assertThatThrownBy(() -> new TrustManifest(bundle, Optional.of("a:b")).clusterTrustBundle(Optional.empty()))
                .hasMessageContaining("'a:b' is no Kubernetes name");
        assertThatThrownBy(() -> new TrustManifest(bundle, Optional.of("My")).configMap(Optional.empty(), "ca.crt"))
                .hasMessageContaining("'My' is no Kubernetes name");
        assertThatThrownBy(() -> new TrustManifest(bundle, Optional.empty()).configMap(Optional.of("a.b"), "ca.crt"))
                .hasMessageContaining("namespace 'a.b'");
        assertThatThrownBy(() -> new TrustManifest(bundle, Optional.empty()).secret(Optional.empty(), "../ca.crt"))
                .hasMessageContaining("key '../ca.crt'");
        assertThatThrownBy(() -> new TrustManifest(bundle, Optional.empty()).clusterTrustBundle(Optional.of("nodot/x")))
                .hasMessageContaining("domain/path");
    }

    @Test
    void refusesMoreThanAnObjectHolds() {
        Certificate[] many =
                IntStream.range(0, 2000).mapToObj(i -> ROOT_OF_MANY).toArray(Certificate[]::new);
        assertThat(Roots.bundle(many).certificates()).hasSize(1);
        TrustBundle large = Roots.bundle(IntStream.range(0, 12)
                .mapToObj(i -> Roots.ca("x".repeat(100_000) + i))
                .toArray(Certificate[]::new));
        assertThatThrownBy(() -> new TrustManifest(large, Optional.empty()))
                .hasMessageContaining("holds at most 1 MiB");
    }

    private static final Certificate ROOT_OF_MANY = Roots.ca("many");

    private static String nameOf(Mapping object) {
        return object.mapping("metadata").orElseThrow().string("name").orElseThrow();
    }
}
