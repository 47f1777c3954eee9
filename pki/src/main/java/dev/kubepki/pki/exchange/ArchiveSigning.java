package dev.kubepki.pki.exchange;

import dev.kubepki.pki.issue.IssuanceRefused;
import dev.kubepki.pki.issue.Prepared;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.x509.Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The signing of a whole request archive: everything is checked first, then everything is signed, or nothing.
public final class ArchiveSigning {
    private final RequestArchive archive;
    private final Map<String, IssuingAuthority> signers;
    private final Map<String, List<Certificate>> furtherAuthorities;
    private final List<Line> lines;

    private ArchiveSigning(
            RequestArchive archive,
            Map<String, IssuingAuthority> signers,
            Map<String, List<Certificate>> furtherAuthorities,
            List<Line> lines) {
        this.archive = archive;
        this.signers = signers;
        this.furtherAuthorities = furtherAuthorities;
        this.lines = lines;
    }

    /// One certificate that will be signed.
    public record Line(RequestArchive.Entry entry, RequestReview review, Prepared prepared) {}

    /// Checks every request.
    ///
    /// @param signers the CAs by their names in the catalogue
    /// @param furtherAuthorities CA certificates that are wanted back without signing anything, by name
    /// @param allowPrivileged whether members of `system:masters` may come out
    /// @throws ExchangeFailure with everything that is in the way
    public static ArchiveSigning prepare(
            RequestArchive archive,
            Map<String, IssuingAuthority> signers,
            Map<String, List<Certificate>> furtherAuthorities,
            boolean allowPrivileged,
            CryptoProvider provider,
            Instant now) {
        List<String> problems = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        for (String name : archive.authorities()) {
            if (!signers.containsKey(name) && !furtherAuthorities.containsKey(name)) {
                problems.add("the CA '" + name + "' is asked for: give --authority " + name + "=CERT,KEY");
            }
        }
        for (RequestArchive.Entry entry : archive.entries()) {
            IssuingAuthority signer = signers.get(entry.issuer());
            if (signer == null) {
                if (!archive.authorities().contains(entry.issuer())) {
                    problems.add(entry.id() + ": its CA '" + entry.issuer() + "' is not among those asked for");
                }
                continue;
            }
            RequestReview review = RequestReview.of(entry.request(), entry.terms(allowPrivileged), provider);
            review.refusals().forEach(reason -> problems.add(entry.id() + ": " + reason));
            if (review.isAccepted()) {
                try {
                    lines.add(new Line(
                            entry, review, signer.authority().prepare(review.profile(), review.issuance(), now)));
                } catch (IssuanceRefused e) {
                    problems.add(entry.id() + ": " + e.getMessage());
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new ExchangeFailure("nothing was signed", problems);
        }
        return new ArchiveSigning(archive, signers, furtherAuthorities, List.copyOf(lines));
    }

    /// What will be signed, in the archive's order.
    public List<Line> lines() {
        return lines;
    }

    /// What came out.
    ///
    /// @param archive the answer archive
    /// @param certificates in the order of the lines
    @SuppressWarnings("ArrayRecordComponent") // on its way into a file; never compared
    public record Signed(byte[] archive, String digest, List<Certificate> certificates) {}

    /// Signs. Good for one call.
    public Signed sign(CryptoProvider provider, Instant now) {
        SequencedMap<String, List<Certificate>> certificates = new LinkedHashMap<>();
        SequencedMap<String, IssuingAuthority> used = new LinkedHashMap<>();
        List<Certificate> issued = new ArrayList<>();
        for (Line line : lines) {
            String name = line.entry().issuer();
            IssuingAuthority signer = java.util.Objects.requireNonNull(signers.get(name));
            Certificate certificate = signer.authority().issue(line.prepared());
            issued.add(certificate);
            certificates.put(line.entry().id(), signer.chain(certificate));
            used.put(name, signer);
        }
        SequencedMap<String, List<Certificate>> authorities = new LinkedHashMap<>();
        for (String name : archive.authorities()) {
            IssuingAuthority signer = signers.get(name);
            authorities.put(name, signer == null ? furtherAuthorities.getOrDefault(name, List.of()) : signer.file());
        }
        byte[] bytes = AnswerArchive.encode(archive, now, used, authorities, certificates, provider);
        return new Signed(
                bytes, AnswerArchive.open("the answer", bytes, provider).digest(), issued);
    }
}
