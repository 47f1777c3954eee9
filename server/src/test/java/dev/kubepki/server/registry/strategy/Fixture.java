package dev.kubepki.server.registry.strategy;

import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.server.auth.Authorizer;
import dev.kubepki.server.auth.UserInfo;
import dev.kubepki.server.registry.Call;
import dev.kubepki.server.registry.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Objects and contexts for the tests of strategies.
final class Fixture {
    static final CryptoProvider PROVIDER = CryptoProvider.jdk();
    static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    static final SigningKey KEY = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
    static final UserInfo ALICE =
            new UserInfo("alice", "u-1", List.of("devs", "system:authenticated"), Map.of("scope", List.of("a", "b")));
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private Fixture() {}

    static ObjectNode tree(String json) {
        return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static String request(String commonName, String... organizations) {
        DistinguishedName subject = DistinguishedName.of(commonName, List.of(organizations));
        return base64(
                CertificateRequest.sign(subject, List.of(), KEY, PROVIDER).pem().encode());
    }

    static CertificateAuthority authority() {
        return CertificateAuthority.root(
                CertificateProfile.authority(BasicConstraints.AUTHORITY, Duration.ofDays(365)),
                DistinguishedName.ofCommonName("test-ca"),
                PROVIDER.generate(KeyAlgorithm.ECDSA_P256),
                NOW,
                PROVIDER,
                new Random(7));
    }

    static Kind kind(String name, String plural) {
        return new Kind(
                "certificates.k8s.io",
                name,
                plural,
                name.toLowerCase(java.util.Locale.ROOT),
                List.of(),
                List.of(),
                false,
                List.of("v1"),
                List.of(),
                new GroupVersion("certificates.k8s.io", "v1"),
                plural,
                List.of("get"),
                List.of(),
                Kind.Support.FULL,
                Set.of());
    }

    static Context context(Kind kind, String version, String subresource, UserInfo user, Set<String> permissions) {
        Call call = new Call(kind, version, subresource, "", "x", user, "test", warning -> {});
        Authorizer authorizer = asked -> {
            boolean allowed = permissions.contains(asked.verb() + " " + asked.name());
            return new Authorizer.Decision(allowed ? Authorizer.Verdict.ALLOW : Authorizer.Verdict.NO_OPINION, "");
        };
        return new Context(call, NOW, authorizer, (group, plural, namespace, name) -> Optional.empty(), false);
    }
}
