package dev.kubepki.server.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.server.auth.Credentials;
import dev.kubepki.server.auth.UserInfo;
import dev.kubepki.server.auth.token.TokenVerdict.Accepted;
import dev.kubepki.server.auth.token.TokenVerdict.Refused;
import dev.kubepki.server.auth.token.TokenVerdict.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BearerTokensTest {
    private static final UserInfo JANE = new UserInfo("jane", "", List.of("devs"), Map.of());

    private final List<String> log = new ArrayList<>();
    private final TokenAuthenticator first =
            (token, audiences) -> token.equals("bad") ? new Refused("it is bad") : new Unknown();
    private final TokenAuthenticator second =
            (token, audiences) -> token.equals("good") ? new Accepted(JANE, audiences) : new Unknown();
    private final BearerTokens tokens = new BearerTokens(List.of(first, second), List.of("here"), log::add);

    @ParameterizedTest
    @CsvSource({
        "Bearer abc,abc",
        "bearer abc,abc",
        "' Bearer abc ',abc",
        "Bearer abc def,abc",
        "Bearer  abc,''",
        "Bearer,''",
        "Basic abc,''",
        "'',''"
    })
    void findsTheTokenInTheHeader(String header, String token) {
        assertThat(BearerTokens.of(header)).isEqualTo(token);
    }

    @Test
    void letsGoodTokensInAndNoOthers() {
        assertThat(tokens.authenticate(new Credentials(List.of(), "good"))).contains(JANE);
        assertThat(tokens.authenticate(new Credentials(List.of(), ""))).isEmpty();
        for (String token : List.of("bad", "else", "x".repeat(1 << 20))) {
            assertThatThrownBy(() -> tokens.authenticate(new Credentials(List.of(), token)))
                    .isInstanceOf(ApiFailure.class)
                    .hasMessage("Unauthorized");
        }
        assertThat(log).hasSize(3).noneMatch(line -> line.contains("xxx"));
    }

    @Test
    void judgesForOthers() {
        UserInfo known = new UserInfo("jane", "", List.of("devs", "system:authenticated"), Map.of());
        assertThat(tokens.review("good", List.of())).isEqualTo(new Accepted(known, List.of("here")));
        assertThat(tokens.review("good", List.of("a"))).isEqualTo(new Accepted(known, List.of("a")));
        assertThat(tokens.review("bad", List.of())).isEqualTo(new Refused("[invalid bearer token, it is bad]"));
        assertThat(tokens.review("else", List.of())).isEqualTo(new Refused("invalid bearer token"));
    }
}
