package dev.kubepki.api.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.Kinds;
import dev.kubepki.api.kind.RuntimeConfig;
import dev.kubepki.api.kind.ServedKinds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DiscoveryTest {
    private static final List<Kind> TABLE = Kinds.load();
    private final Discovery discovery = new Discovery(ServedKinds.of(
            TABLE,
            RuntimeConfig.parse("api/all=false,v1=true,certificates.k8s.io/v1=true,authorization.k8s.io/v1", TABLE)));

    @Test
    void namesTheCoreVersionsAndTheServersAddress() {
        assertThat(discovery.coreVersions("127.0.0.1:6443"))
                .hasToString("{\"kind\":\"APIVersions\",\"versions\":[\"v1\"],\"serverAddressByClientCIDRs\":"
                        + "[{\"clientCIDR\":\"0.0.0.0/0\",\"serverAddress\":\"127.0.0.1:6443\"}]}");
    }

    @Test
    void listsGroupsByPriority() {
        JsonNode groups = discovery.groups().get("groups");

        assertThat(groups)
                .extracting(group -> group.get("name").stringValue())
                .containsExactly("authorization.k8s.io", "certificates.k8s.io");
        assertThat(discovery.group("certificates.k8s.io"))
                .get()
                .hasToString(
                        "{\"kind\":\"APIGroup\",\"apiVersion\":\"v1\",\"name\":\"certificates.k8s.io\",\"versions\":"
                                + "[{\"groupVersion\":\"certificates.k8s.io/v1\","
                                + "\"version\":\"v1\"}],\"preferredVersion\":"
                                + "{\"groupVersion\":\"certificates.k8s.io/v1\",\"version\":\"v1\"}}");
    }

    @Test
    void knowsNothingOfWhatIsNotServed() {
        assertThat(discovery.group("apps")).isEmpty();
        assertThat(discovery.group("")).isEmpty();
        assertThat(discovery.resources(new GroupVersion("certificates.k8s.io", "v1beta1")))
                .isEmpty();
    }

    @Test
    void listsResourcesWithTheirSubresources() {
        assertThat(discovery.resources(new GroupVersion("certificates.k8s.io", "v1")))
                .get()
                .hasToString("{\"kind\":\"APIResourceList\",\"apiVersion\":\"v1\",\"groupVersion\":"
                        + "\"certificates.k8s.io/v1\",\"resources\":[{\"name\":\"certificatesigningrequests\","
                        + "\"singularName\":\"certificatesigningrequest\",\"namespaced\":false,\"kind\":"
                        + "\"CertificateSigningRequest\",\"verbs\":[\"create\",\"delete\",\"deletecollection\",\"get\","
                        + "\"list\",\"patch\",\"update\",\"watch\"],\"shortNames\":[\"csr\"],\"storageVersionHash\":"
                        + "\"95fRKMXA+00=\"},{\"name\":\"certificatesigningrequests/approval\",\"singularName\":\"\","
                        + "\"namespaced\":false,\"kind\":\"CertificateSigningRequest\",\"verbs\":[\"get\",\"patch\","
                        + "\"update\"]},{\"name\":\"certificatesigningrequests/status\",\"singularName\":\"\","
                        + "\"namespaced\":false,\"kind\":\"CertificateSigningRequest\",\"verbs\":[\"get\",\"patch\","
                        + "\"update\"]}]}");
    }

    @Test
    void givesReviewsNoStorageVersion() {
        JsonNode reviews = discovery
                .resources(new GroupVersion("authorization.k8s.io", "v1"))
                .orElseThrow();

        assertThat(reviews.get("resources")).hasSize(4).allMatch(review -> !review.has("storageVersionHash"));
    }

    @Test
    void putsAllOfAGroupIntoOneDocument() {
        JsonNode groups = discovery.aggregatedGroups("v2beta1");

        assertThat(groups.get("apiVersion").stringValue()).isEqualTo("apidiscovery.k8s.io/v2beta1");
        JsonNode csr = groups.at("/items/1/versions/0/resources/0");
        assertThat(csr.get("resource").stringValue()).isEqualTo("certificatesigningrequests");
        assertThat(csr.get("scope").stringValue()).isEqualTo("Cluster");
        assertThat(csr.at("/subresources/0/subresource").stringValue()).isEqualTo("approval");
        assertThat(discovery.aggregatedCore("v2").at("/items/0/metadata")).hasToString("{}");
    }

    @Test
    void namesADocumentByItsContent() {
        assertThat(EntityTag.of("abc".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("DDAF35A193617ABACC417349AE20413112E6FA4E89A97EA20A9EEEE64B55D39A"
                        + "2192992A274FC1A836BA3C23A3FEEBBD454D4423643CE80E2A9AC94FA54CA49F");
    }

    @Test
    void tellsTheVersionThatItFollowsAndItsOwn() {
        ServerVersion version = new ServerVersion("0.1.0", "Linux", "amd64");

        assertThat(version.gitVersion()).isEqualTo("v1.36.2+kubepki-0.1.0");
        assertThat(version.document().get("minor").stringValue()).isEqualTo("36");
        assertThat(version.document().get("platform").stringValue()).isEqualTo("linux/amd64");
    }
}
