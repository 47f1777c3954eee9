package dev.kubepki.bench;

import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.issue.IssuanceRequest;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.CertificateExtensions;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.SubjectAltName;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/// Certificates a second from P-256 requests: parse, check the request's own signature, build, lint, sign, encode.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Threads(2)
public class IssueBenchmark {
    /// The CA's key.
    @Param({"ECDSA_P256", "RSA_2048"})
    public KeyAlgorithm authority;

    /// Who does the arithmetic.
    @Param({"fastest", "jdk"})
    public String provider;

    private CryptoProvider crypto = CryptoProvider.jdk();
    private CertificateAuthority ca;
    private byte[] request = new byte[0];
    private CertificateProfile profile = CertificateProfile.serverAndClient(Duration.ofDays(365));

    /// One CA and one request.
    @Setup
    public void prepare() {
        crypto = provider.equals("jdk") ? CryptoProvider.jdk() : CryptoProvider.fastest();
        Instant now = Instant.now();
        ca = CertificateAuthority.root(
                CertificateProfile.authority(BasicConstraints.AUTHORITY, Duration.ofDays(3650)),
                DistinguishedName.ofCommonName("kubernetes-ca"),
                crypto.generate(authority),
                now,
                crypto,
                new SecureRandom());
        SigningKey key = crypto.generate(KeyAlgorithm.ECDSA_P256);
        request = CertificateRequest.sign(
                        DistinguishedName.of("system:node:worker-0001", List.of("system:nodes")),
                        List.of(CertificateExtensions.subjectAltNames(
                                List.of(SubjectAltName.of("worker-0001"), SubjectAltName.of("10.0.0.1")), false)),
                        key,
                        crypto)
                .der();
    }

    /// One certificate.
    @Benchmark
    public byte[] issue() {
        CertificateRequest parsed = CertificateRequest.decode(request);
        if (!parsed.isSelfSigned(crypto)) {
            throw new IllegalStateException("the request is not its key's");
        }
        IssuanceRequest wanted = new IssuanceRequest(parsed.subject(), parsed.subjectAltNames(), parsed.publicKey());
        return ca.issue(ca.prepare(profile, wanted, Instant.now())).der();
    }
}
