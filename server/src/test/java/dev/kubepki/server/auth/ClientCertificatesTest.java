package dev.kubepki.server.auth;

import static dev.kubepki.server.auth.Identities.NOW;
import static dev.kubepki.server.auth.Identities.PROVIDER;
import static dev.kubepki.server.auth.Identities.YEAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.DistinguishedName.Attribute;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import dev.kubepki.pki.x509.Validity;
import dev.kubepki.server.auth.Identities.Authority;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClientCertificatesTest {
    private static final Authority CA = Identities.authority("kubernetes");
    private static final DistinguishedName JANE = DistinguishedName.of("jane", List.of("devs", "ops"));
    private static final List<ExtendedKeyUsage> CLIENT = List.of(ExtendedKeyUsage.CLIENT_AUTH);

    private final MovableClock clock = new MovableClock();
    private final List<String> log = new ArrayList<>();
    private volatile List<Certificate> authorities = List.of(CA.certificate());
    private final ClientCertificates authenticator =
            new ClientCertificates(() -> authorities, PROVIDER, clock, log::add);

    /// A clock that a test moves.
    private static final class MovableClock extends Clock {
        private Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private Optional<UserInfo> authenticate(X509Certificate... chain) {
        return authenticator.authenticate(new Credentials(List.of(chain), ""));
    }

    private void assertRefused(X509Certificate... chain) {
        assertThatThrownBy(() -> authenticate(chain))
                .isInstanceOfSatisfying(
                        ApiFailure.class, e -> assertThat(e.code()).isEqualTo(401));
    }

    @Test
    void namesTheUserByCommonNameAndOrganizations() throws CertificateEncodingException {
        X509Certificate leaf = CA.client(JANE);
        String id = "X509SHA256=" + Certificate.decode(leaf.getEncoded()).fingerprint();
        assertThat(authenticate(leaf))
                .contains(new UserInfo(
                        "jane",
                        "",
                        List.of("devs", "ops"),
                        Map.of("authentication.kubernetes.io/credential-id", List.of(id))));
    }

    @Test
    void takesTheLastCommonNameAndOrganizationsInTheirOrder() {
        DistinguishedName subject = DistinguishedName.ofRdns(List.of(
                List.of(attribute("2.5.4.3", "first"), attribute("2.5.4.10", "b")),
                List.of(attribute("2.5.4.10", "a")),
                List.of(attribute("2.5.4.3", "last"))));
        UserInfo user = authenticate(CA.client(subject)).orElseThrow();
        assertThat(user.name()).isEqualTo("last");
        assertThat(user.groups()).containsExactly("b", "a");
    }

    @Test
    void readsTheUid() {
        DistinguishedName subject = DistinguishedName.of(
                List.of(attribute("2.5.4.3", "jane"), attribute(DistinguishedName.KUBERNETES_UID, "u-1")));
        assertThat(authenticate(CA.client(subject)).orElseThrow().uid()).isEqualTo("u-1");
    }

    @Test
    void saysNothingWithoutCertificateOrCommonNameOrAuthorities() {
        assertThat(authenticate()).isEmpty();
        assertThat(authenticate(CA.client(DistinguishedName.of(List.of(attribute("2.5.4.10", "devs"))))))
                .isEmpty();
        X509Certificate leaf = CA.client(JANE);
        authorities = List.of();
        assertThat(authenticate(leaf)).isEmpty();
    }

    static Stream<DistinguishedName> oddSubjects() {
        return Stream.of(
                DistinguishedName.ofCommonName("admin\0.evil"),
                DistinguishedName.ofCommonName("two\nlines"),
                DistinguishedName.of("jane", List.of("system:masters\0x")),
                DistinguishedName.of(List.of(
                        attribute("2.5.4.3", "jane"),
                        attribute(DistinguishedName.KUBERNETES_UID, "1"),
                        attribute(DistinguishedName.KUBERNETES_UID, "2"))),
                DistinguishedName.of(
                        List.of(attribute("2.5.4.3", "jane"), attribute(DistinguishedName.KUBERNETES_UID, ""))),
                // CN as an OCTET STRING: no text.
                DistinguishedName.decode(HexFormat.of().parseHex("300f310d300b060355040304046a616e65")),
                // CN as a PrintableString with a byte above 127.
                DistinguishedName.decode(HexFormat.of().parseHex("300f310d300b060355040313046a61e965")));
    }

    @ParameterizedTest
    @MethodSource("oddSubjects")
    void refusesOddNames(DistinguishedName subject) {
        assertRefused(CA.client(subject));
        assertThat(log).hasSize(1);
    }

    @Test
    void refusesForeignExpiredFutureAndServerCertificates() {
        assertRefused(Identities.authority("kubernetes").client(JANE));
        Validity past = new Validity(NOW.minus(Duration.ofDays(2)), NOW.minusSeconds(1));
        Validity future = new Validity(NOW.plusSeconds(1), NOW.plus(Duration.ofDays(1)));
        assertRefused(CA.client(JANE, past, CLIENT));
        assertRefused(CA.client(JANE, future, CLIENT));
        assertRefused(CA.client(JANE, YEAR, List.of(ExtendedKeyUsage.SERVER_AUTH)));
        assertThat(log).hasSize(4);
    }

    @Test
    void refusesACertificateThatAnotherClientCertificateSigned() {
        Authority mallory = new Authority(decode(CA.client(DistinguishedName.ofCommonName("mallory"))), Identities.KEY);
        assertRefused(mallory.client(JANE), mallory.certificate().jca());
    }

    @Test
    void refusesOnAnOpenConnectionFromTheSecondAfterTheEnd() {
        Validity hour = new Validity(NOW.minusSeconds(9), NOW.plusSeconds(3600));
        X509Certificate leaf = CA.client(JANE, hour, CLIENT);
        assertThat(authenticate(leaf)).isPresent();
        clock.now = NOW.plusSeconds(3600).plusMillis(999);
        assertThat(authenticate(leaf)).isPresent();
        clock.now = NOW.plusSeconds(3601);
        assertRefused(leaf);
    }

    @Test
    void refusesOnAnOpenConnectionWhenTheIntermediateEnds() {
        Authority middle = CA.intermediate("middle", new Validity(NOW.minusSeconds(9), NOW.plusSeconds(60)));
        X509Certificate[] chain = {middle.client(JANE), middle.certificate().jca()};
        assertThat(authenticate(chain)).isPresent();
        assertRefused(chain[0]);
        clock.now = NOW.plusSeconds(61);
        assertRefused(chain);
    }

    @Test
    void acceptsAFutureCertificateOnceItsTimeHasCome() {
        Validity future = new Validity(NOW.plusSeconds(30), NOW.plus(Duration.ofDays(1)));
        X509Certificate leaf = CA.client(JANE, future, CLIENT);
        assertRefused(leaf);
        clock.now = NOW.plusSeconds(31);
        assertThat(authenticate(leaf)).isPresent();
    }

    @Test
    void asksNewAuthoritiesWhenTheyWereReloaded() {
        Authority other = Identities.authority("new");
        X509Certificate old = CA.client(JANE);
        X509Certificate fresh = other.client(JANE);
        assertThat(authenticate(old)).isPresent();
        assertRefused(fresh);
        authorities = List.of(other.certificate());
        assertRefused(old);
        assertThat(authenticate(fresh)).isPresent();
    }

    private static Certificate decode(X509Certificate certificate) {
        try {
            return Certificate.decode(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Attribute attribute(String oid, String value) {
        return new Attribute(oid, value);
    }
}
