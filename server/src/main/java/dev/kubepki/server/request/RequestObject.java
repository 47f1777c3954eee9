package dev.kubepki.server.request;

import dev.kubepki.pki.key.CryptoProvider;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A CertificateSigningRequest as controllers read it.
///
/// @param tree the object, which is not changed
public record RequestObject(ObjectNode tree) {
    /// metadata.name.
    public String name() {
        return text(tree.path("metadata"), "name");
    }

    /// metadata.uid.
    public String uid() {
        return text(tree.path("metadata"), "uid");
    }

    /// spec.signerName.
    public String signerName() {
        return text(spec(), "signerName");
    }

    /// The name of the user who made it.
    public String requester() {
        return text(spec(), "username");
    }

    /// The groups of the user who made it.
    public List<String> groups() {
        return texts(spec().path("groups"));
    }

    /// The usages asked for, each once.
    public Set<String> usages() {
        return new LinkedHashSet<>(texts(spec().path("usages")));
    }

    /// The lifetime asked for.
    public OptionalLong expirationSeconds() {
        JsonNode seconds = spec().path("expirationSeconds");
        return seconds.isNumber() ? OptionalLong.of(seconds.asLong()) : OptionalLong.empty();
    }

    /// The PKCS#10 request in it, read and its signature checked.
    public SubmittedRequest submitted(CryptoProvider provider) {
        return SubmittedRequest.check(text(spec(), "request"), provider);
    }

    /// Whether a certificate was published.
    public boolean hasCertificate() {
        return !text(status(), "certificate").isEmpty();
    }

    /// The first condition of a type.
    public Optional<JsonNode> condition(String type) {
        for (JsonNode condition : status().path("conditions")) {
            if (text(condition, "type").equals(type)) {
                return Optional.of(condition);
            }
        }
        return Optional.empty();
    }

    /// How far it has come. A failure counts when it is said to be true, or when nothing is said.
    public CsrState state() {
        if (hasCertificate()) {
            return CsrState.ISSUED;
        }
        if (condition("Denied").isPresent()) {
            return CsrState.DENIED;
        }
        boolean failed = condition("Failed")
                .map(condition -> text(condition, "status"))
                .filter(status -> status.isEmpty() || status.equals("True"))
                .isPresent();
        if (failed) {
            return CsrState.FAILED;
        }
        return condition("Approved").isPresent() ? CsrState.APPROVED : CsrState.PENDING;
    }

    private JsonNode spec() {
        return tree.path("spec");
    }

    private JsonNode status() {
        return tree.path("status");
    }

    private static String text(JsonNode parent, String field) {
        return parent.path(field).asString("");
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asString("")));
        return texts;
    }
}
