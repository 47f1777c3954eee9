package dev.kubepki.cli.cluster;

import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.server.controller.sign.Asked;
import dev.kubepki.server.request.RequestedUsages;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A CertificateSigningRequest before it is sent. What an API server or a signer would refuse is refused here.
///
/// @param signerName in full
/// @param expirationSeconds how long the certificate shall be valid; empty for as long as the signer likes
record RequestForm(String name, String signerName, List<String> usages, OptionalLong expirationSeconds) {
    private static final long LEAST_SECONDS = 600;

    /// Judges what is known before there is a key.
    RequestForm {
        usages = usages.stream().map(RequestForm::usage).toList();
        requireName(name);
        requireUsages(usages);
        expirationSeconds.ifPresent(RequestForm::requireLife);
    }

    private static void requireName(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.contains("/") || name.contains("%")) {
            throw new UsageException(
                    "the name '" + name + "' can't be an object's: it may not be empty, . or .., nor hold / or %");
        }
    }

    /// With a blank or a dash: `client auth`, `client-auth`.
    private static String usage(String written) {
        String usage = written.strip().toLowerCase(Locale.ROOT);
        return RequestedUsages.isKnown(usage) ? usage : usage.replace('-', ' ');
    }

    private static void requireUsages(List<String> usages) {
        if (usages.isEmpty()) {
            throw new UsageException("a request needs usages", "Give them with --usage, such as 'client auth'.");
        }
        Set<String> seen = new HashSet<>();
        for (String usage : usages) {
            if (!RequestedUsages.isKnown(usage)) {
                throw new UsageException(
                        "--usage: the API has no usage '" + usage + "'",
                        "Certificates for users need 'client auth', for servers 'server auth'.");
            }
            if (!seen.add(usage)) {
                throw new UsageException("--usage: '" + usage + "' is named twice");
            }
        }
    }

    private static void requireLife(long seconds) {
        if (seconds < LEAST_SECONDS || seconds > Integer.MAX_VALUE) {
            throw new UsageException("the certificate can't be asked for " + seconds
                    + " seconds: the API takes from 600 (ten minutes) to " + Integer.MAX_VALUE);
        }
    }

    /// Refuses what the signer would refuse, as far as its rules are known.
    void require(CertificateRequest request, CryptoProvider provider) {
        if (!request.isSelfSigned(provider)) {
            throw new UsageException("the request's signature is not its own key's: it was changed or damaged");
        }
        Optional<String> violation = SignerNames.policy(signerName)
                .flatMap(policy -> policy.violation(new Asked(request, Set.copyOf(usages), "", List.of())));
        if (violation.isPresent()) {
            throw new UsageException(
                    "the signer " + signerName + " would refuse this request: " + violation.get(), "Nothing was sent.");
        }
    }

    /// The object that asks for it.
    ObjectNode object(CertificateRequest request) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "certificates.k8s.io/v1").put("kind", "CertificateSigningRequest");
        object.putObject("metadata").put("name", name);
        ObjectNode spec = object.putObject("spec");
        spec.put("request", Base64.getEncoder().encodeToString(request.pem().encoded()));
        spec.put("signerName", signerName);
        expirationSeconds.ifPresent(seconds -> spec.put("expirationSeconds", seconds));
        ArrayNode array = spec.putArray("usages");
        usages.forEach(array::add);
        return object;
    }
}
