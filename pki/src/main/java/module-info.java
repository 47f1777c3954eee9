import org.jspecify.annotations.NullMarked;

/// The PKI of a Kubernetes cluster, as a library.
@NullMarked
module dev.kubepki.pki {
    requires static transitive org.jspecify;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.snakeyaml.engine;
    requires tools.jackson.core;
    // The native provider is optional: without its jar the JDK's providers do the same work.
    requires static com.amazon.corretto.crypto.provider;

    exports dev.kubepki.pki.cluster;
    exports dev.kubepki.pki.document;
    exports dev.kubepki.pki.exchange;
    exports dev.kubepki.pki.files;
    exports dev.kubepki.pki.inspect;
    exports dev.kubepki.pki.inventory;
    exports dev.kubepki.pki.issue;
    exports dev.kubepki.pki.key;
    exports dev.kubepki.pki.trust;
    exports dev.kubepki.pki.verify;
    exports dev.kubepki.pki.x509;
}
