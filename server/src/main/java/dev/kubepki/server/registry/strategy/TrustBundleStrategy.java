package dev.kubepki.server.registry.strategy;

import static dev.kubepki.api.failure.FieldError.Type.INVALID;
import static dev.kubepki.api.failure.FieldError.Type.TOO_LONG;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.failure.Rendering;
import dev.kubepki.server.registry.Context;
import dev.kubepki.server.registry.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// ClusterTrustBundle: CA certificates as text, kept as they were sent, in the name of a signer or of nobody.
final class TrustBundleStrategy implements Strategy {
    private static final int MAX_BYTES = 1 << 20;
    private static final String BUNDLE = "spec.trustBundle";
    private static final String NAME = "metadata.name";

    @Override
    public void defaults(ObjectNode object, String version) {
        Trees.child(object, "spec");
    }

    @Override
    public List<FieldError> validate(ObjectNode object, Context context) {
        List<FieldError> errors = names(object);
        errors.addAll(bundle(Trees.text(object, "spec", "trustBundle")));
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode old, Context context) {
        List<FieldError> errors = names(updated);
        String text = Trees.text(updated, "spec", "trustBundle");
        if (!text.equals(Trees.text(old, "spec", "trustBundle"))) {
            errors.addAll(bundle(text));
        }
        String signer = signer(updated);
        if (!signer.equals(signer(old))) {
            errors.add(FieldError.of(INVALID, "spec.signerName", Rendering.quote(signer), "field is immutable"));
        }
        return errors;
    }

    private static String signer(ObjectNode object) {
        return Trees.text(object, "spec", "signerName");
    }

    private static List<FieldError> names(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        String name = Trees.text(object, "metadata", "name");
        String signer = signer(object);
        if (signer.isEmpty()) {
            if (name.indexOf(':') >= 0) {
                errors.add(name(name, "ClusterTrustBundle without signer name must not have \":\" in its name"));
            } else {
                DnsNames.subdomain(name).forEach(fault -> errors.add(name(name, fault)));
            }
            return errors;
        }
        String prefix = signer.replace('/', ':') + ":";
        if (name.startsWith(prefix)) {
            DnsNames.subdomain(name.substring(prefix.length())).forEach(fault -> errors.add(name(name, fault)));
        } else {
            errors.add(
                    name(name, "ClusterTrustBundle for signerName " + signer + " must be named with prefix " + prefix));
        }
        errors.addAll(SignerName.validate(signer, "spec.signerName"));
        return errors;
    }

    private static FieldError name(String name, String fault) {
        return FieldError.of(INVALID, NAME, Rendering.quote(name), fault);
    }

    private static List<FieldError> bundle(String text) {
        if (DnsNames.bytes(text) > MAX_BYTES) {
            return List.of(FieldError.of(TOO_LONG, BUNDLE, "may not be more than " + MAX_BYTES + " bytes"));
        }
        return TrustAnchors.faults(text).stream()
                .map(fault -> FieldError.of(INVALID, BUNDLE, "\"<value omitted>\"", fault))
                .toList();
    }

    @Override
    public void admit(Operation operation, @Nullable ObjectNode object, @Nullable ObjectNode old, Context context) {
        if (object == null || signer(object).isEmpty() || (old != null && isHousekeeping(object, old))) {
            return;
        }
        if (!SignerPermission.has("attest", signer(object), context)) {
            throw Failures.forbidden(
                    context.call().kind().resource(),
                    Trees.text(object, "metadata", "name"),
                    "user not permitted to attest for signerName \"" + signer(object) + "\"");
        }
    }

    /// Whether only owners, finalizers and managed fields differ: what the garbage collector does.
    private static boolean isHousekeeping(ObjectNode object, ObjectNode old) {
        return withoutHousekeeping(object).equals(withoutHousekeeping(old));
    }

    private static ObjectNode withoutHousekeeping(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        Trees.child(copy, "metadata")
                .remove(List.of("ownerReferences", "finalizers", "selfLink", "managedFields", "resourceVersion"));
        return copy;
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode object) {
        return Map.of("spec.signerName", signer(object));
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
