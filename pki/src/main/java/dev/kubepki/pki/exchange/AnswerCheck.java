package dev.kubepki.pki.exchange;

import dev.kubepki.pki.cluster.Item;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.verify.PathValidator;
import dev.kubepki.pki.verify.Purpose;
import dev.kubepki.pki.verify.Rejection;
import dev.kubepki.pki.verify.TrustAnchor;
import dev.kubepki.pki.verify.Verdict;
import dev.kubepki.pki.verify.VerificationPolicy;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.Certificate;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether certificates of an answer are what was asked for.
///
/// @param issuers the files of the answer's CAs, by name
record AnswerCheck(Map<String, List<Certificate>> issuers, CryptoProvider provider, Instant now) {
    /// New CA certificates: each a CA, valid, and signed by whoever the description says.
    void authorities(Map<Item, List<Certificate>> authorities, List<String> problems) {
        authorities.forEach((item, file) -> {
            Certificate certificate = file.getFirst();
            if (!certificate.isCa()) {
                problems.add(item.id() + ": the answer's certificate is no CA's");
            }
            if (!certificate.validity().contains(now)) {
                problems.add(item.id() + ": the answer's CA is valid from "
                        + certificate.validity().notBefore() + " to "
                        + certificate.validity().notAfter());
            }
            item.issuer()
                    .map(above -> issuers.getOrDefault(above.label(), List.of()))
                    .filter(above -> !above.isEmpty())
                    .ifPresent(above -> path(item, file, above, problems));
        });
    }

    /// One certificate that was asked for.
    void certificate(Item item, SigningKey key, List<Certificate> chain, List<String> problems) {
        Certificate leaf = chain.getFirst();
        if (!key.matches(leaf.publicKey())) {
            problems.add(item.id() + ": the answer's certificate is for another key");
        }
        if (!leaf.subject().equals(item.subject())) {
            problems.add(item.id() + ": the answer names '" + leaf.subject() + "', and '" + item.subject()
                    + "' was asked for");
        }
        Set<Object> names = new HashSet<>(leaf.subjectAltNames());
        if (!names.equals(new HashSet<Object>(item.subjectAltNames()))) {
            problems.add(item.id() + ": the answer's subject alternative names are " + leaf.subjectAltNames() + ", and "
                    + item.subjectAltNames() + " were asked for");
        }
        usages(item, key, leaf, problems);
        List<Certificate> file =
                issuers.getOrDefault(item.issuer().orElseThrow().label(), List.of());
        if (file.isEmpty()) {
            problems.add(item.id() + ": the answer lacks the certificate of its CA");
        } else {
            path(item, chain, file, problems);
        }
    }

    private void usages(Item item, SigningKey key, Certificate leaf, List<String> problems) {
        boolean same =
                leaf.extendedKeyUsages().orElse(List.of()).equals(item.profile().extendedKeyUsages())
                        && leaf.keyUsage().equals(Optional.of(item.profile().keyUsagesFor(key.algorithm())))
                        && leaf.basicConstraints()
                                .orElse(BasicConstraints.END_ENTITY)
                                .equals(item.profile().basicConstraints());
        if (!same) {
            problems.add(item.id() + ": the answer's usages are not those of the profile '"
                    + item.profile().name() + "' that was asked for");
        }
    }

    /// As in a cluster, every certificate of the CA's file is believed: it may be an intermediate.
    private void path(Item item, List<Certificate> chain, List<Certificate> anchors, List<String> problems) {
        List<TrustAnchor> trusted = anchors.stream().map(TrustAnchor::new).toList();
        Verdict verdict = new PathValidator(trusted, VerificationPolicy.KUBERNETES, provider)
                .verify(chain.getFirst(), chain.subList(1, chain.size()), Purpose.ANY, now);
        if (verdict instanceof Verdict.Rejected(Rejection reason)) {
            problems.add(item.id() + ": the answer's certificate does not verify: " + reason.sentence());
        }
    }
}
