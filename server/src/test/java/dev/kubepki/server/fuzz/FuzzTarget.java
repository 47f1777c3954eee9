package dev.kubepki.server.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.kubepki.api.codec.DecodeFailure;
import dev.kubepki.api.codec.JsonCodec;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.GroupVersionKind;
import dev.kubepki.api.schema.Schema;
import dev.kubepki.api.schema.Schemas;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.server.auth.token.BearerTokens;
import dev.kubepki.server.auth.token.ServiceAccountTokens;
import dev.kubepki.server.auth.token.TokenKeys;
import dev.kubepki.server.auth.token.TokenSettings;
import dev.kubepki.server.auth.token.TokenVerdict;
import dev.kubepki.server.patch.JsonPatch;
import dev.kubepki.server.patch.MergePatch;
import dev.kubepki.server.patch.StrategicMergePatch;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What callers may send beside objects. What is refused must be refused with a failure that the caller is told.
@SuppressWarnings("ImmutableEnumChecker") // the targets have no state that changes what they do
enum FuzzTarget {
    JSON_PATCH(bytes -> patch(bytes, JsonPatch::apply)),
    MERGE_PATCH(bytes -> patch(bytes, MergePatch::apply)),
    STRATEGIC_PATCH(bytes -> patch(bytes, FuzzTarget::strategic)),
    BEARER_TOKEN(FuzzTarget::token);

    static final CryptoProvider PROVIDER = CryptoProvider.jdk();
    static final SigningKey KEY = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);
    static final JsonCodec CODEC;

    private static final Schema SCHEMA = Schemas.load();
    private static final GroupVersionKind REQUEST =
            new GroupVersionKind("certificates.k8s.io", "v1", "CertificateSigningRequest");
    private static final TokenKeys KEYS = new TokenKeys(KEY, List.of(KEY.publicKey()));
    private static final ObjectNode OBJECT;

    static {
        CODEC = new JsonCodec(SCHEMA);
        OBJECT = (ObjectNode) CODEC.read("""
                {"kind":"CertificateSigningRequest","apiVersion":"certificates.k8s.io/v1","metadata":{"name":"jane",
                "labels":{"a":"b"},"finalizers":["a/b","c/d"],"ownerReferences":[{"uid":"1","name":"x"},{"uid":"2"}]},
                "spec":{"request":"QUJD","signerName":"example.com/s","usages":["client auth"]},
                "status":{"conditions":[{"type":"Approved","status":"True"}]}}""".getBytes(ISO_8859_1)).tree();
    }

    private final Consumer<byte[]> reader;

    FuzzTarget(Consumer<byte[]> reader) {
        this.reader = reader;
    }

    /// Whether the bytes were accepted.
    boolean read(byte[] bytes) {
        try {
            reader.accept(bytes);
            return true;
        } catch (DecodeFailure failure) {
            return sentence(failure.text());
        } catch (ApiFailure failure) {
            return sentence(failure.message());
        }
    }

    private static boolean sentence(String text) {
        if (text.isEmpty()) {
            throw new AssertionError("a failure without a sentence");
        }
        return false;
    }

    /// What comes out must be an object that can be kept, and the stored one must be as it was.
    private static void patch(byte[] bytes, BiFunction<ObjectNode, JsonNode, ObjectNode> kind) {
        ObjectNode stored = OBJECT.deepCopy();
        ObjectNode patched = kind.apply(stored, CODEC.read(bytes).tree());
        if (!stored.equals(OBJECT)) {
            throw new AssertionError("the stored object was changed: " + stored);
        }
        CODEC.read(CODEC.write(patched));
    }

    private static ObjectNode strategic(ObjectNode object, JsonNode patch) {
        return StrategicMergePatch.apply(object, patch, SCHEMA, SCHEMA.of(REQUEST));
    }

    /// There is no account here that a token could be good for, whoever signed it.
    private static void token(byte[] bytes) {
        ServiceAccountTokens tokens = new ServiceAccountTokens(
                () -> KEYS,
                TokenSettings.KUBEADM,
                (group, plural, namespace, name) -> Optional.empty(),
                CODEC,
                PROVIDER,
                CLOCK);
        TokenVerdict verdict =
                tokens.verify(BearerTokens.of(new String(bytes, ISO_8859_1)), TokenSettings.KUBEADM.audiences());
        if (verdict instanceof TokenVerdict.Accepted) {
            throw new AssertionError("a token of nobody is accepted");
        }
        if (verdict instanceof TokenVerdict.Refused(String error)) {
            sentence(error);
        }
    }
}
