package dev.kubepki.server.controller.sign;

import dev.kubepki.pki.x509.SubjectAltName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// One thing that a signer asks of a request.
///
/// The texts are those of Kubernetes' own signers where these have the rule: people search for them.
public interface SignerRule {
    /// What is violated; nothing when the rule is kept.
    Optional<String> violation(Asked asked);

    /// Each usage is one of these.
    static SignerRule onlyUsages(String kind, Set<String> permitted) {
        return asked -> asked.usages().stream()
                .filter(usage -> !permitted.contains(usage))
                .sorted()
                .findFirst()
                .map(usage -> "invalid usage for " + kind + ": " + usage);
    }

    /// The usage is asked for.
    static SignerRule requiredUsage(String kind, String usage) {
        return asked -> asked.usages().contains(usage)
                ? Optional.empty()
                : Optional.of("missing required usage for " + kind + ": " + usage);
    }

    /// These usages and no others; key encipherment may be left out, as keys that can't encrypt have none.
    static SignerRule exactUsages(Set<String> expected) {
        String text = expected.stream().sorted().toList().toString().replace(",", "");
        Set<String> without = Set.copyOf(expected.stream()
                .filter(usage -> !usage.equals("key encipherment"))
                .toList());
        return asked -> asked.usages().equals(expected) || asked.usages().equals(without)
                ? Optional.empty()
                : Optional.of("usages did not match " + text);
    }

    /// The organization is this one alone.
    static SignerRule organization(String name) {
        return asked -> asked.request().subject().organizations().equals(List.of(name))
                ? Optional.empty()
                : Optional.of("subject organization is not " + name);
    }

    /// The organization is not this one, neither alone nor beside others.
    static SignerRule notOrganization(String name, String message) {
        return asked ->
                asked.request().subject().organizations().contains(name) ? Optional.of(message) : Optional.empty();
    }

    /// The common name begins so.
    static SignerRule commonNamePrefix(String prefix) {
        return asked -> asked.request().subject().commonName().orElse("").startsWith(prefix)
                ? Optional.empty()
                : Optional.of("subject common name does not begin with " + prefix);
    }

    /// None of the alternative names is of that kind.
    static SignerRule without(String kind, Predicate<SubjectAltName> isOfKind) {
        return asked -> asked.request().subjectAltNames().stream().anyMatch(isOfKind)
                ? Optional.of(kind + " subjectAltNames are not allowed")
                : Optional.empty();
    }

    /// There is a host to serve as.
    static SignerRule withHost() {
        return asked -> asked.request().subjectAltNames().stream()
                        .anyMatch(name -> name instanceof SubjectAltName.Dns || name instanceof SubjectAltName.Ip)
                ? Optional.empty()
                : Optional.of("DNS or IP subjectAltName is required");
    }

    /// None of the alternative names is one of these, such as those under which the API server is known.
    static SignerRule notReserved(Supplier<Set<SubjectAltName>> reserved) {
        return asked -> {
            Set<SubjectAltName> taken = reserved.get();
            return asked.request().subjectAltNames().stream()
                    .filter(taken::contains)
                    .findFirst()
                    .map(name -> "the name " + name + " is the API server's");
        };
    }
}
