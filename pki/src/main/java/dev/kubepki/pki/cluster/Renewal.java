package dev.kubepki.pki.cluster;

import dev.kubepki.pki.cluster.FoundFile.Content;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Which members of a set get new certificates, and the steps to it. New certificates follow the description, not the
/// old
/// ones: a description that changed takes effect here.
public final class Renewal {
    private final DesiredSet desired;
    private final FoundSet found;
    private final Predicate<Item> chosen;
    private final boolean keepKeys;

    private Renewal(DesiredSet desired, FoundSet found, Predicate<Item> chosen, boolean keepKeys) {
        this.desired = desired;
        this.found = found;
        this.chosen = chosen;
        this.keepKeys = keepKeys;
    }

    /// The members that have one of these names, as [Item#id] or on every node as its label.
    public static Renewal named(DesiredSet desired, FoundSet found, Set<String> names) {
        return new Renewal(
                desired,
                found,
                item -> item.name() != CertificateName.SA
                        && (names.contains(item.id())
                                || names.contains(item.name().label())),
                false);
    }

    /// Every leaf.
    public static Renewal all(DesiredSet desired, FoundSet found) {
        return new Renewal(desired, found, Renewal::isLeaf, false);
    }

    /// Every leaf that is missing, can't be read, or ends within a time.
    public static Renewal due(DesiredSet desired, FoundSet found, Instant now, Duration within) {
        return new Renewal(
                desired,
                found,
                item -> isLeaf(item)
                        && leaf(found, item)
                                .map(c -> c.validity().remaining(now).compareTo(within) < 0)
                                .orElse(true),
                false);
    }

    /// The same, keeping the private keys that can be read.
    public Renewal keepingKeys() {
        return new Renewal(desired, found, chosen, true);
    }

    /// The names that nothing in the set bears.
    public List<String> unknown(Set<String> names) {
        List<String> unknown = new ArrayList<>(names);
        desired.items().forEach(item -> {
            unknown.remove(item.id());
            unknown.remove(item.name().label());
        });
        return unknown;
    }

    /// What is renewed, authorities first.
    public Stream<Item> items() {
        return desired.items().filter(chosen);
    }

    /// Why it can't be done; empty where it can.
    public List<Finding> obstacles() {
        List<Finding> obstacles = new ArrayList<>();
        Set<CertificateName> needed = EnumSet.noneOf(CertificateName.class);
        items().forEach(item -> {
            item.issuer().ifPresent(needed::add);
            if (item.isAuthority()) {
                needed.add(item.name());
            }
        });
        for (CertificateName name : needed) {
            desired.authority(name).ifPresent(authority -> {
                for (String path : authority.output().paths()) {
                    Content content = found.file(path).content();
                    if (content instanceof Content.Missing) {
                        obstacles.add(obstacle(
                                authority,
                                path,
                                "is missing, and without it nothing can be signed",
                                "bring it back from a backup, or 'kubepki request' and have it signed elsewhere"));
                    } else if (content instanceof Content.Broken(String reason)) {
                        obstacles.add(obstacle(authority, path, reason, "bring it back from a backup"));
                    }
                }
            });
        }
        return obstacles;
    }

    private static Finding obstacle(Item authority, String path, String what, String cure) {
        return new Finding(Finding.Severity.ERROR, "missing", authority.id(), path, what, cure);
    }

    /// The steps, authorities first; then what carries a renewed CA's certificate; then the copies.
    public Stream<Step> steps() {
        Set<CertificateName> renewedAuthorities = EnumSet.noneOf(CertificateName.class);
        items().filter(Item::isAuthority).forEach(item -> renewedAuthorities.add(item.name()));
        Stream<Step> renewed = items().map(this::step);
        Stream<Step> refreshed = desired.items()
                .filter(item -> !item.isAuthority() && !chosen.test(item))
                .filter(item ->
                        item.issuer().filter(renewedAuthorities::contains).isPresent())
                .filter(item -> item.output() instanceof Output.Config
                        || leaf(found, item).isPresent())
                .filter(item -> !found.file(item.mainPath()).isMissing())
                .map(Step.Refresh::new);
        return Stream.concat(Stream.concat(renewed, refreshed), desired.copies().map(Step.Copy::new));
    }

    private Step step(Item item) {
        if (item.isAuthority()) {
            Certificate old = leaf(found, item).orElseThrow();
            return new Step.Reissue(item, old, key(item).orElseThrow());
        }
        return new Step.Issue(item, keepKeys ? key(item) : Optional.empty(), "renewal");
    }

    private Optional<SigningKey> key(Item item) {
        return switch (found.file(item.output().paths().getLast()).content()) {
            case Content.PrivateKey(SigningKey key) -> Optional.of(key);
            case Content.Kubeconfig(FoundFile.FoundKubeconfig config) -> config.key();
            default -> Optional.empty();
        };
    }

    private static boolean isLeaf(Item item) {
        return !item.isAuthority() && item.name() != CertificateName.SA;
    }

    private static Optional<Certificate> leaf(FoundSet found, Item item) {
        return switch (found.file(item.mainPath()).content()) {
            case Content.Certificates(List<Certificate> chain) -> chain.stream().findFirst();
            case Content.Kubeconfig(FoundFile.FoundKubeconfig config) ->
                config.chain().stream().findFirst();
            default -> Optional.empty();
        };
    }
}
