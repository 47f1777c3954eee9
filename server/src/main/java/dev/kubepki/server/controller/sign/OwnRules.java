package dev.kubepki.server.controller.sign;

import dev.kubepki.pki.cluster.Cidr;
import dev.kubepki.pki.cluster.IpAddress;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.SubjectAltName;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The rules of signers from a file: what a row does not allow is refused.
final class OwnRules {
    private static final Set<String> NAMED = Set.of(DistinguishedName.COMMON_NAME, DistinguishedName.ORGANIZATION);

    private OwnRules() {}

    /// The names that a row allows.
    ///
    /// @param wildcards whether `*` may stand for the first label of a name that is asked for
    record Names(
            List<NamePattern> dns,
            boolean wildcards,
            Optional<ServiceNames> services,
            List<Cidr> ranges,
            List<String> uris,
            List<NamePattern> emails) {}

    /// The keys that a row allows; zero where none of a kind is.
    record Sizes(int rsa, int ecdsa, boolean ed25519) {}

    /// The subjects that a row allows.
    ///
    /// @param others whether attributes beside CN and O may stand there
    record Subjects(Optional<List<NamePattern>> commonNames, List<NamePattern> organizations, boolean others) {}

    static SignerRule subject(Subjects subjects) {
        return asked -> {
            DistinguishedName subject = asked.request().subject();
            for (String organization : subject.organizations()) {
                if (!matches(subjects.organizations(), organization)) {
                    return Optional.of("the signer does not sign for the organization " + organization);
                }
            }
            Optional<String> foreign = subject.rdns().stream()
                    .flatMap(List::stream)
                    .filter(attribute -> !subjects.others() && !NAMED.contains(attribute.oid()))
                    .findFirst()
                    .map(attribute -> "the signer does not sign subjects with " + attribute.shortName());
            return foreign.or(() -> subject.commonName().flatMap(name -> commonName(subjects, name, asked)));
        };
    }

    /// Without patterns a common name repeats one of the names beside it.
    private static Optional<String> commonName(Subjects subjects, String name, Asked asked) {
        if (subjects.commonNames().isPresent()) {
            return matches(subjects.commonNames().get(), name)
                    ? Optional.empty()
                    : Optional.of("the signer does not sign for the common name " + name);
        }
        boolean repeated = asked.request().subjectAltNames().stream().anyMatch(beside -> switch (beside) {
            case SubjectAltName.Dns(String dns) -> dns.equals(name);
            case SubjectAltName.Ip(String ip) -> ip.equals(name);
            default -> false;
        });
        return repeated
                ? Optional.empty()
                : Optional.of("the common name " + name + " is not one of the request's own subjectAltNames");
    }

    static SignerRule names(Names names) {
        return asked -> {
            for (SubjectAltName name : asked.request().subjectAltNames()) {
                Optional<String> problem = problem(names, name, asked);
                if (problem.isPresent()) {
                    return problem;
                }
            }
            return Optional.empty();
        };
    }

    private static Optional<String> problem(Names names, SubjectAltName name, Asked asked) {
        return switch (name) {
            case SubjectAltName.Dns(String dns) -> dnsProblem(names, dns, asked);
            case SubjectAltName.Ip ip -> ipProblem(names, ip, asked);
            case SubjectAltName.Uri(String uri) ->
                refuseUnless(names.uris().stream().anyMatch(prefix -> isBelow(uri, prefix)), name);
            case SubjectAltName.Email(String email) -> refuseUnless(matches(names.emails(), email), name);
            case SubjectAltName.Other other -> refuseUnless(false, name);
        };
    }

    private static Optional<String> dnsProblem(Names names, String dns, Asked asked) {
        boolean wildcard = dns.startsWith("*.");
        if (wildcard && !names.wildcards()) {
            return Optional.of("the signer signs no wildcards, and " + dns + " is one");
        }
        if (matches(names.dns(), wildcard ? "any" + dns.substring(1) : dns)) {
            return Optional.empty();
        }
        return names.services().isPresent()
                ? names.services().get().problem(dns, asked)
                : refuseUnless(false, new SubjectAltName.Dns(dns));
    }

    private static Optional<String> ipProblem(Names names, SubjectAltName.Ip ip, Asked asked) {
        Optional<String> problem = names.services().isPresent() ? ServiceNames.ipProblem(ip, asked) : Optional.empty();
        IpAddress address = new IpAddress(ip.address());
        return problem.or(() -> refuseUnless(names.ranges().stream().anyMatch(range -> range.contains(address)), ip));
    }

    /// No way leads up and out of a prefix.
    private static boolean isBelow(String uri, String prefix) {
        return uri.startsWith(prefix) && !uri.contains("/../") && !uri.endsWith("/..") && !uri.contains("%");
    }

    private static Optional<String> refuseUnless(boolean allowed, SubjectAltName name) {
        return allowed ? Optional.empty() : Optional.of("the signer does not sign for the name " + name);
    }

    private static boolean matches(List<NamePattern> patterns, String text) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(text));
    }

    static SignerRule keys(Sizes sizes) {
        return asked -> {
            PublicKey key = asked.request().publicKey();
            int least = switch (key) {
                case RSAPublicKey _ -> sizes.rsa();
                case ECPublicKey _ -> sizes.ecdsa();
                default -> sizes.ed25519() ? 1 : 0;
            };
            int bits = switch (key) {
                case RSAPublicKey rsa -> rsa.getModulus().bitLength();
                case ECPublicKey ec -> ec.getParams().getCurve().getField().getFieldSize();
                default -> 1;
            };
            return least > 0 && bits >= least
                    ? Optional.empty()
                    : Optional.of("the signer takes no key of the kind " + KeyAlgorithm.describe(key));
        };
    }
}
