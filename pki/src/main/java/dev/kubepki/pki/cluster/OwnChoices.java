package dev.kubepki.pki.cluster;

import dev.kubepki.pki.cluster.Reading.Found;
import dev.kubepki.pki.document.Fields;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Scalar;
import dev.kubepki.pki.key.KeyAlgorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads what kubepki's own format says of keys, validity and authorities, overall and certificate by certificate.
final class OwnChoices {
    private static final List<String> LABELS =
            Arrays.stream(CertificateName.values()).map(CertificateName::label).toList();

    private final Reading reading;
    private final Fields root;
    private final KeyAlgorithm algorithm;
    private final Duration leaf;
    private final Duration authority;
    private final Map<CertificateName, KeyAlgorithm> algorithms = new EnumMap<>(CertificateName.class);
    private final Map<CertificateName, Duration> lifetimes = new EnumMap<>(CertificateName.class);
    private final Map<CertificateName, List<String>> sans = new EnumMap<>(CertificateName.class);
    private final List<Found<CertificateName>> named = new ArrayList<>();

    OwnChoices(Reading reading, Fields root) {
        this.reading = reading;
        this.root = root;
        this.algorithm = root.parsed("keyAlgorithm", Texts::algorithm).orElse(KeyChoice.DEFAULT.overall());
        this.leaf = root.parsed("validity", Lifetimes::any).orElse(ValidityChoice.DEFAULT.leaf());
        this.authority = root.parsed("caValidity", Lifetimes::any).orElse(ValidityChoice.DEFAULT.authority());
    }

    /// Reads `certificates`, the exceptions by name.
    void certificates() {
        Optional<Fields> certificates = root.fields("certificates");
        if (certificates.isEmpty()) {
            return;
        }
        for (Mapping.Entry entry : certificates.get().mapping().entries()) {
            Optional<CertificateName> name = CertificateName.parse(entry.key());
            String path = certificates.get().path(entry.key());
            if (name.isEmpty()) {
                reading.problem(entry.line(), path, unknown(entry.key()));
                continue;
            }
            named.add(new Found<>(name.get(), entry.line(), path));
            certificates.get().fields(entry.key()).ifPresent(fields -> certificate(name.get(), fields));
        }
    }

    private static String unknown(String written) {
        String suggestion = Words.suggestion(written, LABELS);
        return "is not the name of a certificate"
                + (suggestion.isEmpty() ? "; the names are " + Words.all(LABELS) : suggestion);
    }

    private void certificate(CertificateName name, Fields fields) {
        fields.parsed("keyAlgorithm", Texts::algorithm).ifPresent(algorithm -> algorithms.put(name, algorithm));
        if (algorithms.get(name) == KeyAlgorithm.ED25519 && name == CertificateName.SA) {
            fields.problem(
                    "keyAlgorithm", "Kubernetes can't sign service-account tokens with Ed25519; write ECDSA-P256");
        }
        fields.parsed("validity", Lifetimes::any).ifPresent(lifetime -> lifetimes.put(name, lifetime));
        if (fields.has("validity") && !name.isCertificate()) {
            fields.problem("validity", "'" + name.label() + "' is a bare key pair, which never expires");
        }
        List<String> extra = reading.sans(fields, "extraSans");
        if (!extra.isEmpty() && name.sort() == CertificateName.Sort.SERVER) {
            sans.put(name, extra);
        } else if (fields.has("extraSans") && name.sort() != CertificateName.Sort.SERVER) {
            fields.problem(
                    "extraSans",
                    "'" + name.label() + "' serves nothing; SANs can be added to "
                            + Words.all(Arrays.stream(CertificateName.values())
                                    .filter(other -> other.sort() == CertificateName.Sort.SERVER)
                                    .map(CertificateName::label)
                                    .toList()));
        }
        fields.refuseUnknown();
        doubt(name, fields);
    }

    private void doubt(CertificateName name, Fields fields) {
        if (algorithms.get(name) == KeyAlgorithm.ED25519) {
            reading.warn(
                    fields,
                    "keyAlgorithm",
                    "kubeadm reads no Ed25519 keys, so its commands will refuse '" + name.label() + "'");
        }
        Duration lifetime = lifetimes.get(name);
        if (lifetime == null || name.isAuthority()) {
            return;
        }
        if (lifetime.compareTo(authority) > 0) {
            reading.warn(fields, "validity", "is longer than caValidity, so the certificate will end with its CA");
        }
    }

    KeyChoice keys() {
        return new KeyChoice(algorithm, algorithms);
    }

    ValidityChoice validity() {
        return new ValidityChoice(leaf, authority, lifetimes);
    }

    Map<CertificateName, List<String>> extraSans() {
        return sans;
    }

    /// Every certificate that was named, where it was.
    List<Found<CertificateName>> named() {
        return named;
    }

    Authorities authorities(List<ClusterNode> controlPlane, List<ClusterNode> workers) {
        Optional<Fields> fields = root.fields("authorities");
        if (fields.isEmpty()) {
            return Authorities.DEFAULT;
        }
        CaModel model = Reading.choice(fields.get(), "model", List.of(CaModel.values()), CaModel::label)
                .orElse(CaModel.SEPARATE);
        Set<CertificateName> external = external(fields.get());
        Set<String> keysOn = keysOn(fields.get(), controlPlane, workers);
        fields.get().refuseUnknown();
        return new Authorities(model, external, keysOn);
    }

    private Set<CertificateName> external(Fields fields) {
        Set<CertificateName> external = new HashSet<>();
        if (fields.node("external").filter(OwnChoices::isBool).isPresent()) {
            if (fields.bool("external").orElse(false)) {
                Arrays.stream(CertificateName.values())
                        .filter(CertificateName::isAuthority)
                        .forEach(external::add);
            }
            return external;
        }
        for (Found<String> label : reading.values(fields, "external", Texts::word)) {
            Optional<CertificateName> name =
                    CertificateName.parse(label.value()).filter(CertificateName::isAuthority);
            if (name.isPresent()) {
                external.add(name.get());
                named.add(new Found<>(name.get(), label.line(), label.path()));
            } else {
                reading.problem(
                        label,
                        "'" + label.value() + "' is not a CA; write true for all, or name "
                                + Words.any(Arrays.stream(CertificateName.values())
                                        .filter(CertificateName::isAuthority)
                                        .map(CertificateName::label)
                                        .toList()));
            }
        }
        return external;
    }

    private static boolean isBool(Node node) {
        return node instanceof Scalar scalar && scalar.kind() == Scalar.Kind.BOOL;
    }

    /// Where the private keys of CAs go: `all-control-plane-nodes`, or names of control-plane nodes.
    private Set<String> keysOn(Fields fields, List<ClusterNode> controlPlane, List<ClusterNode> workers) {
        Set<String> possible = new HashSet<>();
        controlPlane.forEach(node -> possible.add(node.name()));
        Set<String> chosen = new HashSet<>();
        for (Found<String> name : reading.values(fields, "keysOn", Texts::word)) {
            if (name.value().equals("all-control-plane-nodes")) {
                chosen.addAll(possible);
            } else if (possible.contains(name.value())) {
                chosen.add(name.value());
            } else if (workers.stream().anyMatch(node -> node.name().equals(name.value()))) {
                reading.problem(
                        name, "'" + name.value() + "' is a worker, which must not hold the private keys of CAs");
            } else {
                reading.problem(
                        name,
                        "'" + name.value() + "' is not the name of a control-plane node"
                                + Words.suggestion(name.value(), possible));
            }
        }
        return chosen;
    }
}
