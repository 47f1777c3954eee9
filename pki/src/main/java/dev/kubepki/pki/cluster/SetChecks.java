package dev.kubepki.pki.cluster;

import dev.kubepki.pki.x509.Certificate;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What only the set as a whole can have wrong.
public final class SetChecks {
    private final DesiredSet desired;
    private final FoundSet found;
    private final List<Finding> findings = new ArrayList<>();

    private SetChecks(DesiredSet desired, FoundSet found) {
        this.desired = desired;
        this.found = found;
    }

    /// Every finding about the set as a whole.
    public static List<Finding> of(DesiredSet desired, FoundSet found) {
        SetChecks checks = new SetChecks(desired, found);
        checks.separateAuthorities();
        checks.uniqueSerials();
        checks.sharedCopies();
        return checks.findings;
    }

    /// Whoever holds a certificate of the cluster's CA must not pass as a front proxy or as a client of etcd.
    private void separateAuthorities() {
        Map<String, Item> keys = new HashMap<>();
        for (Item item : desired.authorities()) {
            Optional<Certificate> certificate = certificate(item);
            if (certificate.isEmpty()) {
                continue;
            }
            Item other = keys.putIfAbsent(
                    java.util.HexFormat.of().formatHex(certificate.get().publicKeyInfo()), item);
            if (other != null) {
                add(
                        Finding.Severity.ERROR,
                        "shared-ca-key",
                        item,
                        "has the same key as " + other.mainPath()
                                + ": whoever has a certificate of the one passes at the other",
                        "give each CA a key of its own");
            }
        }
    }

    /// RFC 5280 §4.1.2.2: unique for each CA.
    private void uniqueSerials() {
        Map<CertificateName, Set<BigInteger>> seen = new HashMap<>();
        desired.items().forEach(item -> {
            Optional<Certificate> certificate = item.issuer().isPresent() ? certificate(item) : Optional.empty();
            if (certificate.isPresent()
                    && !seen.computeIfAbsent(item.issuer().orElseThrow(), n -> new HashSet<>())
                            .add(certificate.get().serial())) {
                add(
                        Finding.Severity.ERROR,
                        "duplicate-serial",
                        item,
                        "has the serial number of another certificate of its CA",
                        "kubepki renew " + item.id());
            }
        });
    }

    private void sharedCopies() {
        desired.copies().forEach(copy -> {
            String digest = found.digest(copy.to());
            if (digest.isEmpty()) {
                findings.add(new Finding(
                        Finding.Severity.ERROR, "missing", copy.to(), copy.to(), "is missing", "kubepki init"));
            } else if (!digest.equals(found.digest(copy.from()))) {
                findings.add(new Finding(
                        Finding.Severity.ERROR,
                        "shared-copy",
                        copy.to(),
                        copy.to(),
                        "is not the same as " + copy.from(),
                        "cp " + copy.from() + " " + copy.to()));
            }
        });
    }

    private Optional<Certificate> certificate(Item item) {
        return found.file(item.mainPath()).chain().stream().findFirst();
    }

    private void add(Finding.Severity severity, String check, Item item, String what, String cure) {
        findings.add(new Finding(severity, check, item.id(), item.mainPath(), what, cure));
    }
}
