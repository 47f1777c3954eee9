package dev.kubepki.server.auth;

import static dev.kubepki.server.auth.Identities.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.Failures;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthenticatorChainTest {
    private static final Credentials NONE = new Credentials(List.of(), "");
    private static final Authenticator SILENT = credentials -> Optional.empty();
    private static final Authenticator REFUSING = credentials -> {
        throw Failures.unauthorized();
    };

    private static Authenticator knowing(UserInfo user) {
        return credentials -> Optional.of(user);
    }

    private static UserInfo ask(boolean anonymous, Credentials credentials, Authenticator... authenticators) {
        return new AuthenticatorChain(List.of(authenticators), anonymous)
                .authenticate(credentials)
                .orElseThrow();
    }

    @Test
    void letsNobodyInAsAnonymousWhenAllowed() {
        assertThat(ask(true, NONE, SILENT)).isEqualTo(UserInfo.ANONYMOUS);
        assertThatThrownBy(() -> ask(false, NONE, SILENT)).isInstanceOf(ApiFailure.class);
    }

    @Test
    void neverTurnsABadCredentialIntoAnonymous() {
        assertThatThrownBy(() -> ask(true, NONE, REFUSING, SILENT)).isInstanceOf(ApiFailure.class);
    }

    @Test
    void refusesATokenThatNobodyKnows() {
        assertThatThrownBy(() -> ask(true, new Credentials(List.of(), "nope"), SILENT))
                .isInstanceOf(ApiFailure.class)
                .hasMessage("Unauthorized");
    }

    @Test
    void takesAGoodTokenBesideABadCertificate() {
        assertThat(ask(true, NONE, REFUSING, knowing(user("jane"))).name()).isEqualTo("jane");
    }

    @Test
    void addsTheGroupOfEverybodyLastAndOnce() {
        assertThat(ask(true, NONE, knowing(user("jane", "a"))).groups()).containsExactly("a", "system:authenticated");
        assertThat(ask(true, NONE, knowing(user("jane", "system:authenticated", "a")))
                        .groups())
                .containsExactly("system:authenticated", "a");
        assertThat(ask(true, NONE, knowing(user("jane", "system:unauthenticated")))
                        .groups())
                .containsExactly("system:unauthenticated");
    }

    @Test
    void givesACertificateForAnonymousNothing() {
        assertThat(ask(true, NONE, knowing(user("system:anonymous", "devs"))).groups())
                .containsExactly("devs");
    }
}
