package dev.kubepki.acceptance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.acceptance.cluster.ClusterSet.Purpose;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The JDK's judgement of a chain.
final class JdkPkix {
    private JdkPkix() {}

    /// `OK`, or the reason of its refusal.
    ///
    /// @param chain the files whose first certificates make the path, the leaf first
    static String validate(List<Path> chain, Path anchor, Purpose purpose)
            throws GeneralSecurityException, IOException {
        List<X509Certificate> path = new ArrayList<>();
        for (Path file : chain) {
            path.add(first(file));
        }
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(first(anchor), null)));
        parameters.setRevocationEnabled(false);
        X509CertSelector target = new X509CertSelector();
        target.setExtendedKeyUsage(Set.of(purpose.oid));
        parameters.setTargetCertConstraints(target);
        try {
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            return "OK";
        } catch (CertPathValidatorException e) {
            return e.getReason() + ": " + e.getMessage();
        }
    }

    private static X509Certificate first(Path file) throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            List<Certificate> read =
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
            assertThat(read).as("%s", file).isNotEmpty();
            return (X509Certificate) read.getFirst();
        }
    }
}
