package dev.kubepki.pki.inspect;

import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Scalar;
import dev.kubepki.pki.document.Sequence;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.SubjectAltName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `kubectl describe csr` shows of a CertificateSigningRequest, and what an approver must know besides.
final class SigningRequestFacts {
    private static final String SERIAL_NUMBER = "2.5.4.5";
    private static final String NONE = "<none>";

    private SigningRequestFacts() {}

    static Facts of(Description.OfSigningRequest description, Instant now) {
        Mapping object = description.object();
        Mapping spec = object.mapping("spec").orElse(Mapping.of());
        FactsBuilder facts = new FactsBuilder("CertificateSigningRequest", "CertificateSigningRequest");
        metadata(facts, object);
        facts.text("requestingUser", "Requesting User", spec.string("username"));
        facts.texts("requestingGroups", "", strings(spec, "groups"));
        facts.text("signerName", "Signer", spec.string("signerName"));
        Optional<String> seconds = scalar(spec, "expirationSeconds");
        facts.text("expirationSeconds", "", seconds);
        facts.text("", "Requested Duration", seconds.map(text -> text + "s"));
        facts.texts("usages", "Usages", strings(spec, "usages"));
        facts.text("status", "Status", status(object));
        description.request().ifPresent(request -> {
            request(facts, request);
            SignerRules.check(facts, object, request);
        });
        if (!description.requestProblem().isEmpty()) {
            facts.warn(description.requestProblem());
        }
        if (!description.certificateProblem().isEmpty()) {
            facts.warn(description.certificateProblem());
        }
        facts.inner(
                "certificates",
                "Certificate",
                description.certificates().stream()
                        .map(certificate -> CertificateFacts.of(certificate, now))
                        .toList());
        facts.info("who may approve requests may become any user and group that the signer allows");
        return facts.build();
    }

    private static void metadata(FactsBuilder facts, Mapping object) {
        Mapping metadata = object.mapping("metadata").orElse(Mapping.of());
        facts.text("apiVersion", "", object.string("apiVersion"));
        facts.text("name", "Name", metadata.string("name"));
        pairs(facts, metadata, "labels", "Labels");
        pairs(facts, metadata, "annotations", "Annotations");
        facts.text("creationTimestamp", "CreationTimestamp", scalar(metadata, "creationTimestamp"));
    }

    private static void pairs(FactsBuilder facts, Mapping metadata, String field, String label) {
        List<String> pairs = new ArrayList<>();
        for (Mapping.Entry entry : metadata.mapping(field).orElse(Mapping.of()).entries()) {
            pairs.add(entry.key() + "=" + (entry.value() instanceof Scalar scalar ? scalar.text() : ""));
        }
        facts.texts(field, label, pairs);
        if (pairs.isEmpty()) {
            facts.text("", label, NONE);
        }
    }

    static List<String> strings(Mapping mapping, String field) {
        List<String> strings = new ArrayList<>();
        for (Node each : mapping.sequence(field).map(Sequence::items).orElse(List.of())) {
            if (each instanceof Scalar scalar) {
                strings.add(scalar.text());
            }
        }
        return strings;
    }

    static Optional<String> scalar(Mapping mapping, String field) {
        return mapping.get(field)
                .filter(node -> node instanceof Scalar scalar && !scalar.isNull())
                .map(node -> ((Scalar) node).text());
    }

    /// kubectl's words: Pending, Approved, Denied, then Failed and Issued.
    private static String status(Mapping object) {
        Mapping status = object.mapping("status").orElse(Mapping.of());
        List<String> conditions = new ArrayList<>();
        for (Node each : status.sequence("conditions").map(Sequence::items).orElse(List.of())) {
            if (each instanceof Mapping condition) {
                condition.string("type").ifPresent(conditions::add);
            }
        }
        List<String> words = new ArrayList<>();
        if (conditions.contains("Denied")) {
            words.add("Denied");
        } else if (conditions.contains("Approved")) {
            words.add("Approved");
        } else {
            words.add("Pending");
        }
        if (conditions.contains("Failed")) {
            words.add("Failed");
        }
        if (status.string("certificate").filter(text -> !text.isEmpty()).isPresent()) {
            words.add("Issued");
        }
        return String.join(",", words);
    }

    private static void request(FactsBuilder facts, CertificateRequest request) {
        FactsBuilder subject = new FactsBuilder("Subject", "");
        subject.text("commonName", "Common Name", request.subject().commonName().orElse(""));
        subject.text(
                "serialNumber",
                "Serial Number",
                String.join(", ", request.subject().values(SERIAL_NUMBER)));
        subject.texts("organizations", "Organization", request.subject().organizations());
        subject.texts(
                "organizationalUnits", "Organizational Unit", request.subject().values("2.5.4.11"));
        facts.inner("subject", "Subject", List.of(subject.build()));
        facts.attempt(() -> names(facts, request.subjectAltNames()));
        PublicKeys.describe(facts, request.publicKeyInfo());
        RequestFacts.signature(facts, request);
        RequestFacts.identity(facts, request);
    }

    private static void names(FactsBuilder facts, List<SubjectAltName> names) {
        List<String> dns = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (SubjectAltName name : names) {
            switch (name) {
                case SubjectAltName.Dns(String host) -> dns.add(host);
                case SubjectAltName.Ip(String address) -> addresses.add(address);
                default -> others.add(name.toString());
            }
        }
        if (!names.isEmpty()) {
            facts.inner(
                    "subjectAltNames",
                    "Subject Alternative Names",
                    List.of(new FactsBuilder("SubjectAltNames", "")
                            .texts("dnsNames", "DNS Names", dns)
                            .texts("ipAddresses", "IP Addresses", addresses)
                            .texts("others", "Others", others)
                            .build()));
        }
    }
}
