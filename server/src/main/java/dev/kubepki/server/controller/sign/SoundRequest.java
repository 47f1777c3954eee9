package dev.kubepki.server.controller.sign;

import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.SubjectAltName;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What every signer asks, whatever else it asks: that a request says one thing to all who read it.
final class SoundRequest {
    private static final int LARGEST = 64 * 1024;
    private static final int LONGEST_SUBJECT = 4 * 1024;
    private static final int MOST_NAMES = 500;
    private static final int SHORTEST_RSA = 2048;
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final String NODE_PREFIX = "system:node:";
    private static final int LONGEST_NODE = 253;

    /// The rules, in the order in which they are told.
    static final List<SignerRule> RULES = List.of(
            SoundRequest::notTooLarge,
            SoundRequest::subjectIsText,
            SoundRequest::oneCommonName,
            SoundRequest::subjectIsPlain,
            SoundRequest::namesArePlain,
            SoundRequest::notForAnAuthority,
            SoundRequest::keyIsStrong);

    /// The common name is a node's, by the rules for the names of nodes.
    static final SignerRule NODE = asked -> {
        String name = asked.request().subject().commonName().orElse("");
        String node = name.substring(Math.min(NODE_PREFIX.length(), name.length()));
        return node.length() <= LONGEST_NODE && SUBDOMAIN.matcher(node).matches()
                ? Optional.empty()
                : Optional.of("subject common name names no node: behind system:node: there must be a lowercase RFC"
                        + " 1123 subdomain");
    };

    private SoundRequest() {}

    private static Optional<String> notTooLarge(Asked asked) {
        CertificateRequest request = asked.request();
        if (request.der().length > LARGEST) {
            return Optional.of("the request has " + request.der().length + " bytes, and " + LARGEST + " at most");
        }
        if (request.subject().encoded().length > LONGEST_SUBJECT) {
            return Optional.of("the subject has " + request.subject().encoded().length + " bytes, and "
                    + LONGEST_SUBJECT + " at most");
        }
        int names = request.subjectAltNames().size();
        return refuseIf(
                names > MOST_NAMES, "the request has " + names + " subjectAltNames, and " + MOST_NAMES + " at most");
    }

    private static Optional<String> subjectIsText(Asked asked) {
        return asked.request().subject().textProblem().map(problem -> "the subject can't be a name: " + problem);
    }

    /// Of several some tools take the first one, others the last.
    private static Optional<String> oneCommonName(Asked asked) {
        int names =
                asked.request().subject().values(DistinguishedName.COMMON_NAME).size();
        return refuseIf(names > 1, "the subject has " + names + " common names, where one would count and not be seen");
    }

    private static Optional<String> subjectIsPlain(Asked asked) {
        for (List<DistinguishedName.Attribute> rdn : asked.request().subject().rdns()) {
            for (DistinguishedName.Attribute attribute : rdn) {
                Optional<String> problem = PlainText.problem(attribute.value());
                if (problem.isPresent()) {
                    return problem.map(text -> "the subject's " + attribute.shortName() + " " + text);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> namesArePlain(Asked asked) {
        for (SubjectAltName name : asked.request().subjectAltNames()) {
            boolean plain = switch (name) {
                case SubjectAltName.Dns(String dns) -> isPrintable(dns);
                case SubjectAltName.Uri(String uri) -> isPrintable(uri) && isUri(uri);
                case SubjectAltName.Email(String email) -> isPrintable(email) && email.indexOf('@') > 0;
                case SubjectAltName.Ip ip -> true;
                case SubjectAltName.Other other -> false;
            };
            if (!plain) {
                return Optional.of("the subjectAltName " + shown(name) + " is not one that is signed: DNS names, IP"
                        + " addresses, e-mail addresses and URIs in plain ASCII are");
            }
        }
        return Optional.empty();
    }

    private static boolean isPrintable(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c <= '~');
    }

    private static boolean isUri(String text) {
        try {
            return java.net.URI.create(text).isAbsolute();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String shown(SubjectAltName name) {
        StringBuilder text = new StringBuilder();
        name.toString()
                .chars()
                .limit(100)
                .forEach(c -> text.append(
                        c >= ' ' && c <= '~' ? String.valueOf((char) c) : String.format(Locale.ROOT, "\\u%04x", c)));
        return text.toString();
    }

    private static Optional<String> notForAnAuthority(Asked asked) {
        return refuseIf(
                asked.request().basicConstraints().filter(asks -> asks.ca()).isPresent(),
                "the request asks for the certificate of a CA, which no signer of this API makes");
    }

    private static Optional<String> keyIsStrong(Asked asked) {
        PublicKey key = asked.request().publicKey();
        if (key instanceof RSAPublicKey rsa) {
            boolean strong = rsa.getModulus().bitLength() >= SHORTEST_RSA
                    && rsa.getPublicExponent().compareTo(RSAKeyGenParameterSpec.F4) >= 0;
            return refuseIf(
                    !strong,
                    "the key is weak: " + KeyAlgorithm.describe(key) + " with exponent " + rsa.getPublicExponent()
                            + ", where " + SHORTEST_RSA + " bits and 65537 are the least");
        }
        return refuseIf(
                KeyAlgorithm.of(key).isEmpty(),
                "keys of type " + KeyAlgorithm.describe(key)
                        + " are not certified: RSA, ECDSA on P-256, P-384 or P-521, and Ed25519 are");
    }

    private static Optional<String> refuseIf(boolean wrong, String reason) {
        return wrong ? Optional.of(reason) : Optional.empty();
    }
}
