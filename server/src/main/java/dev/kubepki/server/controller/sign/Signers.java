package dev.kubepki.server.controller.sign;

import dev.kubepki.pki.issue.CertificateAuthority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The signers that run here, each with a name of its own.
public final class Signers {
    private static final System.Logger LOG = System.getLogger(Signers.class.getName());

    private final Map<String, Signer> byName = new LinkedHashMap<>();

    private Signers(Collection<Signer> signers) {
        for (Signer signer : signers) {
            if (byName.put(signer.policy().signerName(), signer) != null) {
                throw new IllegalArgumentException(
                        "there are two signers of the name " + signer.policy().signerName());
            }
        }
    }

    /// Just these.
    public static Signers of(Collection<Signer> signers) {
        return new Signers(signers);
    }

    /// Those that Kubernetes has built in, with one CA for all of them.
    ///
    /// @param longest the lifetime of a certificate whose request names none, and the most that one may ask for
    public static Signers builtIn(Supplier<CertificateAuthority> authority, Duration longest) {
        return builtIn(name -> Optional.of(authority), longest, false);
    }

    /// Those that Kubernetes has built in.
    ///
    /// @param authorities the CA of a signer's name; a signer without one does not run
    /// @param legacy whether the signer of everything runs too, which is worth a warning
    public static Signers builtIn(
            Function<String, Optional<Supplier<CertificateAuthority>>> authorities, Duration longest, boolean legacy) {
        List<SignerPolicy> policies = new ArrayList<>(SignerPolicy.builtIn());
        if (legacy) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the signer " + SignerPolicy.LEGACY_UNKNOWN + " is switched on: whoever may approve its requests"
                            + " can become anybody, the group system:masters included");
            policies.add(SignerPolicy.legacyUnknown());
        }
        List<Signer> signers = new ArrayList<>();
        for (SignerPolicy policy : policies) {
            authorities
                    .apply(policy.signerName())
                    .ifPresent(authority -> signers.add(new Signer(policy, authority, longest)));
        }
        return new Signers(signers);
    }

    /// These and others.
    ///
    /// @throws IllegalArgumentException where a name stands twice
    public Signers and(Collection<Signer> others) {
        List<Signer> all = new ArrayList<>(byName.values());
        all.addAll(others);
        return new Signers(all);
    }

    /// The signer of that name, if it runs here.
    public Optional<Signer> named(String signerName) {
        return Optional.ofNullable(byName.get(signerName));
    }

    /// Their names.
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /// Those that are not Kubernetes' own.
    public List<Signer> others() {
        return byName.values().stream()
                .filter(signer -> SignerPolicy.of(signer.policy().signerName()).isEmpty())
                .toList();
    }
}
