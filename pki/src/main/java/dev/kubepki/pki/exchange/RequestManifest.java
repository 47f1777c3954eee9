package dev.kubepki.pki.exchange;

import dev.kubepki.pki.cluster.Item;
import dev.kubepki.pki.document.Fields;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Sequence;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import dev.kubepki.pki.x509.KeyUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a request archive asks for, as people and programs read it.
///
/// @param signedBy the id of the request whose key seals the manifest
/// @param authorities the CAs whose certificates are wanted back, by their names in the catalogue
record RequestManifest(
        String cluster, Instant created, String signedBy, List<String> authorities, List<Wanted> requests) {
    static final String KIND = "kubepki request archive";

    RequestManifest {
        authorities = List.copyOf(authorities);
        requests = List.copyOf(requests);
    }

    /// One certificate that is wanted.
    ///
    /// @param path where it will lie, relative to the set's folder
    /// @param issuer the CA's name in the catalogue
    /// @param sha256 of the request's DER
    record Wanted(
            String id,
            String path,
            String issuer,
            String profile,
            String subject,
            List<String> subjectAltNames,
            List<String> keyUsages,
            List<String> extendedKeyUsages,
            Duration lifetime,
            String sha256) {
        static Wanted of(Item item, CertificateRequest request) {
            return new Wanted(
                    item.id(),
                    item.mainPath(),
                    item.issuer().orElseThrow().label(),
                    item.profile().name(),
                    request.subject().toString(),
                    names(request),
                    keyUsages(request),
                    purposes(request),
                    item.profile().lifetime(),
                    Manifest.sha256(request.der()));
        }

        /// Whether the request asks for just this.
        boolean describes(CertificateRequest request) {
            return subject.equals(request.subject().toString())
                    && subjectAltNames.equals(names(request))
                    && keyUsages.equals(keyUsages(request))
                    && extendedKeyUsages.equals(purposes(request))
                    && sha256.equals(Manifest.sha256(request.der()));
        }

        Optional<SigningProfile> signingProfile() {
            return SigningProfile.parse(profile);
        }

        private static List<String> names(CertificateRequest request) {
            return request.subjectAltNames().stream().map(Object::toString).toList();
        }

        private static List<String> keyUsages(CertificateRequest request) {
            return request.keyUsage().orElse(Set.of()).stream()
                    .sorted()
                    .map(KeyUsage::field)
                    .toList();
        }

        private static List<String> purposes(CertificateRequest request) {
            return request.extendedKeyUsages().orElse(List.of()).stream()
                    .map(ExtendedKeyUsage::field)
                    .toList();
        }

        private Mapping node() {
            return Mapping.of("id", id)
                    .with("path", path)
                    .with("issuer", issuer)
                    .with("profile", profile)
                    .with("subject", subject)
                    .with("subjectAltNames", Sequence.ofStrings(subjectAltNames))
                    .with("keyUsages", Sequence.ofStrings(keyUsages))
                    .with("extendedKeyUsages", Sequence.ofStrings(extendedKeyUsages))
                    .with("lifetime", lifetime.toString())
                    .with("sha256", sha256);
        }

        private static Wanted read(Fields fields) {
            Wanted wanted = new Wanted(
                    fields.requiredString("id").orElse(""),
                    fields.requiredString("path").orElse(""),
                    fields.requiredString("issuer").orElse(""),
                    fields.requiredString("profile").orElse(""),
                    fields.string("subject").orElse(""),
                    fields.strings("subjectAltNames"),
                    fields.strings("keyUsages"),
                    fields.strings("extendedKeyUsages"),
                    fields.parsed("lifetime", Manifest::lifetime).orElse(Duration.ZERO),
                    fields.requiredString("sha256").orElse(""));
            if (wanted.signingProfile().isEmpty()) {
                fields.problem("profile", "is not a profile: " + String.join(", ", SigningProfile.labels()));
            }
            if (wanted.lifetime().isZero()) {
                fields.problem("lifetime", "must be there");
            }
            fields.refuseUnknown();
            return wanted;
        }
    }

    byte[] encode() {
        return Manifest.encode(Manifest.begin(KIND)
                .with("cluster", cluster)
                .with("created", created.toString())
                .with("signedBy", signedBy)
                .with("authorities", Sequence.ofStrings(authorities))
                .with(
                        "requests",
                        Sequence.of(requests.stream().map(Wanted::node).toList())));
    }

    static RequestManifest read(String file, byte[] content) {
        return Manifest.read(file, KIND, content, fields -> {
            RequestManifest manifest = new RequestManifest(
                    fields.requiredString("cluster").orElse(""),
                    fields.parsed("created", Manifest::instant).orElse(Instant.EPOCH),
                    fields.requiredString("signedBy").orElse(""),
                    fields.strings("authorities"),
                    fields.each("requests").stream().map(Wanted::read).toList());
            if (manifest.requests().isEmpty()) {
                fields.problem("requests", "must not be empty");
            }
            return manifest;
        });
    }
}
