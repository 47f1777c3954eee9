package dev.kubepki.server.auth.token;

import dev.kubepki.pki.key.SigningKey;
import java.security.PublicKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The keys of service account tokens: one that signs, and all that verify, old ones of a rotation among them.
public final class TokenKeys {
    private final SigningKey signer;
    private final TokenKey signerKey;
    private final List<TokenKey> verifiers;

    /// @param verifiers the keys of `sa.pub`; the signer's is among them in any case
    /// @throws dev.kubepki.pki.key.KeyFailure for a key of a type with which no token can be signed
    public TokenKeys(SigningKey signer, List<PublicKey> verifiers) {
        this.signer = signer;
        this.signerKey = TokenKey.of(signer.publicKey());
        Set<TokenKey> all = new LinkedHashSet<>();
        verifiers.forEach(key -> all.add(TokenKey.of(key)));
        all.add(signerKey);
        this.verifiers = List.copyOf(all);
    }

    SigningKey signer() {
        return signer;
    }

    TokenKey signerKey() {
        return signerKey;
    }

    List<TokenKey> verifiers() {
        return verifiers;
    }

    /// The JSON Web Key Set (RFC 7517 §5) of all keys that verify.
    public ObjectNode jwks() {
        ObjectNode set = JsonNodeFactory.instance.objectNode();
        ArrayNode keys = set.putArray("keys");
        verifiers.forEach(key -> keys.add(key.jwk()));
        return set;
    }

    /// The OpenID provider's document (OpenID Connect Discovery §3).
    ///
    /// @param jwksUri where [#jwks] is to be had
    public ObjectNode discovery(String issuer, String jwksUri) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("issuer", issuer).put("jwks_uri", jwksUri);
        document.putArray("response_types_supported").add("id_token");
        document.putArray("subject_types_supported").add("public");
        ArrayNode algorithms = document.putArray("id_token_signing_alg_values_supported");
        verifiers.stream()
                .map(key -> key.algorithm().name())
                .distinct()
                .sorted()
                .forEach(algorithms::add);
        return document;
    }
}
