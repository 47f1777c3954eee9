package dev.kubepki.api.openapi;

import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.kind.GroupVersionKind;
import java.util.Locale;

/// Names in OpenAPI: of definitions, of operations and of tags.
final class Names {
    static final String META = "k8s.io.apimachinery.pkg.apis.meta.v1.";
    private static final String DOMAIN = "k8s.io.";
    private static final String REVERSED_DOMAIN = "io.k8s.";

    private Names() {}

    /// `io.k8s.api.core.v1.Pod` of `k8s.io.api.core.v1.Pod`; names that protobuf cannot spell get their hyphens back.
    static String definition(String message) {
        String name = message.startsWith(DOMAIN) ? REVERSED_DOMAIN + message.substring(DOMAIN.length()) : message;
        return name.replace('_', '-');
    }

    /// Of a kind whose fields are not known.
    static String definition(GroupVersionKind kind) {
        String group = kind.group().isEmpty() ? "core" : firstLabel(kind.group());
        return REVERSED_DOMAIN + "api." + group + "." + kind.version() + "." + kind.kind();
    }

    /// `CertificatesV1`: what stands between the verb and the kind in the name of an operation.
    static String operationPrefix(GroupVersion groupVersion) {
        return capitalized(groupWords(groupVersion.group())) + capitalized(groupVersion.version());
    }

    /// `certificates_v1`.
    static String tag(GroupVersion groupVersion) {
        return groupWords(groupVersion.group()) + "_" + groupVersion.version();
    }

    /// `rbacAuthorization` of `rbac.authorization.k8s.io`.
    private static String groupWords(String group) {
        if (group.isEmpty()) {
            return "core";
        }
        String own = group.endsWith(".k8s.io") ? group.substring(0, group.length() - ".k8s.io".length()) : group;
        StringBuilder words = new StringBuilder();
        for (String label : own.split("\\.", -1)) {
            words.append(words.isEmpty() ? label : capitalized(label));
        }
        return words.toString();
    }

    private static String firstLabel(String group) {
        int dot = group.indexOf('.');
        return dot < 0 ? group : group.substring(0, dot);
    }

    static String capitalized(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
