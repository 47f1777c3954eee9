package dev.kubepki.pki.cluster;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.x509.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One item of a set with what was found of it and everything that is wrong with it.
///
/// @param certificate the item's own, where it has one that can be read
/// @param issuer the CA's certificate, where it is there
public record Judgement(
        Item item, Optional<Certificate> certificate, Optional<Certificate> issuer, List<Finding> findings) {
    /// From how long before its end a certificate is reported, where nobody says otherwise.
    public static final Duration SOON = Duration.ofDays(30);

    /// Judges every item of a set against the catalogue, in its order, as the stream is read.
    public static Stream<Judgement> of(
            DesiredSet desired, FoundSet found, CryptoProvider provider, Instant now, Duration soon) {
        AuthorityCertificates authorities = AuthorityCertificates.read(desired, found);
        Examined.SetView view = new Examined.SetView(desired, found, authorities, provider, now, soon);
        return desired.items().map(item -> of(new Examined(item, view)));
    }

    private static Judgement of(Examined examined) {
        if (examined.isMissing()) {
            PresenceChecks.missing(examined);
        } else {
            Check.ALL.forEach(check -> check.rule().look(examined));
        }
        return new Judgement(examined.item(), examined.leaf(), examined.issuer(), List.copyOf(examined.findings()));
    }

    /// Whether nothing is wrong that must be cured now.
    public boolean isRight() {
        return findings.stream().noneMatch(Finding::isError);
    }
}
