package dev.kubepki.api.client.remote;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.verify.PathValidator;
import dev.kubepki.pki.verify.PeerName;
import dev.kubepki.pki.verify.Purpose;
import dev.kubepki.pki.verify.TrustAnchor;
import dev.kubepki.pki.verify.Verdict;
import dev.kubepki.pki.verify.VerificationPolicy;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.X509Failure;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Judges a server's certificate by the kubeconfig's CA and by the name under which the server is called, which may be
/// another than its host's. What is wrong is told in a sentence.
final class ServerTrust extends X509ExtendedTrustManager {
    /// Servers' certificates without digitalSignature are common, and Go takes them.
    private static final VerificationPolicy POLICY = new VerificationPolicy(
            "API servers",
            VerificationPolicy.KUBERNETES.rules(),
            VerificationPolicy.KUBERNETES.nameComparison(),
            false,
            VerificationPolicy.KUBERNETES.minimumRsaBits(),
            VerificationPolicy.KUBERNETES.maxIntermediates(),
            VerificationPolicy.KUBERNETES.budget());

    private final @Nullable PathValidator validator;
    private final List<PeerName> names;
    private final Clock clock;

    private ServerTrust(@Nullable PathValidator validator, List<PeerName> names, Clock clock) {
        this.validator = validator;
        this.names = names;
        this.clock = clock;
    }

    /// @param name of the server, or its address
    static ServerTrust of(List<Certificate> authorities, String name, Clock clock) {
        List<TrustAnchor> anchors = authorities.stream().map(TrustAnchor::new).toList();
        return new ServerTrust(
                new PathValidator(anchors, POLICY, CryptoProvider.jdk()), List.of(PeerName.of(name)), clock);
    }

    /// Takes any server for the right one, as `insecure-skip-tls-verify` asks for.
    static ServerTrust blind(Clock clock) {
        return new ServerTrust(null, List.of(), clock);
    }

    private void judge(X509Certificate[] chain) throws CertificateException {
        if (validator == null) {
            return;
        }
        List<Certificate> shown = new ArrayList<>(chain.length);
        try {
            for (X509Certificate each : chain) {
                shown.add(Certificate.decode(each.getEncoded()));
            }
            Verdict verdict = validator.verify(
                    shown.getFirst(), shown.subList(1, shown.size()), Purpose.SERVER, names, clock.instant());
            if (verdict instanceof Verdict.Rejected rejected) {
                throw new CertificateException(rejected.reason().sentence());
            }
        } catch (X509Failure e) {
            throw new CertificateException("the server's certificate can't be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        judge(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        judge(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        judge(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("there are no clients here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("there are no clients here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("there are no clients here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
