package dev.kubepki.server.registry.strategy;

import static dev.kubepki.api.failure.FieldError.Type.FORBIDDEN;
import static dev.kubepki.api.failure.FieldError.Type.INVALID;

import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.failure.Rendering;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.server.registry.Context;
import dev.kubepki.server.registry.Strategy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// PodCertificateRequest: a spec that never changes, and a status that a signer sets once.
final class PodCertificateStrategy implements Strategy {
    private static final int DEFAULT_SECONDS = 86_400;
    private static final List<String> LABELS = List.of("signerName", "podName", "nodeName");

    private final CryptoProvider provider;

    PodCertificateStrategy(CryptoProvider provider) {
        this.provider = provider;
    }

    @Override
    public void defaults(ObjectNode object, String version) {
        ObjectNode spec = Trees.child(object, "spec");
        Trees.child(object, "status");
        if (!spec.has("maxExpirationSeconds")) {
            spec.put("maxExpirationSeconds", DEFAULT_SECONDS);
        }
    }

    @Override
    public List<FieldError> validateName(String name, String field) {
        return DnsNames.subdomain(name).stream()
                .map(fault -> FieldError.of(INVALID, field, Rendering.quote(name), fault))
                .toList();
    }

    @Override
    public void prepareForCreate(ObjectNode object, Context context) {
        object.putObject("status");
    }

    @Override
    public List<FieldError> validate(ObjectNode object, Context context) {
        return PodCertificateSpec.validate(object.path("spec"), provider);
    }

    @Override
    public void prepareForUpdate(ObjectNode updated, ObjectNode old, Context context) {
        if (context.call().isMain()) {
            updated.set("status", Trees.child(old, "status"));
            return;
        }
        updated.set("spec", Trees.child(old, "spec"));
        JsonNode managed = Trees.at(updated, "metadata").get("managedFields");
        ObjectNode metadata = Trees.child(old, "metadata").deepCopy();
        Trees.copy(metadata, "managedFields", managed);
        Trees.copy(metadata, "resourceVersion", Trees.at(updated, "metadata").get("resourceVersion"));
        updated.set("metadata", metadata);
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode old, Context context) {
        List<FieldError> errors = new ArrayList<>();
        if (!updated.path("spec").equals(old.path("spec"))) {
            errors.add(FieldError.of(INVALID, "spec", updated.path("spec").toString(), "field is immutable"));
        }
        if (!context.call().isMain()) {
            errors.addAll(permission(old, context));
            errors.addAll(PodCertificateStatus.validateChange(updated, old, context.now()));
        }
        return errors;
    }

    /// Only whom the signer's rule lets sign may write a status: judged with the fields, and worded as one of them.
    private static List<FieldError> permission(ObjectNode old, Context context) {
        String signer = Trees.text(old, "spec", "signerName");
        if (SignerPermission.has("sign", signer, context)) {
            return List.of();
        }
        String user = context.call().user().name();
        return List.of(FieldError.of(
                FORBIDDEN,
                "spec.signerName",
                "User " + Rendering.quote(user) + " is not permitted to \"sign\" for signer "
                        + Rendering.quote(signer)));
    }

    @Override
    public void mutate(Operation operation, ObjectNode object, @Nullable ObjectNode old, Context context) {
        PodCertificateNodes.check(operation, object, context);
    }

    @Override
    public Set<String> resetFields(String subresource) {
        return subresource.isEmpty() ? Set.of("status") : Set.of("spec");
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode object) {
        Map<String, String> values = new LinkedHashMap<>();
        LABELS.forEach(name -> values.put("spec." + name, Trees.text(object, "spec", name)));
        return values;
    }

    @Override
    public Set<String> fieldLabels() {
        return Set.of("spec.signerName", "spec.podName", "spec.nodeName");
    }

    @Override
    public boolean ownFieldLabels() {
        return true;
    }
}
