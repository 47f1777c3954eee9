package dev.kubepki.pki.cluster;

import dev.kubepki.pki.cluster.FoundFile.Content;
import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.IssuanceRequest;
import dev.kubepki.pki.issue.Prepared;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Carries out a plan's issuing: keys and certificates, in memory. Leaves are made side by side and handed out in the
/// plan's
/// order, a bounded number at a time.
public final class ClusterIssuer {
    private static final int AHEAD = 64;

    private final FoundSet found;
    private final CryptoProvider provider;
    private final RandomGenerator random;
    private final Instant now;
    private final Map<CertificateName, Signer> signers = new EnumMap<>(CertificateName.class);

    /// @param random for serial numbers
    public ClusterIssuer(FoundSet found, CryptoProvider provider, RandomGenerator random, Instant now) {
        this.found = found;
        this.provider = provider;
        this.random = random;
        this.now = now;
    }

    /// Who takes what was made. Called in the plan's order, by one thread.
    public interface Sink<E extends Exception> {
        /// Takes one.
        void accept(Made made) throws E;
    }

    /// A CA and what follows it in a chain file.
    private record Signer(CertificateAuthority authority, List<Certificate> chain, List<Certificate> file) {}

    /// Makes everything that the steps ask for.
    ///
    /// @throws dev.kubepki.pki.issue.IssuanceRefused where a certificate must not be signed as described
    public <E extends Exception> void issue(DesiredSet desired, Stream<Step> steps, Sink<E> sink) throws E {
        try (ExecutorService pool =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            Map<CertificateName, Future<SigningKey>> early = authorityKeys(desired, pool);
            Deque<Future<Made>> running = new ArrayDeque<>();
            Iterator<Step> iterator = steps.filter(ClusterIssuer::isWork).iterator();
            while (iterator.hasNext()) {
                Step step = iterator.next();
                if (step instanceof Step.Issue issue && issue.item().isAuthority()) {
                    sink.accept(authority(issue, early));
                } else if (step instanceof Step.Reissue reissue) {
                    reissue.item().issuer().ifPresent(name -> loadIssuer(desired, name));
                    sink.accept(reissue(reissue));
                } else {
                    issuerOf(step).ifPresent(name -> loadIssuer(desired, name));
                    running.add(pool.submit(() -> leaf(step)));
                }
                if (running.size() >= AHEAD) {
                    sink.accept(await(running.remove()));
                }
            }
            while (!running.isEmpty()) {
                sink.accept(await(running.remove()));
            }
        }
    }

    /// The keys of all missing CAs at once: they are what everything else waits for.
    private Map<CertificateName, Future<SigningKey>> authorityKeys(DesiredSet desired, ExecutorService pool) {
        Map<CertificateName, Future<SigningKey>> keys = new EnumMap<>(CertificateName.class);
        for (Item item : desired.authorities()) {
            if (item.output().paths().stream().allMatch(path -> found.file(path).isMissing())) {
                KeyAlgorithm algorithm = item.algorithm();
                keys.put(item.name(), pool.submit(() -> provider.generate(algorithm)));
            }
        }
        return keys;
    }

    private Made authority(Step.Issue step, Map<CertificateName, Future<SigningKey>> early) {
        Item item = step.item();
        Future<SigningKey> waiting = early.get(item.name());
        SigningKey key = waiting == null ? provider.generate(item.algorithm()) : await(waiting);
        Optional<Signer> above = item.issuer().map(this::signer);
        CertificateAuthority made;
        boolean capped = false;
        if (above.isPresent()) {
            CertificateAuthority parent = above.get().authority();
            Prepared prepared = parent.prepare(item.profile(), request(item, key), now);
            capped = prepared.capped();
            made = parent.intermediate(prepared, key);
        } else {
            made = CertificateAuthority.root(item.profile(), item.subject(), key, now, provider, random);
        }
        signers.put(item.name(), signer(made, List.of(made.certificate())));
        return new Made.Issued(item, List.of(made.certificate()), List.of(made.certificate()), key, capped);
    }

    /// The same name, key and key identifier, so that everything below stays valid.
    private Made reissue(Step.Reissue step) {
        Item item = step.item();
        Optional<CertificateAuthority> above =
                item.issuer().map(name -> signer(name).authority());
        CertificateAuthority renewed =
                CertificateAuthority.renewed(step.old(), item.profile(), step.key(), above, now, provider, random);
        List<Certificate> file = List.of(renewed.certificate());
        signers.put(item.name(), signer(renewed, file));
        return new Made.Issued(item, file, file, step.key(), false);
    }

    private static Signer signer(CertificateAuthority authority, List<Certificate> file) {
        // RFC 8446 §4.4.2: a root may be left out of what a server sends; whoever trusts it has it.
        List<Certificate> chain = file.stream().filter(c -> !c.isSelfIssued()).toList();
        return new Signer(authority, chain, file);
    }

    private Signer signer(CertificateName name) {
        Signer signer = signers.get(name);
        if (signer == null) {
            throw new IllegalStateException("the plan issues before its CA '" + name.label() + "'");
        }
        return signer;
    }

    private static boolean isWork(Step step) {
        return !(step instanceof Step.Keep || step instanceof Step.Copy || step instanceof Step.Refuse);
    }

    private static Optional<CertificateName> issuerOf(Step step) {
        if (step instanceof Step.Issue issue) {
            return issue.item().issuer();
        }
        return step instanceof Step.Refresh refresh ? refresh.item().issuer() : Optional.empty();
    }

    /// A CA that was there before.
    private void loadIssuer(DesiredSet desired, CertificateName name) {
        if (!signers.containsKey(name)) {
            load(desired.authority(name).orElseThrow());
        }
    }

    private void load(Item item) {
        Content certificate = found.file(item.output().paths().getFirst()).content();
        Content key = found.file(item.output().paths().getLast()).content();
        if (certificate instanceof Content.Certificates(List<Certificate> file)
                && key instanceof Content.PrivateKey(SigningKey signing)) {
            CertificateAuthority authority = new CertificateAuthority(file.getFirst(), signing, provider, random);
            signers.put(item.name(), signer(authority, file));
            return;
        }
        throw new IllegalStateException("the plan issues under a CA that is not here: " + item.id());
    }

    private Made leaf(Step step) {
        if (step instanceof Step.PublishKey(Item item, SigningKey key)) {
            return new Made.Keys(item, key, false);
        }
        if (step instanceof Step.Refresh(Item item)) {
            Signer signer = signer(item.issuer().orElseThrow());
            return new Made.Refreshed(item, signer.chain(), signer.file());
        }
        Step.Issue issue = (Step.Issue) step;
        Item item = issue.item();
        SigningKey key = issue.key().orElseGet(() -> provider.generate(item.algorithm()));
        if (item.output() instanceof Output.Keys) {
            return new Made.Keys(item, key, true);
        }
        Signer signer = signer(item.issuer().orElseThrow());
        Prepared prepared = signer.authority().prepare(item.profile(), request(item, key), now);
        List<Certificate> chain = new ArrayList<>();
        chain.add(signer.authority().issue(prepared));
        chain.addAll(signer.chain());
        return new Made.Issued(item, chain, signer.file(), key, prepared.capped());
    }

    private static IssuanceRequest request(Item item, SigningKey key) {
        return new IssuanceRequest(item.subject(), item.subjectAltNames(), key.publicKey());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        }
    }
}
