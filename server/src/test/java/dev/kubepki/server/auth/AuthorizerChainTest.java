package dev.kubepki.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.server.auth.Authorizer.Decision;
import dev.kubepki.server.auth.Authorizer.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuthorizerChainTest {
    private static final Attributes ASKED = Attributes.path(Identities.user("u", "system:masters"), "get", "/");

    private static Decision ask(Decision... decisions) {
        return new AuthorizerChain(List.of(decisions).stream()
                        .<Authorizer>map(d -> asked -> d)
                        .toList())
                .decide(ASKED);
    }

    @Test
    void takesTheFirstOpinion() {
        Decision deny = new Decision(Verdict.DENY, "no");
        assertThat(ask(Decision.NO_OPINION, deny, Decision.ALLOW)).isEqualTo(deny);
        assertThat(ask(Decision.NO_OPINION, Decision.ALLOW, deny)).isEqualTo(Decision.ALLOW);
    }

    @Test
    void collectsReasonsWhenNobodyHasAnOpinion() {
        assertThat(ask(
                        new Decision(Verdict.NO_OPINION, "a"),
                        Decision.NO_OPINION,
                        new Decision(Verdict.NO_OPINION, "b")))
                .isEqualTo(new Decision(Verdict.NO_OPINION, "a\nb"));
        assertThat(ask()).isEqualTo(Decision.NO_OPINION);
    }

    @Test
    void asksNobodyAboutMasters() {
        assertThat(PrivilegedGroup.MASTERS.decide(ASKED)).isEqualTo(Decision.ALLOW);
        assertThat(PrivilegedGroup.MASTERS.decide(Attributes.path(Identities.user("system:masters"), "get", "/")))
                .isEqualTo(Decision.NO_OPINION);
    }
}
