package dev.kubepki.server.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.server.auth.UserInfo;
import dev.kubepki.server.auth.token.TokenVerdict.Accepted;
import dev.kubepki.server.auth.token.TokenVerdict.Unknown;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class BootstrapTokensTest {
    private static final String TOKEN = "abcdef.0123456789abcdef";
    private static final List<String> HERE = List.of("here");
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private final Accounts accounts = new Accounts();
    private final BootstrapTokens tokens = new BootstrapTokens(accounts, HERE, Clock.fixed(NOW, ZoneOffset.UTC));

    private ObjectNode secret(String... more) {
        String[] data = new String[6 + more.length];
        System.arraycopy(
                new String[] {
                    "token-id", "abcdef", "token-secret", "0123456789abcdef", "usage-bootstrap-authentication", "true"
                },
                0,
                data,
                0,
                6);
        System.arraycopy(more, 0, data, 6, more.length);
        return accounts.secret("kube-system", "bootstrap-token-abcdef", "bootstrap.kubernetes.io/token", data);
    }

    @Test
    void knowsATokenByItsSecret() {
        secret(
                "expiration",
                "2026-06-01T02:00:00+01:00",
                "auth-extra-groups",
                "system:bootstrappers:kubeadm:default-node-token");
        assertThat(tokens.verify(TOKEN, HERE))
                .isEqualTo(new Accepted(
                        new UserInfo(
                                "system:bootstrap:abcdef",
                                "",
                                List.of("system:bootstrappers", "system:bootstrappers:kubeadm:default-node-token"),
                                Map.of()),
                        HERE));
    }

    @ParameterizedTest
    @CsvSource({
        "expiration,2026-06-01T00:00:00Z",
        "expiration,tomorrow",
        "usage-bootstrap-authentication,false",
        "usage-bootstrap-authentication,''",
        "token-id,abcdeg",
        "token-secret,0123456789abcdeg",
        "auth-extra-groups,system:masters",
        "auth-extra-groups,'system:bootstrappers:a,system:masters'",
        "auth-extra-groups,system:bootstrappers:",
        "auth-extra-groups,system:bootstrappers:a-",
        "auth-extra-groups,system:bootstrappers:A",
        "auth-extra-groups,'system:bootstrappers:a,'"
    })
    void refusesASecretThatDoesNotAllowIt(String key, String value) {
        secret(key, value);
        assertThat(tokens.verify(TOKEN, HERE)).isEqualTo(new Unknown());
    }

    @Test
    void refusesASecretOfAnotherTypeOrBeingDeletedOrGone() {
        secret().put("type", "Opaque");
        assertThat(tokens.verify(TOKEN, HERE)).isEqualTo(new Unknown());
        ((ObjectNode) secret().get("metadata")).put("deletionTimestamp", "2027-01-01T00:00:00Z");
        assertThat(tokens.verify(TOKEN, HERE)).isEqualTo(new Unknown());
        secret();
        assertThat(tokens.verify(TOKEN, HERE)).isInstanceOf(Accepted.class);
        assertThat(tokens.verify(TOKEN, List.of("elsewhere"))).isEqualTo(new Unknown());
        accounts.remove("secrets", "kube-system", "bootstrap-token-abcdef");
        assertThat(tokens.verify(TOKEN, HERE)).isEqualTo(new Unknown());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abcdef.0123456789abcde", "abcdef.0123456789abcdef0", "ABCDEF.0123456789abcdef",
                        "abcdef-0123456789abcdef",
                "../../.0123456789abcdef", "abcdef.0123456789abcdef\n", "abcdef", ""
            })
    void looksAtNothingThatHasNotTheForm(String token) {
        secret();
        assertThat(tokens.verify(token, HERE)).isEqualTo(new Unknown());
    }
}
