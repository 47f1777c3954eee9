package dev.kubepki.server.registry.strategy;

import static dev.kubepki.api.failure.FieldError.Type.INVALID;
import static dev.kubepki.api.failure.FieldError.Type.REQUIRED;
import static dev.kubepki.api.failure.FieldError.Type.TOO_LONG;

import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.failure.Rendering;
import java.util.ArrayList;
import java.util.List;

/// The name of a signer, `domain/path`, and the rules for it.
final class SignerName {
    static final String APISERVER_CLIENT = "kubernetes.io/kube-apiserver-client";
    static final String APISERVER_CLIENT_KUBELET = "kubernetes.io/kube-apiserver-client-kubelet";
    static final String KUBELET_SERVING = "kubernetes.io/kubelet-serving";
    static final String LEGACY_UNKNOWN = "kubernetes.io/legacy-unknown";

    private static final int MAX_DOMAIN = 253;
    private static final int MAX_NAME = 571;

    private SignerName() {}

    static List<FieldError> validate(String name, String field) {
        if (name.isEmpty()) {
            return List.of(FieldError.of(REQUIRED, field, ""));
        }
        int slash = name.indexOf('/');
        if (slash < 0 || name.indexOf('/', slash + 1) >= 0) {
            return List.of(invalid(
                    field, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'"));
        }
        List<FieldError> errors = new ArrayList<>();
        domain(name.substring(0, slash), field, errors);
        String path = name.substring(slash + 1);
        for (String segment : path.split("\\.", -1)) {
            List<String> faults = DnsNames.subdomain(segment);
            if (!faults.isEmpty()) {
                errors.add(invalid(
                        field, path, "validating label " + Rendering.quote(segment) + ": " + faults.getFirst()));
                break;
            }
        }
        if (DnsNames.bytes(name) > MAX_NAME) {
            errors.add(FieldError.of(TOO_LONG, field, "may not be more than 571 bytes"));
        }
        return errors;
    }

    private static void domain(String domain, String field, List<FieldError> errors) {
        if (DnsNames.bytes(domain) > MAX_DOMAIN) {
            errors.add(FieldError.of(TOO_LONG, field, "may not be more than 253 bytes"));
        }
        String[] labels = domain.split("\\.", -1);
        for (String label : labels) {
            List<String> faults = DnsNames.label(label);
            if (!faults.isEmpty()) {
                errors.add(invalid(
                        field, domain, "validating label " + Rendering.quote(label) + ": " + faults.getFirst()));
                break;
            }
        }
        if (labels.length < 2) {
            errors.add(invalid(field, domain, "should be a domain with at least two segments separated by dots"));
        }
    }

    private static FieldError invalid(String field, String value, String detail) {
        return FieldError.of(INVALID, field, Rendering.quote(value), detail);
    }
}
