package dev.kubepki.server.registry.strategy;

import static dev.kubepki.api.failure.FieldError.Type.INVALID;
import static dev.kubepki.api.failure.FieldError.Type.REQUIRED;
import static dev.kubepki.api.failure.FieldError.Type.TOO_LONG;

import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.failure.Rendering;
import dev.kubepki.pki.key.CryptoProvider;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The spec of a PodCertificateRequest.
final class PodCertificateSpec {
    private static final int MAX_UID = 128;
    private static final int MAX_KEY = 10 << 10;
    private static final int MAX_ANNOTATIONS = 262_144;
    private static final int MIN_SECONDS = 3_600;
    private static final int MAX_SECONDS = 91 * 86_400;
    private static final int MAX_KUBERNETES_SECONDS = 86_400;

    private PodCertificateSpec() {}

    static List<FieldError> validate(JsonNode spec, CryptoProvider provider) {
        List<FieldError> errors = new ArrayList<>();
        errors.addAll(SignerName.validate(Trees.text(spec, "signerName"), "spec.signerName"));
        name(spec, "podName", errors);
        uid(spec, "podUID", errors);
        name(spec, "serviceAccountName", errors);
        uid(spec, "serviceAccountUID", errors);
        name(spec, "nodeName", errors);
        uid(spec, "nodeUID", errors);
        seconds(spec, errors);
        annotations(spec.path("unverifiedUserAnnotations"), errors);
        keys(spec, provider, errors);
        return errors;
    }

    private static void name(JsonNode spec, String field, List<FieldError> errors) {
        String name = Trees.text(spec, field);
        DnsNames.subdomain(name)
                .forEach(fault -> errors.add(FieldError.of(INVALID, "spec." + field, Rendering.quote(name), fault)));
    }

    private static void uid(JsonNode spec, String field, List<FieldError> errors) {
        String uid = Trees.text(spec, field);
        if (uid.isEmpty()) {
            errors.add(FieldError.of(INVALID, "spec." + field, "\"\"", "must not be empty"));
        }
        if (DnsNames.bytes(uid) > MAX_UID) {
            errors.add(FieldError.of(TOO_LONG, "spec." + field, "may not be more than " + MAX_UID + " bytes"));
        }
    }

    private static void seconds(JsonNode spec, List<FieldError> errors) {
        String field = "spec.maxExpirationSeconds";
        JsonNode seconds = spec.path("maxExpirationSeconds");
        if (!seconds.isNumber()) {
            errors.add(FieldError.of(REQUIRED, field, "must be set"));
            return;
        }
        String signer = Trees.text(spec, "signerName");
        int slash = Math.max(0, signer.indexOf('/'));
        String domain = signer.substring(0, slash);
        boolean own = domain.equals("kubernetes.io") || domain.endsWith(".kubernetes.io");
        int max = own ? MAX_KUBERNETES_SECONDS : MAX_SECONDS;
        if (seconds.asInt() < MIN_SECONDS || seconds.asInt() > max) {
            errors.add(FieldError.of(
                    INVALID, field, seconds.asString(), "must be in the range [" + MIN_SECONDS + ", " + max + "]"));
        }
    }

    private static void annotations(JsonNode annotations, List<FieldError> errors) {
        String field = "spec.unverifiedUserAnnotations";
        long size = 0;
        for (Map.Entry<String, JsonNode> entry : annotations.properties()) {
            String key = entry.getKey();
            size += DnsNames.bytes(key) + DnsNames.bytes(entry.getValue().asString(""));
            int slash = key.indexOf('/');
            if (slash <= 0 || !DnsNames.subdomain(key.substring(0, slash)).isEmpty()) {
                errors.add(FieldError.of(
                        INVALID,
                        field,
                        Rendering.quote(key),
                        "must be a domain-prefixed path (such as \"acme.io/foo\")"));
            }
        }
        if (size > MAX_ANNOTATIONS) {
            errors.add(FieldError.of(TOO_LONG, field, "may not be more than " + MAX_ANNOTATIONS + " bytes"));
        }
    }

    private static void keys(JsonNode spec, CryptoProvider provider, List<FieldError> errors) {
        byte[] stub = bytes(spec, "stubPKCS10Request");
        byte[] key = bytes(spec, "pkixPublicKey");
        byte[] proof = bytes(spec, "proofOfPossession");
        boolean pair = key.length > 0 && proof.length > 0;
        boolean either = key.length > 0 || proof.length > 0;
        if (stub.length > 0 == pair || (stub.length > 0 && either)) {
            errors.add(FieldError.of(
                    INVALID,
                    "spec",
                    spec.toString(),
                    "exactly one of (stubPKCS10Request) or (pkixPublicKey, proofOfPossession) must be set"));
            return;
        }
        tooLong("stubPKCS10Request", stub, errors);
        tooLong("pkixPublicKey", key, errors);
        tooLong("proofOfPossession", proof, errors);
        if (!errors.isEmpty()) {
            return;
        }
        errors.addAll(
                stub.length > 0
                        ? RequestedKey.ofRequest(stub, provider)
                        : RequestedKey.ofPair(key, proof, Trees.text(spec, "podUID"), provider));
    }

    private static void tooLong(String field, byte[] value, List<FieldError> errors) {
        if (value.length > MAX_KEY) {
            errors.add(FieldError.of(TOO_LONG, "spec." + field, "may not be more than " + MAX_KEY + " bytes"));
        }
    }

    private static byte[] bytes(JsonNode spec, String field) {
        try {
            return Base64.getDecoder().decode(Trees.text(spec, field));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
