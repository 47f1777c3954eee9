package dev.kubepki.server.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.api.codec.JsonCodec;
import dev.kubepki.api.schema.Schema;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.server.auth.UserInfo;
import dev.kubepki.server.auth.token.TokenIssuer.Named;
import dev.kubepki.server.auth.token.TokenIssuer.Wanted;
import dev.kubepki.server.auth.token.TokenVerdict.Accepted;
import dev.kubepki.server.auth.token.TokenVerdict.Refused;
import dev.kubepki.server.auth.token.TokenVerdict.Unknown;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ServiceAccountTokensTest {
    private static final CryptoProvider PROVIDER = CryptoProvider.jdk();
    private static final JsonCodec CODEC = new JsonCodec(new Schema(Map.of(), Map.of()));
    private static final SigningKey RSA = PROVIDER.generate(KeyAlgorithm.RSA_2048);
    private static final SigningKey EC = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";
    private static final List<String> HERE = List.of(ISSUER);
    private static final Named ACCOUNT = new Named("sa", "uid-1");

    private Instant now = NOW;
    private TokenKeys keys = new TokenKeys(RSA, List.of(RSA.publicKey()));
    private final Clock clock = new Clock() {
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
    };
    private final Accounts accounts = new Accounts();
    private final TokenIssuer issuer =
            new TokenIssuer(() -> keys, TokenSettings.KUBEADM, CODEC, PROVIDER, clock, new Random(7));
    private final ServiceAccountTokens tokens =
            new ServiceAccountTokens(() -> keys, TokenSettings.KUBEADM, accounts, CODEC, PROVIDER, clock);

    @BeforeEach
    void setUp() {
        accounts.put("serviceaccounts", "ns", "sa", "uid-1");
    }

    private String plain() {
        return issuer.issue(new Wanted("ns", ACCOUNT, null, null, null, HERE, 3600))
                .token();
    }

    private UserInfo user(String token) {
        TokenVerdict verdict = tokens.verify(token, HERE);
        assertThat(verdict).isInstanceOf(Accepted.class);
        return ((Accepted) verdict).user();
    }

    private void assertRefused(String token, String error) {
        assertThat(tokens.verify(token, HERE)).isEqualTo(new Refused(error));
    }

    private static JsonNode part(String token, int index) {
        return new JsonMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]));
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String sign(SigningKey key, String algorithm, String header, String claims) {
        String text = encode(header) + "." + encode(claims);
        byte[] signature = key.sign(PROVIDER, algorithm, text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static String claims(String change) {
        return ("{'aud':['" + ISSUER + "'],'exp':" + NOW.plusSeconds(60).getEpochSecond() + ",'iss':'" + ISSUER
                        + "','sub':'system:serviceaccount:ns:sa','kubernetes.io':{'namespace':'ns',"
                        + "'serviceaccount':{'name':'sa','uid':'uid-1'}}" + change + "}")
                .replace('\'', '"');
    }

    @Test
    void issuesWhatKubernetesIssues() {
        TokenIssuer.Issued issued = issuer.issue(new Wanted("ns", ACCOUNT, null, null, null, HERE, 600));
        long start = NOW.getEpochSecond();
        assertThat(part(issued.token(), 0).toString())
                .isEqualTo("{\"alg\":\"RS256\",\"kid\":\""
                        + TokenKey.of(RSA.publicKey()).id() + "\"}");
        assertThat(part(issued.token(), 1).toString())
                .isEqualTo("{\"aud\":[\"" + ISSUER + "\"],\"exp\":" + (start + 600) + ",\"iat\":" + start
                        + ",\"iss\":\"" + ISSUER + "\",\"jti\":\"" + issued.id()
                        + "\",\"kubernetes.io\":{\"namespace\":\"ns\",\"serviceaccount\":{\"name\":\"sa\",\"uid\":"
                        + "\"uid-1\"}},\"nbf\":" + start + ",\"sub\":\"system:serviceaccount:ns:sa\"}");
        assertThat(issued.expires()).isEqualTo(NOW.plusSeconds(600));
        assertThat(issued.id()).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(issued.toString()).doesNotContain(issued.token());
    }

    @Test
    void knowsTheAccount() {
        TokenIssuer.Issued issued = issuer.issue(new Wanted("ns", ACCOUNT, null, null, null, HERE, 600));
        assertThat(user(issued.token()))
                .isEqualTo(new UserInfo(
                        "system:serviceaccount:ns:sa",
                        "uid-1",
                        List.of("system:serviceaccounts", "system:serviceaccounts:ns"),
                        Map.of("authentication.kubernetes.io/credential-id", List.of("JTI=" + issued.id()))));
    }

    @ParameterizedTest
    @EnumSource(names = {"ECDSA_P256", "ECDSA_P384", "ECDSA_P521"})
    void signsWithEachCurve(KeyAlgorithm algorithm) {
        SigningKey key = PROVIDER.generate(algorithm);
        keys = new TokenKeys(key, List.of());
        assertThat(user(plain()).name()).isEqualTo("system:serviceaccount:ns:sa");
    }

    @Test
    void acceptsOldKeysUntilTheyAreTakenAway() {
        String old = plain();
        keys = new TokenKeys(EC, List.of(EC.publicKey(), RSA.publicKey()));
        assertThat(user(old).uid()).isEqualTo("uid-1");
        assertThat(user(plain()).uid()).isEqualTo("uid-1");
        keys = new TokenKeys(EC, List.of(EC.publicKey()));
        assertRefused(old, "its signature is of none of the keys");
    }

    @Test
    void refusesFromTheSecondAfterTheEnd() {
        String token = plain();
        now = NOW.plusSeconds(3600);
        assertThat(user(token).uid()).isEqualTo("uid-1");
        now = NOW.plusSeconds(3600).plusMillis(1);
        assertRefused(token, "service account token has expired");
    }

    @Test
    void refusesWhatBeginsLater() {
        String token = plain();
        now = NOW.minusSeconds(61);
        assertRefused(token, "service account token is not valid yet");
        now = NOW.minusSeconds(60);
        assertThat(user(token).uid()).isEqualTo("uid-1");
    }

    @Test
    void refusesWhenTheAccountIsGoneOrAnotherOne() {
        String token = plain();
        assertThat(user(token).uid()).isEqualTo("uid-1");
        accounts.remove("serviceaccounts", "ns", "sa");
        assertRefused(token, "serviceaccounts \"sa\" not found");
        ObjectNode other = accounts.put("serviceaccounts", "ns", "sa", "uid-2");
        assertRefused(token, "service account UID (uid-2) does not match claim (uid-1)");
        ((ObjectNode) other.get("metadata")).put("uid", "uid-1").put("deletionTimestamp", NOW.toString());
        assertRefused(token, "service account ns/sa has been deleted");
    }

    @Test
    void hangsOnTheBoundObjects() {
        accounts.put("pods", "ns", "p", "pod-1");
        accounts.put("nodes", "", "n", "node-1");
        accounts.put("secrets", "ns", "s", "secret-1");
        String pod = issuer.issue(
                        new Wanted("ns", ACCOUNT, new Named("p", "pod-1"), new Named("n", "node-1"), null, HERE, 600))
                .token();
        String node = issuer.issue(new Wanted("ns", ACCOUNT, null, new Named("n", "node-1"), null, HERE, 600))
                .token();
        String secret = issuer.issue(new Wanted("ns", ACCOUNT, null, null, new Named("s", "secret-1"), HERE, 600))
                .token();
        assertThat(user(pod).extra())
                .containsEntry("authentication.kubernetes.io/pod-name", List.of("p"))
                .containsEntry("authentication.kubernetes.io/pod-uid", List.of("pod-1"))
                .containsEntry("authentication.kubernetes.io/node-name", List.of("n"))
                .containsEntry("authentication.kubernetes.io/node-uid", List.of("node-1"));
        assertThat(user(node).name()).isEqualTo("system:serviceaccount:ns:sa");
        assertThat(user(secret).name()).isEqualTo("system:serviceaccount:ns:sa");
        accounts.remove("nodes", "", "n");
        accounts.remove("secrets", "ns", "s");
        assertRefused(node, "service account token has been invalidated");
        assertRefused(secret, "service account token has been invalidated");
        assertThat(user(pod).uid()).isEqualTo("uid-1");
        accounts.put("pods", "ns", "p", "pod-2");
        assertRefused(pod, "pod UID (pod-2) does not match service account pod ref claim (pod-1)");
        accounts.remove("pods", "ns", "p");
        assertRefused(pod, "service account token has been invalidated");
    }

    @Test
    void extendsTheUsualTokenOfAPod() {
        accounts.put("pods", "ns", "p", "pod-1");
        TokenIssuer.Issued issued =
                issuer.issue(new Wanted("ns", ACCOUNT, new Named("p", "pod-1"), null, null, HERE, 3607));
        JsonNode claims = part(issued.token(), 1);
        long start = NOW.getEpochSecond();
        assertThat(issued.expires()).isEqualTo(NOW.plusSeconds(3607));
        assertThat(claims.path("exp").asLong()).isEqualTo(start + 365 * 86400);
        assertThat(claims.path("kubernetes.io").path("warnafter").asLong()).isEqualTo(start + 3607);
    }

    @Test
    void isForTheAudiencesThatItNames() {
        String vault = issuer.issue(new Wanted("ns", ACCOUNT, null, null, null, List.of("vault", "x"), 600))
                .token();
        assertRefused(
                vault, "token audiences [\"vault\" \"x\"] is invalid for the target audiences [\"" + ISSUER + "\"]");
        assertThat(tokens.verify(vault, List.of("y", "vault")))
                .isInstanceOfSatisfying(
                        Accepted.class, v -> assertThat(v.audiences()).containsExactly("vault"));
    }

    @Test
    void acceptsTheTokenOfASecretForAsLongAsItStandsThere() {
        String token = issuer.issueForSecret("ns", ACCOUNT, "s");
        assertRefused(token, "Token has been invalidated");
        ObjectNode secret = accounts.secret("ns", "s", "kubernetes.io/service-account-token", "token", token);
        assertThat(user(token).groups()).contains("system:serviceaccounts:ns");
        ((ObjectNode) secret.get("data")).put("token", "b3RoZXI=");
        assertRefused(token, "Token does not match server's copy");
        accounts.secret("ns", "s", "kubernetes.io/service-account-token", "token", token);
        accounts.remove("serviceaccounts", "ns", "sa");
        assertRefused(token, "serviceaccounts \"sa\" not found");
    }

    static Stream<String> strangers() {
        String none = encode("{\"alg\":\"none\"}") + "." + encode(claims("")) + ".";
        String good = sign(RSA, "SHA256withRSA", "{\"alg\":\"RS256\"}", claims(""));
        return Stream.of(
                "",
                "a",
                "a.b",
                "a.b.c",
                "....",
                none.substring(0, none.length() - 1),
                good + ".x",
                good.replace("eyJ", "!!!"),
                sign(RSA, "SHA256withRSA", "{\"alg\":\"RS256\",\"crit\":[\"x\"]}", claims("")),
                sign(RSA, "SHA256withRSA", "{\"alg\":\"RS256\",\"alg\":\"RS256\"}", claims("")),
                sign(RSA, "SHA256withRSA", "{\"alg\":\"RS256\"}", claims(",\"iss\":\"" + ISSUER + "\"")),
                sign(RSA, "SHA256withRSA", "{\"alg\":\"RS256\"}", "[]"),
                sign(RSA, "SHA256withRSA", "{\"alg\":\"RS256\"}", claims("").replace(ISSUER, "https://else")),
                sign(RSA, "SHA256withRSA", "{\"alg\":\"RS256\"}", "[".repeat(20_000)));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void leavesAloneWhatIsNoneOfItsTokens(String token) {
        assertThat(tokens.verify(token, HERE)).isEqualTo(new Unknown());
    }

    static Stream<String> forgeries() throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(RSA.publicKey().getEncoded(), "HmacSHA256"));
        String hs = encode("{\"alg\":\"HS256\"}") + "." + encode(claims(""));
        String hmac = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(mac.doFinal(hs.getBytes(StandardCharsets.US_ASCII)));
        String good = sign(RSA, "SHA256withRSA", "{\"alg\":\"RS256\"}", claims(""));
        String[] parts = good.split("\\.", -1);
        return Stream.of(
                encode("{\"alg\":\"none\"}") + "." + encode(claims("")) + ".",
                encode("{\"alg\":\"None\"}") + "." + encode(claims("")) + "." + parts[2],
                encode("{\"alg\":\"RS256\"}") + "." + encode(claims("")) + ".",
                encode("{\"alg\":\"RS256\"}") + "." + encode(claims("")) + ".!",
                encode("{}") + "." + parts[1] + "." + parts[2],
                hs + "." + hmac,
                parts[0] + "." + encode(claims(",'x':1").replace('\'', '"')) + "." + parts[2],
                sign(EC, "SHA256withECDSAinP1363Format", "{\"alg\":\"ES256\"}", claims("")),
                sign(EC, "SHA256withECDSAinP1363Format", "{\"alg\":\"RS256\"}", claims("")),
                sign(RSA, "SHA512withRSA", "{\"alg\":\"RS512\"}", claims("")),
                sign(RSA, "SHA1withRSA", "{\"alg\":\"RS256\"}", claims("")),
                sign(RSA, "SHA256withRSA", "{\"alg\":\"RS256\",\"kid\":\"other\"}", claims("")),
                encode("{\"alg\":\"ES256\"}") + "." + encode(claims("")) + "." + encode("\0".repeat(64)));
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void refusesWhatNoneOfItsKeysSigned(String token) {
        assertRefused(token, "its signature is of none of the keys");
    }

    static Stream<String> badClaims() {
        return Stream.of(
                claims("").replace("\"sub\":\"system:serviceaccount:ns:sa\"", "\"sub\":\"system:admin\""),
                claims("").replace("\"exp\"", "\"x\""),
                claims("").replaceAll("\"exp\":[0-9]+", "\"exp\":\"9999999999\""),
                claims("").replaceAll("\"exp\":[0-9]+", "\"exp\":1e300"),
                claims(",\"nbf\":[]"),
                claims("").replace("\"namespace\":\"ns\"", "\"namespace\":\"other\""));
    }

    @ParameterizedTest
    @MethodSource("badClaims")
    void refusesSignedClaimsThatMakeNoSense(String claims) {
        assertThat(tokens.verify(sign(RSA, "SHA256withRSA", "{\"alg\":\"RS256\"}", claims), HERE))
                .isInstanceOf(Refused.class);
    }

    @Test
    void showsItsKeysAndItselfToOthers() {
        keys = new TokenKeys(EC, List.of(RSA.publicKey()));
        ObjectNode jwks = keys.jwks();
        assertThat(jwks.path("keys").size()).isEqualTo(2);
        assertThat(jwks.path("keys").get(0).path("kty").asString()).isEqualTo("RSA");
        assertThat(jwks.path("keys").get(0).path("e").asString()).isEqualTo("AQAB");
        assertThat(jwks.path("keys").get(0).path("n").asString()).hasSize(342);
        assertThat(jwks.path("keys").get(1).path("crv").asString()).isEqualTo("P-256");
        assertThat(jwks.path("keys").get(1).path("x").asString()).hasSize(43);
        assertThat(keys.discovery("i", "u").toString())
                .isEqualTo("{\"issuer\":\"i\",\"jwks_uri\":\"u\",\"response_types_supported\":[\"id_token\"],"
                        + "\"subject_types_supported\":[\"public\"],"
                        + "\"id_token_signing_alg_values_supported\":[\"ES256\",\"RS256\"]}");
    }
}
