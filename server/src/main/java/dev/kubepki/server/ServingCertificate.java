package dev.kubepki.server;

import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.issue.IssuanceRefused;
import dev.kubepki.pki.issue.IssuanceRequest;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.SubjectAltName;
import dev.kubepki.server.http.ListenerIdentity;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The certificate that the listener shows: made in memory by the cluster's CA, so that it covers every name by which
/// the server is reached here, whatever `apiserver.crt` says.
final class ServingCertificate {
    private static final Logger LOG = System.getLogger(ServingCertificate.class.getName());
    private static final Duration LIFETIME = Duration.ofDays(365);

    private final SetFiles files;
    private final InetSocketAddress bind;
    private final List<String> hostNames;
    private final Clock clock;
    private final RandomGenerator random;
    private final CryptoProvider provider = CryptoProvider.jdk();

    /// @param hostNames names and addresses of this host
    ServingCertificate(
            SetFiles files, InetSocketAddress bind, List<String> hostNames, Clock clock, RandomGenerator random) {
        this.files = files;
        this.bind = bind;
        this.hostNames = hostNames;
        this.clock = clock;
        this.random = random;
    }

    /// The files from which it is made.
    List<Path> sources() {
        List<Path> sources = new ArrayList<>(List.of(
                files.authority(),
                files.authorityKey(),
                files.clientAuthorities(),
                files.apiServer(),
                files.apiServerKey()));
        files.files().servingCertificate().ifPresent(sources::add);
        files.files().servingKey().ifPresent(sources::add);
        return sources;
    }

    /// Changes long before the end of one that was made.
    long period() {
        return clock.instant().getEpochSecond() / LIFETIME.dividedBy(3).toSeconds();
    }

    /// Makes it, or reads the one that is to be shown.
    ListenerIdentity make() throws ServerFailure {
        List<X509Certificate> authorities = jca(PemFiles.certificates(files.clientAuthorities()));
        Optional<Path> given = files.files().servingCertificate();
        if (given.isPresent()) {
            Path key = files.files()
                    .servingKey()
                    .orElseThrow(() -> new ServerFailure("--tls-private-key-file is missing"));
            return fromFiles(given.get(), key, authorities);
        }
        if (Files.exists(files.authorityKey())) {
            return issue(authorities);
        }
        LOG.log(
                Level.WARNING,
                files.authorityKey() + " is not there, so " + files.apiServer()
                        + " is shown; it may lack names by which this server is reached");
        return fromFiles(files.apiServer(), files.apiServerKey(), authorities);
    }

    private ListenerIdentity fromFiles(Path certificate, Path key, List<X509Certificate> authorities)
            throws ServerFailure {
        List<Certificate> chain = PemFiles.certificates(certificate);
        SigningKey own = PemFiles.key(key);
        if (!own.matches(chain.getFirst().publicKey())) {
            throw new ServerFailure(key + " is not the key of " + certificate);
        }
        return new ListenerIdentity(jca(chain), own.jcaKey(), authorities);
    }

    private ListenerIdentity issue(List<X509Certificate> authorities) throws ServerFailure {
        List<Certificate> above = PemFiles.certificates(files.authority());
        SigningKey authorityKey = PemFiles.key(files.authorityKey());
        Instant now = clock.instant();
        try {
            CertificateAuthority authority = new CertificateAuthority(above.getFirst(), authorityKey, provider, random);
            SigningKey key = provider.generate(KeyAlgorithm.ECDSA_P256);
            Certificate own = authority.issue(authority.prepare(
                    CertificateProfile.server(LIFETIME),
                    new IssuanceRequest(DistinguishedName.ofCommonName("kube-apiserver"), names(), key.publicKey()),
                    now));
            List<Certificate> chain = new ArrayList<>(List.of(own));
            // A root is known to who trusts it; what stands between is not.
            above.stream().filter(certificate -> !certificate.isSelfIssued()).forEach(chain::add);
            return new ListenerIdentity(jca(chain), key.jcaKey(), authorities);
        } catch (IssuanceRefused e) {
            throw new ServerFailure(files.authority() + " can't sign a serving certificate: " + e.getMessage(), e);
        }
    }

    private List<SubjectAltName> names() {
        Set<SubjectAltName> names = new LinkedHashSet<>();
        names.add(SubjectAltName.of("localhost"));
        names.add(SubjectAltName.of("127.0.0.1"));
        names.add(SubjectAltName.of("::1"));
        InetAddress address = bind.getAddress();
        if (address != null && !address.isAnyLocalAddress()) {
            names.add(SubjectAltName.of(address.getHostAddress().replaceFirst("%.*", "")));
        }
        hostNames.forEach(name -> names.add(SubjectAltName.of(name)));
        try {
            names.addAll(PemFiles.certificates(files.apiServer()).getFirst().subjectAltNames());
        } catch (ServerFailure absent) {
            LOG.log(Level.DEBUG, () -> "no names were taken from " + files.apiServer() + ": " + absent.sentence());
        }
        return List.copyOf(names);
    }

    private static List<X509Certificate> jca(List<Certificate> certificates) {
        return certificates.stream().map(Certificate::jca).toList();
    }
}
