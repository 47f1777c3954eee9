package dev.kubepki.server.registry.strategy;

import static dev.kubepki.api.failure.FieldError.Type.FORBIDDEN;
import static dev.kubepki.api.failure.FieldError.Type.INVALID;
import static dev.kubepki.api.failure.FieldError.Type.REQUIRED;

import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.failure.Rendering;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.server.auth.UserInfo;
import dev.kubepki.server.registry.Context;
import dev.kubepki.server.registry.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// CertificateSigningRequest: the spec never changes after creation, conditions and certificate each by an endpoint of
/// their own.
final class CsrStrategy implements Strategy {
    static final String APPROVAL = "approval";
    static final String STATUS = "status";
    private static final int MIN_SECONDS = 600;

    private final ProvenRequests requests;

    CsrStrategy(CryptoProvider provider) {
        this.requests = new ProvenRequests(provider);
    }

    @Override
    public void defaults(ObjectNode object, String version) {
        Trees.child(object, "spec");
        Trees.child(object, "status");
        if (version.equals("v1beta1")) {
            OldCsrDefaults.apply(object);
        }
    }

    @Override
    public void prepareForCreate(ObjectNode object, Context context) {
        ObjectNode spec = Trees.child(object, "spec");
        UserInfo user = context.call().user();
        spec.remove(List.of("username", "uid", "groups", "extra"));
        spec.put("username", user.name());
        if (!user.uid().isEmpty()) {
            spec.put("uid", user.uid());
        }
        if (!user.groups().isEmpty()) {
            ArrayNode groups = spec.putArray("groups");
            user.groups().forEach(groups::add);
        }
        if (!user.extra().isEmpty()) {
            ObjectNode extra = spec.putObject("extra");
            user.extra().forEach((key, values) -> values.forEach(extra.withArray(key)::add));
        }
        object.putObject("status");
    }

    @Override
    public void prepareForUpdate(ObjectNode updated, ObjectNode old, Context context) {
        switch (context.call().subresource()) {
            case APPROVAL -> {
                JsonNode conditions = Trees.at(updated, "status").get("conditions");
                CsrConditions.stampTimes(updated, old, context.now());
                ObjectNode status = Trees.child(old, "status").deepCopy();
                Trees.copy(status, "conditions", conditions);
                updated.set("status", status);
            }
            case STATUS -> {
                CsrConditions.keepDecisions(updated, old);
                CsrConditions.stampTimes(updated, old, context.now());
            }
            default -> updated.set("status", Trees.child(old, "status"));
        }
        updated.set("spec", Trees.child(old, "spec"));
    }

    @Override
    public List<FieldError> validate(ObjectNode object, Context context) {
        List<FieldError> errors = new ArrayList<>();
        JsonNode spec = object.path("spec");
        String request = spec.path("request").asString("");
        String fault = requests.check(request).fault();
        if (!fault.isEmpty()) {
            errors.add(FieldError.of(INVALID, "spec.request", "\"" + request + "\"", fault));
        }
        errors.addAll(rules(object, null, context));
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode old, Context context) {
        // The spec is the stored one, whose request was proved when it was created.
        List<FieldError> errors = new ArrayList<>(rules(updated, old, context));
        String subresource = context.call().subresource();
        errors.addAll(CsrConditions.validateChange(updated, old, subresource.equals(APPROVAL)));
        JsonNode before = Trees.at(old, "status", "certificate");
        if (!before.equals(Trees.at(updated, "status", "certificate"))) {
            if (!subresource.equals(STATUS)) {
                errors.add(FieldError.of(FORBIDDEN, "status.certificate", "updates may not set certificate content"));
            } else if (!before.asString("").isEmpty() && !isOld(context)) {
                errors.add(FieldError.of(
                        FORBIDDEN, "status.certificate", "updates may not modify existing certificate content"));
            }
        }
        return errors;
    }

    /// What holds for new and updated objects; defects that the stored object has already are borne.
    private static List<FieldError> rules(ObjectNode object, @Nullable ObjectNode old, Context context) {
        List<FieldError> errors = new ArrayList<>(specRules(object.path("spec"), old, context));
        errors.addAll(CsrConditions.validate(object, old, isOld(context)));
        JsonNode certificate = Trees.at(object, "status", "certificate");
        boolean known = old != null && certificate.equals(Trees.at(old, "status", "certificate"));
        if (!known && !isOld(context)) {
            IssuedPem.fault(certificate.asString(""))
                    .ifPresent(fault ->
                            errors.add(FieldError.of(INVALID, "status.certificate", "\"<certificate data>\"", fault)));
        }
        return errors;
    }

    private static List<FieldError> specRules(JsonNode spec, @Nullable ObjectNode old, Context context) {
        List<FieldError> errors = new ArrayList<>();
        List<String> usages = Trees.texts(spec.path("usages"));
        if (usages.isEmpty()) {
            errors.add(FieldError.of(REQUIRED, "spec.usages", ""));
        }
        boolean lenient = old != null || isOld(context);
        if (!lenient) {
            errors.addAll(KeyUsages.unknown(usages, "spec.usages"));
            errors.addAll(KeyUsages.repeated(usages, "spec.usages"));
        }
        String signer = spec.path("signerName").asString("");
        if (signer.equals(SignerName.LEGACY_UNKNOWN) && !lenient) {
            errors.add(FieldError.of(
                    INVALID,
                    "spec.signerName",
                    Rendering.quote(signer),
                    "the legacy signerName is not allowed via this API version"));
        } else {
            errors.addAll(SignerName.validate(signer, "spec.signerName"));
        }
        JsonNode seconds = spec.path("expirationSeconds");
        if (seconds.isNumber() && seconds.asInt() < MIN_SECONDS) {
            errors.add(FieldError.of(
                    INVALID,
                    "spec.expirationSeconds",
                    seconds.asString(),
                    "may not specify a duration less than 600 seconds (10 minutes)"));
        }
        return errors;
    }

    private static boolean isOld(Context context) {
        return context.call().version().equals("v1beta1");
    }

    @Override
    public void mutate(Operation operation, ObjectNode object, @Nullable ObjectNode old, Context context) {
        if (operation == Operation.CREATE) {
            NodeRestriction.checkRequest(object, context);
        }
    }

    @Override
    public void admit(Operation operation, @Nullable ObjectNode object, @Nullable ObjectNode old, Context context) {
        if (object == null) {
            return;
        }
        if (operation == Operation.CREATE && context.call().isMain()) {
            CsrAdmission.restrictSubject(object, context, requests);
        } else if (operation == Operation.UPDATE) {
            CsrAdmission.requireSigner(object, Objects.requireNonNull(old), context);
        }
    }

    @Override
    public Set<String> resetFields(String subresource) {
        return switch (subresource) {
            case APPROVAL -> Set.of("spec", "status.certificate");
            case STATUS -> Set.of("spec", "status.conditions");
            default -> Set.of("spec", "status");
        };
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode object) {
        return Map.of("spec.signerName", Trees.text(object, "spec", "signerName"));
    }

    @Override
    public Set<String> fieldLabels() {
        return Set.of("spec.signerName");
    }

    @Override
    public boolean ownFieldLabels() {
        return true;
    }
}
