package dev.kubepki.api.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.api.kind.Kind.Support;
import dev.kubepki.api.kind.Kind.Trait;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KindsTest {
    private static final GroupVersion CERTIFICATES = new GroupVersion("certificates.k8s.io", "v1");
    private static final GroupVersion CERTIFICATES_BETA = new GroupVersion("certificates.k8s.io", "v1beta1");
    private final List<Kind> table = Kinds.load();

    private ServedKinds served(String runtimeConfig) {
        return ServedKinds.of(table, RuntimeConfig.parse(runtimeConfig, table));
    }

    @Test
    void readsTheRowOfCertificateSigningRequests() {
        Kind csr =
                served("").resource(CERTIFICATES, "certificatesigningrequests").orElseThrow();

        assertThat(csr.name()).isEqualTo("CertificateSigningRequest");
        assertThat(csr.shortNames()).containsExactly("csr");
        assertThat(csr.namespaced()).isFalse();
        assertThat(csr.versions()).containsExactly("v1");
        assertThat(csr.support()).isEqualTo(Support.FULL);
        assertThat(csr.traits()).containsExactly(Trait.UNCONDITIONAL_UPDATE);
        assertThat(csr.verbs()).hasSize(8);
        assertThat(csr.subresources()).extracting(Kind.Subresource::name).containsExactly("approval", "status");
        assertThat(csr.subresource("approval")).satisfies(approval -> {
            assertThat(approval.verbs()).containsExactly("get", "patch", "update");
            assertThat(approval.kindIn(CERTIFICATES)).isEqualTo(csr.in("v1"));
        });
        assertThat(csr.subresource("exec")).isNull();
    }

    @Test
    void readsSubresourcesOfOtherKindsOverSeveralLines() {
        Kind pods = served("").resource("", "pods").orElseThrow();

        assertThat(pods.subresources())
                .extracting(Kind.Subresource::name)
                .containsExactly(
                        "attach",
                        "binding",
                        "ephemeralcontainers",
                        "eviction",
                        "exec",
                        "log",
                        "portforward",
                        "proxy",
                        "resize",
                        "status");
        assertThat(pods.subresource("eviction")).satisfies(eviction -> {
            assertThat(eviction.kindIn(new GroupVersion("", "v1"))).hasToString("policy/v1, Kind=Eviction");
            assertThat(eviction.verbs()).containsExactly("create");
        });
    }

    @Test
    void storesBothKindsOfEventsAsOne() {
        Kind event = served("").resource("events.k8s.io", "events").orElseThrow();

        assertThat(event.storageKind()).isEqualTo(new GroupVersionKind("", "v1", "Event"));
        assertThat(event.storagePath()).isEqualTo("events");
        assertThat(served("").resource("", "nodes").orElseThrow().storagePath()).isEqualTo("minions");
    }

    @Test
    void hasNoPluralTwiceInAGroupAndNoUnknownVerb() {
        assertThat(table).extracting(Kind::resource).doesNotHaveDuplicates();
        assertThat(table)
                .allSatisfy(kind -> assertThat(Stream.concat(
                                kind.verbs().stream(),
                                kind.subresources().stream().flatMap(s -> s.verbs().stream())))
                        .isSubsetOf("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"));
    }

    @Test
    void ordersGroupsByPriorityAndVersionsByPreference() {
        ServedKinds served = served("");

        assertThat(served.groups()).startsWith("", "apiregistration.k8s.io", "apps", "events.k8s.io");
        assertThat(served.versions("certificates.k8s.io")).containsExactly("v1", "v1beta1", "v1alpha1");
        assertThat(served.versions("autoscaling")).containsExactly("v2", "v1");
        assertThat(served.versions("resource.k8s.io")).containsExactly("v1", "v1beta2", "v1beta1", "v1alpha3");
        assertThat(served.versions("nowhere.io")).isEmpty();
    }

    @Test
    void findsKindsByWhatAnObjectNames() {
        ServedKinds served = served("");

        assertThat(served.kind(new GroupVersionKind("rbac.authorization.k8s.io", "v1", "Role")))
                .isPresent();
        assertThat(served.kind(new GroupVersionKind("rbac.authorization.k8s.io", "v1beta1", "Role")))
                .isEmpty();
    }

    @Test
    void servesRequestsInBetaOnlyWhenAskedByName() {
        String resource = "certificates.k8s.io/v1beta1/certificatesigningrequests=true";

        assertThat(served("api/all=true").resource(CERTIFICATES_BETA, "certificatesigningrequests"))
                .isEmpty();
        assertThat(served(resource)
                        .resource(CERTIFICATES_BETA, "certificatesigningrequests")
                        .orElseThrow()
                        .versions())
                .containsExactly("v1", "v1beta1");
        assertThat(served("certificates.k8s.io/v1beta1=true").resource(CERTIFICATES_BETA, "certificatesigningrequests"))
                .isPresent();
    }

    @Test
    void switchesVersionsOff() {
        ServedKinds noAlpha = served("api/alpha=false,api/beta=false,certificates.k8s.io/v1beta1/clustertrustbundles");

        assertThat(noAlpha.versions("certificates.k8s.io")).containsExactly("v1", "v1beta1");
        assertThat(noAlpha.resource(CERTIFICATES_BETA, "podcertificaterequests"))
                .isEmpty();
        assertThat(noAlpha.groups()).doesNotContain("internal.apiserver.k8s.io");
        assertThat(served("api/all=false,v1=true").groups()).containsExactly("");
        assertThat(served("api/all=false,api/v1=true").groups()).containsExactly("");
    }

    @Test
    void namesTheEntryThatIsWrong() {
        assertThatThrownBy(() -> served("v1=true,certificates.k8s.io/v3=true"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--runtime-config: certificates.k8s.io/v3=true: no such version or resource");
        assertThatThrownBy(() -> served("api/all=perhaps"))
                .hasMessage("--runtime-config: api/all=perhaps: the value must be true or false");
    }

    @Test
    void refusesARowThatIsNotUnderstood() {
        assertThatThrownBy(() -> KindTable.parse("[core]\npods Pod namespaced v1"))
                .hasMessageContaining("plural, kind, scope, versions and support");
        assertThatThrownBy(() -> KindTable.parse("[core]\npods Pod namespaced v1 known shorts=po"))
                .hasMessageContaining("shorts=po is no attribute");
    }

    @Test
    void ordersVersions() {
        assertThat(Stream.of("foo", "v1alpha1", "v1", "v10", "v2beta1", "v1beta2", "v1beta", "v2")
                        .sorted(new VersionOrder()))
                .containsExactly("v10", "v2", "v1", "v2beta1", "v1beta2", "v1alpha1", "foo", "v1beta");
    }
}
