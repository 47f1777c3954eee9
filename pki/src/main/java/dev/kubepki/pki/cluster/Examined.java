package dev.kubepki.pki.cluster;

import dev.kubepki.pki.cluster.FoundFile.Content;
import dev.kubepki.pki.cluster.FoundFile.FoundKubeconfig;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One item beside what was found of it: all that a check may look at.
final class Examined {
    private final Item item;
    private final List<FoundFile> files;
    private final SetView set;
    private final List<Finding> findings = new ArrayList<>();

    Examined(Item item, SetView set) {
        this.item = item;
        this.set = set;
        this.files = item.output().paths().stream().map(set.found()::file).toList();
    }

    /// What is the same for every item of one look at a set.
    ///
    /// @param soon from how long before the end a certificate is reported
    record SetView(
            DesiredSet desired,
            FoundSet found,
            AuthorityCertificates authorities,
            CryptoProvider provider,
            Instant now,
            Duration soon) {}

    Item item() {
        return item;
    }

    SetView set() {
        return set;
    }

    Instant now() {
        return set.now();
    }

    List<FoundFile> files() {
        return files;
    }

    List<Finding> findings() {
        return findings;
    }

    boolean isMissing() {
        return files.stream().allMatch(FoundFile::isMissing);
    }

    /// The certificate chain, leaf first; empty where there is none that can be read.
    List<Certificate> chain() {
        return files.getFirst().chain();
    }

    Optional<Certificate> leaf() {
        return chain().stream().findFirst();
    }

    Optional<SigningKey> key() {
        for (FoundFile file : files) {
            if (file.content() instanceof Content.PrivateKey(SigningKey key)) {
                return Optional.of(key);
            }
            if (file.content() instanceof Content.Kubeconfig(FoundKubeconfig config)) {
                return config.key();
            }
        }
        return Optional.empty();
    }

    Optional<Certificate> issuer() {
        return item.issuer().flatMap(set.authorities()::of);
    }

    void error(String check, String path, String what, String cure) {
        findings.add(new Finding(Finding.Severity.ERROR, check, item.id(), path, what, cure));
    }

    void warn(String check, String path, String what, String cure) {
        findings.add(new Finding(Finding.Severity.WARNING, check, item.id(), path, what, cure));
    }

    /// What cures most things.
    String renew() {
        return "kubepki renew " + item.id();
    }
}
