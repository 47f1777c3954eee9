package dev.kubepki.server.controller.clean;

import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.X509Failure;
import dev.kubepki.server.request.PemBlock;
import dev.kubepki.server.request.RequestObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Why an object is not needed any longer: how old each state may become is a table.
public enum Staleness {
    /// The certificate was there to be fetched.
    ISSUED("Approved", Duration.ofHours(1)) {
        @Override
        boolean fits(RequestObject request, Instant now) {
            return request.hasCertificate() && isPast(request, now);
        }
    },
    /// It was denied.
    DENIED("Denied", Duration.ofHours(1)) {
        @Override
        boolean fits(RequestObject request, Instant now) {
            return isPast(request, now);
        }
    },
    /// It could not be signed.
    FAILED("Failed", Duration.ofHours(1)) {
        @Override
        boolean fits(RequestObject request, Instant now) {
            return isPast(request, now);
        }
    },
    /// Nobody decided about it.
    PENDING("", Duration.ofHours(24)) {
        @Override
        boolean fits(RequestObject request, Instant now) {
            return !request.hasCertificate()
                    && conditions(request).findAny().isEmpty()
                    && isOlder(request.tree().path("metadata").path("creationTimestamp"), limit(), now);
        }
    },
    /// Nobody signed it.
    APPROVED("Approved", Duration.ofHours(24)) {
        @Override
        boolean fits(RequestObject request, Instant now) {
            return !request.hasCertificate() && isPast(request, now);
        }
    },
    /// Its certificate has ended.
    EXPIRED("Approved", Duration.ZERO) {
        @Override
        boolean fits(RequestObject request, Instant now) {
            return request.condition("Approved").isPresent() && hasEnded(request, now);
        }
    };

    private static final Duration POD_CERTIFICATES = Duration.ofMinutes(15);

    private final String condition;
    private final Duration limit;

    Staleness(String condition, Duration limit) {
        this.condition = condition;
        this.limit = limit;
    }

    abstract boolean fits(RequestObject request, Instant now);

    /// The age that a request in this state may have.
    public Duration limit() {
        return limit;
    }

    /// Why a CertificateSigningRequest is stale; nothing while it is not. One with nothing but conditions of others
    /// never is.
    public static Optional<Staleness> of(ObjectNode csr, Instant now) {
        RequestObject request = new RequestObject(csr);
        return Stream.of(values()).filter(state -> state.fits(request, now)).findFirst();
    }

    /// Whether a PodCertificateRequest is: at fifteen minutes, whatever became of it.
    public static Optional<Staleness> ofPodCertificate(ObjectNode object, Instant now) {
        return instant(object.path("metadata").path("creationTimestamp").asString(""))
                .filter(created -> Duration.between(created, now).compareTo(POD_CERTIFICATES) >= 0)
                .map(created -> PENDING);
    }

    /// Whether it may still change into a state in which it is needed.
    boolean isOpen() {
        return this == PENDING || this == APPROVED;
    }

    boolean isPast(RequestObject request, Instant now) {
        return conditions(request)
                .filter(one -> one.path("type").asString("").equals(condition))
                .anyMatch(one -> isOlder(one.path("lastUpdateTime"), limit, now));
    }

    private static Stream<JsonNode> conditions(RequestObject request) {
        return request.tree().path("status").path("conditions").valueStream();
    }

    /// Strictly older. What has no time never is.
    private static boolean isOlder(JsonNode time, Duration limit, Instant now) {
        return instant(time.asString(""))
                .filter(start -> Duration.between(start, now).compareTo(limit) > 0)
                .isPresent();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /// By the first certificate of the first block.
    private static boolean hasEnded(RequestObject request, Instant now) {
        try {
            byte[] pem = Base64.getDecoder()
                    .decode(request.tree().path("status").path("certificate").asString(""));
            List<PemBlock> blocks = PemBlock.read(pem, 1);
            return !blocks.isEmpty()
                    && Certificate.decode(blocks.getFirst().der())
                            .validity()
                            .notAfter()
                            .isBefore(now);
        } catch (KeyFailure | X509Failure | IllegalArgumentException e) {
            return false;
        }
    }
}
