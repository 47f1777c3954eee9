package dev.kubepki.pki.inspect;

import dev.kubepki.pki.document.Mapping;
import java.time.Instant;
import java.util.Optional;

/// What is worth knowing about an object that carries certificates: Secret, ConfigMap, ClusterTrustBundle, a webhook's
/// configuration, the JSON of cfssl.
final class ObjectFacts {
    private ObjectFacts() {}

    static Facts of(Description.OfObject description, Instant now) {
        Mapping object = description.object();
        String kind = object.string("kind").orElse("");
        FactsBuilder facts = new FactsBuilder(kind.isEmpty() ? "Document" : kind, kind.isEmpty() ? "document" : kind);
        metadata(facts, object);
        facts.text("type", "Type", object.string("type"));
        facts.text("signerName", "Signer", object.mapping("spec").flatMap(spec -> spec.string("signerName")));
        facts.inner("contents", "", DescriptionFacts.fields(description.fields(), now));
        Pairing.ofFields(facts, description.fields());
        if (description.fields().isEmpty()) {
            facts.info("it holds no certificate, request, key or token");
        }
        if (kind.equals("Secret")) {
            facts.info("what it holds is secret; nothing private is shown");
        }
        return facts.build();
    }

    static void metadata(FactsBuilder facts, Mapping object) {
        facts.text("apiVersion", "", object.string("apiVersion"));
        Optional<Mapping> metadata = object.mapping("metadata");
        facts.text("name", "Name", metadata.flatMap(m -> m.string("name")));
        facts.text("namespace", "Namespace", metadata.flatMap(m -> m.string("namespace")));
    }
}
