package dev.kubepki.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.server.auth.Identities.Authority;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrontProxyTest {
    private static final Authority CA = Identities.authority("front-proxy-ca");
    private static final MapHeaders HEADERS = MapHeaders.of(
            "X-Remote-User", "jane", "x-remote-group", "a", "X-Remote-Group", "b", "X-Remote-Extra-Scope", "s");

    private static FrontProxy proxy(String... names) {
        return new FrontProxy(
                FrontProxy.Headers.KUBEADM,
                List.of(names),
                () -> AUTHORITIES,
                Identities.PROVIDER,
                Clock.fixed(Identities.NOW, ZoneOffset.UTC),
                line -> {});
    }

    private static final List<Certificate> AUTHORITIES = List.of(CA.certificate());

    private static Credentials from(Authority authority, String name, HeaderFields headers) {
        return new Credentials(List.of(authority.client(DistinguishedName.ofCommonName(name))), "", headers);
    }

    @Test
    void believesTheHeadersOfAProxy() {
        assertThat(proxy("front-proxy-client").authenticate(from(CA, "front-proxy-client", HEADERS)))
                .contains(new UserInfo("jane", "", List.of("a", "b"), Map.of("scope", List.of("s"))));
        assertThat(proxy().authenticate(from(CA, "anyone", HEADERS))).isPresent();
    }

    @Test
    void believesNobodyElse() {
        assertThat(proxy("front-proxy-client").authenticate(from(CA, "other", HEADERS)))
                .isEmpty();
        assertThat(proxy().authenticate(new Credentials(List.of(), "", HEADERS)))
                .isEmpty();
        assertThat(proxy().authenticate(from(CA, "p", HeaderFields.NONE))).isEmpty();
        assertThatThrownBy(() -> proxy().authenticate(from(Identities.authority("other"), "p", HEADERS)))
                .isInstanceOf(ApiFailure.class);
    }
}
