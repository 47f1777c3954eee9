package dev.kubepki.server.registry.strategy;

import static dev.kubepki.server.registry.strategy.Fixture.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.server.registry.Context;
import dev.kubepki.server.registry.Strategy.Operation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class TrustBundleStrategyTest {
    private static final Kind KIND = Fixture.kind("ClusterTrustBundle", "clustertrustbundles");
    private static final String ANCHOR = Fixture.authority().certificate().pem().encode();
    private final TrustBundleStrategy strategy = new TrustBundleStrategy();

    private static ObjectNode bundle(String name, String signer, String text) {
        ObjectNode object = tree("{'metadata':{'name':'" + name + "'},'spec':{'signerName':'" + signer + "'}}");
        ((ObjectNode) object.path("spec")).put("trustBundle", text);
        return object;
    }

    private static Context context(String... permissions) {
        return Fixture.context(KIND, "v1beta1", "", Fixture.ALICE, Set.of(permissions));
    }

    private List<String> faults(ObjectNode object) {
        return strategy.validate(object, context()).stream()
                .map(FieldError::toString)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plain           | ''            | ''
            foo.bar         | ''            | ''
            example.com:s:b | example.com/s | ''
            a:b             | ''            | metadata.name: Invalid value: "a:b": ClusterTrustBundle without signer name must not have ":" in its name
            wrong           | example.com/s | metadata.name: Invalid value: "wrong": ClusterTrustBundle for signerName example.com/s must be named with prefix example.com:s:
            """)
    void namesFollowTheSigner(String name, String signer, String fault) {
        List<String> expected = fault.isEmpty() ? List.of() : List.of(fault);
        assertThat(faults(bundle(name, signer, ANCHOR))).isEqualTo(expected);
    }

    @Test
    void judgesEachAnchor() {
        assertThat(faults(bundle("x", "", "")))
                .singleElement()
                .asString()
                .endsWith("at least one trust anchor must be provided");
        assertThat(faults(bundle("x", "", ANCHOR + ANCHOR)))
                .containsExactly(
                        "spec.trustBundle: Invalid value: \"<value omitted>\": duplicate trust anchor (indices [0 1])");
        String key = dev.kubepki.pki.key.Pem.of("PUBLIC KEY", new byte[] {1}).encode();
        assertThat(faults(bundle("x", "", ANCHOR + key)))
                .singleElement()
                .asString()
                .endsWith("entry 1 has bad block type: PUBLIC KEY");
        String junk = dev.kubepki.pki.key.Pem.of("CERTIFICATE", new byte[] {1}).encode();
        assertThat(faults(bundle("x", "", junk)))
                .singleElement()
                .asString()
                .endsWith("entry 0 does not parse as X.509");
    }

    @Test
    void theSignerOfABundleNeverChanges() {
        ObjectNode old = bundle("example.com:s:b", "example.com/s", ANCHOR);
        ObjectNode updated = bundle("example.com:s:b", "example.com/t", ANCHOR);
        assertThat(strategy.validateUpdate(updated, old, context()))
                .extracting(FieldError::toString)
                .contains("spec.signerName: Invalid value: \"example.com/t\": field is immutable");
    }

    @Test
    void speakingForASignerNeedsAttest() {
        ObjectNode object = bundle("example.com:s:b", "example.com/s", ANCHOR);
        assertThatThrownBy(() -> strategy.admit(Operation.CREATE, object, null, context()))
                .hasMessageContaining("user not permitted to attest for signerName \"example.com/s\"");
        strategy.admit(Operation.CREATE, object, null, context("attest example.com/*"));
        ObjectNode owned = object.deepCopy();
        ((ObjectNode) owned.path("metadata")).putArray("finalizers").add("x/y");
        strategy.admit(Operation.UPDATE, owned, object, context());
    }
}
