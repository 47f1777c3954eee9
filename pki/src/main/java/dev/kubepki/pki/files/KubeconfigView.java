package dev.kubepki.pki.files;

import dev.kubepki.pki.document.Mapping;
import java.util.List;
import java.util.Map;

/// A kubeconfig as people are shown it, in the form of `kubectl config view`.
public final class KubeconfigView {
    private static final String OMITTED = "DATA+OMITTED";
    private static final String REDACTED = "REDACTED";

    /// What stands in place of each field that is long or secret.
    private static final Map<String, String> HIDDEN = Map.of(
            "certificate-authority-data", OMITTED,
            "client-certificate-data", OMITTED,
            "client-key-data", OMITTED,
            "token", REDACTED,
            "password", REDACTED);

    private KubeconfigView() {}

    /// Without secrets and long data.
    public static Kubeconfig redacted(Kubeconfig config) {
        return config.changed(entry -> {
            Mapping fields = entry.fields();
            for (Map.Entry<String, String> hidden : HIDDEN.entrySet()) {
                if (entry.text(hidden.getKey()).isPresent()) {
                    fields = fields.with(hidden.getKey(), hidden.getValue());
                }
            }
            return entry.with(fields);
        });
    }

    /// With the content of certificate and key files in place of their paths.
    ///
    /// @throws FileFailure if one can't be read
    public static Kubeconfig flattened(Kubeconfig config, DurableFiles files) {
        return config.changed(entry -> {
            NamedEntry flat = entry;
            for (String field : List.of("certificate-authority", "client-certificate", "client-key")) {
                if (entry.kind().pathFields().contains(field)
                        && entry.text(field).isPresent()) {
                    flat = flat.withEmbedded(
                            field, entry.pem(field).orElseThrow().read(files));
                }
            }
            return flat;
        });
    }
}
