package dev.kubepki.pki.trust;

import dev.kubepki.pki.document.Mapping;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// A bundle as a Kubernetes object, ready for `kubectl apply`.
public final class TrustManifest {
    /// The key under which pods expect a CA.
    public static final String USUAL_KEY = "ca.crt";

    private static final String USUAL_NAME = "cluster-ca-bundle";
    /// ConfigMaps and Secrets (core `MaxSecretSize`) and `spec.trustBundle` have the same limit.
    private static final int MAX_BYTES = 1 << 20;

    private static final int DIGEST_DIGITS = 24;

    private final TrustBundle bundle;
    private final Optional<String> name;

    /// @param name `metadata.name`; without it a name that fits the kind
    /// @throws TrustFailure where the bundle is larger than 1 MiB, the most that any of the kinds holds
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    public TrustManifest(TrustBundle bundle, Optional<String> name) {
        if (bundle.encoded().length > MAX_BYTES) {
            throw new TrustFailure("the bundle has " + bundle.encoded().length
                    + " bytes and a Kubernetes object holds at most 1 MiB (1048576) of it; leave certificates out");
        }
        this.bundle = bundle;
        this.name = name;
    }

    /// A ConfigMap, what the controller manager publishes its `kube-root-ca.crt` as.
    ///
    /// @param namespace empty for the one that kubectl is set to
    /// @param key the file's name where a pod mounts it
    public Mapping configMap(Optional<String> namespace, String key) {
        return object("v1", "ConfigMap", namespaced(namespace))
                .with("data", Mapping.of(ObjectNames.dataKey(key), bundle.pem()));
    }

    /// A Secret of type Opaque: a CA certificate is no secret, but some programs read it from nowhere else.
    ///
    /// @param namespace empty for the one that kubectl is set to
    /// @param key the file's name where a pod mounts it
    public Mapping secret(Optional<String> namespace, String key) {
        String data = Base64.getEncoder().encodeToString(bundle.encoded());
        return object("v1", "Secret", namespaced(namespace))
                .with("data", Mapping.of(ObjectNames.dataKey(key), data))
                .with("type", "Opaque");
    }

    /// A ClusterTrustBundle, which pods mount by name, or by signer and labels.
    ///
    /// @param signer `spec.signerName`; the object's name must then begin with it (`/` written as `:`)
    public Mapping clusterTrustBundle(Optional<String> signer) {
        String objectName = signer.isPresent()
                ? nameUnder(ObjectNames.signer(signer.get()).replace('/', ':') + ":")
                : ObjectNames.subdomain("the name", name.orElse(USUAL_NAME));
        Mapping spec = Mapping.of().withOptional("signerName", signer).with("trustBundle", bundle.pem());
        return object("certificates.k8s.io/v1beta1", "ClusterTrustBundle", Mapping.of("name", objectName))
                .with("spec", spec);
    }

    /// The whole name as given, or its last part; without one, a digest of the content, so that a changed bundle is a
    /// new object beside the old one, which is how the controller manager names its own.
    private String nameUnder(String prefix) {
        if (name.isEmpty()) {
            return prefix + digest();
        }
        String given = name.get();
        String suffix = given.startsWith(prefix) ? given.substring(prefix.length()) : given;
        if (suffix.contains(":")) {
            throw new TrustFailure("the name '" + given + "' does not begin with '" + prefix
                    + "', as a bundle of this signer must; give the part behind it alone");
        }
        return prefix + ObjectNames.subdomain("the name", suffix);
    }

    private String digest() {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(bundle.encoded());
            return HexFormat.of().formatHex(sha).substring(0, DIGEST_DIGITS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private Mapping namespaced(Optional<String> namespace) {
        return Mapping.of("name", ObjectNames.subdomain("the name", name.orElse(USUAL_NAME)))
                .withOptional("namespace", namespace.map(ObjectNames::namespace));
    }

    private static Mapping object(String version, String kind, Mapping metadata) {
        return Mapping.of("apiVersion", version).with("kind", kind).with("metadata", metadata);
    }
}
