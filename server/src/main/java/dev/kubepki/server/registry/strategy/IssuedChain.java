package dev.kubepki.server.registry.strategy;

import static dev.kubepki.api.failure.FieldError.Type.INVALID;
import static dev.kubepki.api.failure.FieldError.Type.REQUIRED;
import static dev.kubepki.api.failure.FieldError.Type.TOO_LONG;

import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.failure.Rendering;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.X509Failure;
import dev.kubepki.server.request.PemBlock;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The chain that ends a PodCertificateRequest well, and the three times beside it.
final class IssuedChain {
    private static final String CHAIN = "status.certificateChain";
    private static final int MAX_BYTES = 100 << 10;
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final Duration MIN_LIFE = Duration.ofHours(1);
    private static final Duration MARGIN = Duration.ofMinutes(10);

    private IssuedChain() {}

    static List<FieldError> validate(ObjectNode object, Instant now) {
        String text = Trees.text(object, "status", "certificateChain");
        if (DnsNames.bytes(text) > MAX_BYTES) {
            return List.of(FieldError.of(TOO_LONG, CHAIN, "may not be more than " + MAX_BYTES + " bytes"));
        }
        List<PemBlock> blocks = PemBlock.read(text.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE);
        if (blocks.isEmpty()) {
            return List.of(chain("issued certificate chain must contain at least one certificate"));
        }
        List<Certificate> certificates = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            if (!blocks.get(i).type().equals("CERTIFICATE")) {
                return List.of(chain("entry " + i + " is not a CERTIFICATE PEM block"));
            }
            try {
                certificates.add(Certificate.decode(blocks.get(i).der()));
            } catch (X509Failure e) {
                return List.of(chain(
                        i == 0
                                ? "leaf certificate does not parse as X.509"
                                : "entry " + i + " does not parse as X.509"));
            }
        }
        Certificate leaf = certificates.getFirst();
        if (!Arrays.equals(leaf.publicKeyInfo(), requestedKey(object.path("spec")))) {
            return List.of(chain("leaf certificate was not issued to the requested public key"));
        }
        return times(object, leaf, now);
    }

    private static FieldError chain(String detail) {
        return new FieldError(INVALID, CHAIN, INVALID.words() + ": " + detail);
    }

    private static byte[] requestedKey(JsonNode spec) {
        String stub = Trees.text(spec, "stubPKCS10Request");
        return stub.isEmpty()
                ? Base64.getDecoder().decode(Trees.text(spec, "pkixPublicKey"))
                : CertificateRequest.decode(Base64.getDecoder().decode(stub)).publicKeyInfo();
    }

    private static List<FieldError> times(ObjectNode object, Certificate leaf, Instant now) {
        List<FieldError> errors = new ArrayList<>();
        Optional<Instant> from = time(object, "notBefore", errors);
        Optional<Instant> to = time(object, "notAfter", errors);
        Optional<Instant> refresh = time(object, "beginRefreshAt", errors);
        if (!errors.isEmpty()) {
            return errors;
        }
        Instant start = from.orElseThrow();
        Instant end = to.orElseThrow();
        Instant again = refresh.orElseThrow();
        Instant leafStart = leaf.validity().notBefore();
        Instant leafEnd = leaf.validity().notAfter();
        check(start.equals(leafStart), "notBefore", start, "must match the leaf certificate's NotBefore", errors);
        boolean close = Duration.between(now, start).abs().compareTo(SKEW) <= 0;
        check(close, "notBefore", start, "must be set to within 5 minutes of kube-apiserver's current time", errors);
        check(end.equals(leafEnd), "notAfter", end, "must match the leaf certificate's NotAfter", errors);
        Duration life = Duration.between(start, end);
        long max = Trees.at(object, "spec", "maxExpirationSeconds").asLong(0);
        check(life.compareTo(MIN_LIFE) >= 0, "notAfter", end, "lifetime must be at least 1 hour", errors);
        check(
                life.toSeconds() <= max,
                "notAfter",
                end,
                "leaf certificate lifetime must be <= spec.maxExpirationSeconds (" + max + ")",
                errors);
        check(
                !again.isBefore(start.plus(MARGIN)),
                "beginRefreshAt",
                again,
                "must be at least 10 minutes after status.notBefore",
                errors);
        check(
                !again.isAfter(end.minus(MARGIN)),
                "beginRefreshAt",
                again,
                "must be at least 10 minutes before status.notAfter",
                errors);
        return errors;
    }

    private static void check(boolean holds, String field, Instant value, String detail, List<FieldError> errors) {
        if (!holds) {
            errors.add(FieldError.of(INVALID, "status." + field, Rendering.quote(value.toString()), detail));
        }
    }

    private static Optional<Instant> time(ObjectNode object, String field, List<FieldError> errors) {
        String text = Trees.text(object, "status", field);
        try {
            if (!text.isEmpty()) {
                return Optional.of(Instant.parse(text));
            }
        } catch (DateTimeException e) {
            errors.add(FieldError.of(INVALID, "status." + field, Rendering.quote(text), "must be an RFC 3339 time"));
            return Optional.empty();
        }
        errors.add(FieldError.of(
                REQUIRED, "status." + field, "must be present and consistent with the issued certificate"));
        return Optional.empty();
    }
}
