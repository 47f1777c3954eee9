package dev.kubepki.pki.verify;

import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.X509Failure;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The JDK's own path building, without revocation. It asks neither for a purpose nor for a name.
@SuppressWarnings("JavaUtilDate") // the JDK's own form of an instant
final class JdkPkix {
    private JdkPkix() {}

    static boolean accepts(Certificate anchor, Certificate leaf, List<Certificate> untrusted, Instant at) {
        return accepts(List.of(anchor), leaf, untrusted, at, 8);
    }

    static boolean accepts(
            List<Certificate> anchors, Certificate leaf, List<Certificate> untrusted, Instant at, int depth) {
        try {
            List<X509Certificate> others = new ArrayList<>();
            others.add(leaf.jca());
            untrusted.forEach(certificate -> others.add(certificate.jca()));
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(others.getFirst());
            Set<java.security.cert.TrustAnchor> trusted = new HashSet<>();
            anchors.forEach(anchor -> trusted.add(new java.security.cert.TrustAnchor(anchor.jca(), null)));
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(trusted, target);
            parameters.setRevocationEnabled(false);
            parameters.setMaxPathLength(depth);
            parameters.setDate(Date.from(at));
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(others)));
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return true;
        } catch (GeneralSecurityException | X509Failure | UnsupportedOperationException e) {
            // The last one: constraints on otherName, where the JDK throws instead of refusing.
            return false;
        }
    }
}
