package dev.kubepki.pki.exchange;

import dev.kubepki.pki.cluster.FoundFile.Content;
import dev.kubepki.pki.files.Credential;
import dev.kubepki.pki.files.DirectoryLock;
import dev.kubepki.pki.files.FileTransaction;
import dev.kubepki.pki.files.LedgerEntry;
import dev.kubepki.pki.files.PkiDirectory;
import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.issue.IssuanceRequest;
import dev.kubepki.pki.issue.Prepared;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.DistinguishedName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Signs client certificates for people and programs beyond the catalogue, each with its line in the set's ledger.
public final class ClientIssuer {
    private static final String CERTIFICATE = "pki/ca.crt";
    private static final String KEY = "pki/ca.key";

    private final List<Certificate> file;
    private final CertificateAuthority authority;

    private ClientIssuer(List<Certificate> file, CertificateAuthority authority) {
        this.file = file;
        this.authority = authority;
    }

    /// What came out.
    ///
    /// @param chain the certificate, then the CAs between it and the root
    /// @param capped whether its end was brought forward to the CA's
    public record Issued(List<Certificate> chain, boolean capped) {
        /// The certificate itself.
        public Certificate certificate() {
            return chain.getFirst();
        }
    }

    /// The cluster's CA.
    ///
    /// @param random for serial numbers: a `SecureRandom` outside of tests
    /// @throws dev.kubepki.pki.files.FileFailure where its certificate or key is not there
    public static ClientIssuer of(PkiDirectory directory, CryptoProvider provider, RandomGenerator random) {
        Content certificate = directory.file(CERTIFICATE).content();
        Content key = directory.file(KEY).content();
        if (certificate instanceof Content.Certificates(List<Certificate> file)
                && key instanceof Content.PrivateKey(SigningKey signing)) {
            CertificateAuthority authority = new CertificateAuthority(file.getFirst(), signing, provider, random);
            return new ClientIssuer(file, authority);
        }
        String missing = certificate instanceof Content.Certificates ? KEY : CERTIFICATE;
        Content content = certificate instanceof Content.Certificates ? key : certificate;
        throw Credential.unusable(directory, missing, content);
    }

    /// The CA's file, as whoever checks the API server needs it.
    public List<Certificate> authorities() {
        return file;
    }

    /// Signs, and writes the ledger.
    ///
    /// @param out for the ledger: the file that is written afterwards, or `-`
    /// @throws dev.kubepki.pki.issue.IssuanceRefused where the certificate must not be signed
    public Issued issue(
            DirectoryLock lock, DistinguishedName subject, SigningKey key, Duration validity, Instant now, String out) {
        IssuanceRequest request = new IssuanceRequest(subject, List.of(), key.publicKey());
        Prepared prepared = authority.prepare(CertificateProfile.client(validity), request, now);
        List<Certificate> chain = new ArrayList<>();
        chain.add(authority.issue(prepared));
        // RFC 8446 §4.4.2: a root may be left out of what is sent; whoever trusts it has it.
        file.stream().filter(c -> !c.isSelfIssued()).forEach(chain::add);
        try (FileTransaction change = FileTransaction.begin(lock)) {
            change.record(LedgerEntry.of(now, chain.getFirst(), "kubeconfig", out));
            change.commit();
        }
        return new Issued(List.copyOf(chain), prepared.capped());
    }
}
