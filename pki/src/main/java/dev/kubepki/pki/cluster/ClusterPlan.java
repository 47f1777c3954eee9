package dev.kubepki.pki.cluster;

import dev.kubepki.pki.cluster.FoundFile.Content;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// How to come from what lies in a folder to what a description asks for, without touching what is right.
public final class ClusterPlan {
    /// Findings about which `init` does nothing, since the file is as good as its maker wanted it.
    private static final Set<String> TOLERATED = Set.of("file-mode");

    private final DesiredSet desired;
    private final FoundSet found;
    private final Examined.SetView view;

    private ClusterPlan(DesiredSet desired, FoundSet found, Examined.SetView view) {
        this.desired = desired;
        this.found = found;
        this.view = view;
    }

    /// Compares. Reads the authorities at once and the rest as the steps are read.
    public static ClusterPlan of(DesiredSet desired, FoundSet found, CryptoProvider provider, Instant now) {
        AuthorityCertificates authorities = AuthorityCertificates.read(desired, found);
        return new ClusterPlan(
                desired, found, new Examined.SetView(desired, found, authorities, provider, now, Duration.ZERO));
    }

    /// Every step, authorities first. Each reading compares anew.
    public Stream<Step> steps() {
        return Stream.concat(desired.items().map(this::step), desired.copies().flatMap(this::copy));
    }

    /// Why nothing may be done; empty where everything may.
    public List<Finding> refusals() {
        return steps().<Finding>mapMulti((step, sink) -> {
                    if (step instanceof Step.Refuse(Item item, List<Finding> findings)) {
                        findings.forEach(sink);
                    }
                })
                .toList();
    }

    /// How many items there are to look at.
    public int size() {
        return desired.size();
    }

    private Step step(Item item) {
        Examined examined = new Examined(item, view);
        boolean external = desired.config().authorities().isExternal(item.name());
        if (examined.isMissing()) {
            return absent(item, external);
        }
        Optional<Step> completed = complete(examined);
        if (completed.isPresent()) {
            return completed.get();
        }
        Check.ALL.forEach(check -> check.rule().look(examined));
        List<Finding> wrong = examined.findings().stream()
                .filter(f -> f.isError() && !TOLERATED.contains(f.check()))
                .toList();
        return wrong.isEmpty() ? new Step.Keep(item) : new Step.Refuse(item, wrong);
    }

    private Step absent(Item item, boolean external) {
        if (external) {
            return refuse(item, "is missing, and its CA is described as external", "put the CA's certificate there");
        }
        Optional<Item> issuer = item.issuer().flatMap(desired::authority);
        if (issuer.isPresent() && lacksKey(issuer.get())) {
            String path = issuer.get().output().paths().getLast();
            return refuse(
                    item,
                    "is missing, and the CA's key " + path + " to sign it is not here",
                    "kubepki request " + item.id());
        }
        return new Step.Issue(item, Optional.empty(), "missing");
    }

    /// A CA whose certificate is here without its key.
    private boolean lacksKey(Item authority) {
        return !found.file(authority.output().paths().getFirst()).isMissing()
                && found.file(authority.output().paths().getLast()).isMissing();
    }

    private Optional<Step> complete(Examined examined) {
        Item item = examined.item();
        Content first = examined.files().getFirst().content();
        Content last = examined.files().getLast().content();
        if (item.isAuthority() && last instanceof Content.Missing && first instanceof Content.Certificates) {
            return Optional.of(keyless(examined));
        }
        if (item.output() instanceof Output.Keys && last instanceof Content.Missing) {
            return examined.key().map(key -> new Step.PublishKey(item, key));
        }
        boolean certificateLost = item.output() instanceof Output.Pair && first instanceof Content.Missing;
        if (certificateLost && !item.isAuthority() && last instanceof Content.PrivateKey(SigningKey key)) {
            Step absent = absent(item, false);
            return Optional.of(
                    absent instanceof Step.Issue
                            ? new Step.Issue(item, Optional.of(key), "for the key that is there")
                            : absent);
        }
        return Optional.empty();
    }

    /// A CA without its key is kept: its leaves must be there already.
    private Step keyless(Examined examined) {
        Check.ALL.forEach(check -> check.rule().look(examined));
        List<Finding> wrong = examined.findings().stream()
                .filter(f -> f.isError()
                        && !TOLERATED.contains(f.check())
                        && !f.check().equals("missing"))
                .toList();
        return wrong.isEmpty() ? new Step.Keep(examined.item()) : new Step.Refuse(examined.item(), wrong);
    }

    private static Step refuse(Item item, String what, String cure) {
        return new Step.Refuse(
                item, List.of(new Finding(Finding.Severity.ERROR, "missing", item.id(), item.mainPath(), what, cure)));
    }

    private Stream<Step> copy(SharedCopy copy) {
        FoundFile target = found.file(copy.to());
        if (target.isMissing()) {
            return Stream.of(new Step.Copy(copy));
        }
        if (found.digest(copy.to()).equals(found.digest(copy.from()))) {
            return Stream.empty();
        }
        Item owner = desired.items()
                .filter(i -> i.output().paths().contains(copy.from()))
                .findFirst()
                .orElseThrow();
        return Stream.of(new Step.Refuse(
                owner,
                List.of(new Finding(
                        Finding.Severity.ERROR,
                        "shared-copy",
                        owner.id(),
                        copy.to(),
                        "is not the same as " + copy.from(),
                        "cp " + copy.from() + " " + copy.to()))));
    }
}
