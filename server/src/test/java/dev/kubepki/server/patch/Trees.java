package dev.kubepki.server.patch;

import dev.kubepki.api.kind.GroupVersionKind;
import dev.kubepki.api.schema.Schema;
import dev.kubepki.api.schema.Schemas;
import java.time.Instant;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Trees from texts in which quotes may be single, and what the tests have in common.
final class Trees {
    static final Schema SCHEMA = Schemas.load();
    static final GroupVersionKind CSR = new GroupVersionKind("certificates.k8s.io", "v1", "CertificateSigningRequest");
    static final Instant NOW = Instant.parse("2026-11-22T15:20:16.7Z");
    private static final ObjectMapper JSON = new JsonMapper();

    private Trees() {}

    static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }

    static ObjectNode object(String text) {
        return (ObjectNode) json(text);
    }

    /// A request as it is stored.
    static ObjectNode csr(String metadata, String status) {
        return object(
                "{'kind':'CertificateSigningRequest','apiVersion':'certificates.k8s.io/v1','metadata':{'name':'a',"
                        + "'uid':'u','resourceVersion':'7','creationTimestamp':'2026-11-22T15:00:00Z'" + metadata
                        + "},'spec':{'request':'LS0t','signerName':'example.com/s','usages':['client auth'],"
                        + "'username':'jane'},"
                        + "'status':" + status + "}");
    }

    static FieldOwners.Write write(String manager) {
        return new FieldOwners.Write(manager, "", CSR, Set.of("spec", "status"), NOW);
    }

    static FieldOwners.Write approval(String manager) {
        return new FieldOwners.Write(manager, "approval", CSR, Set.of("spec", "status.certificate"), NOW);
    }

    static FieldOwners.Write status(String manager) {
        return new FieldOwners.Write(manager, "status", CSR, Set.of("spec", "status.conditions"), NOW);
    }

    static JsonNode owners(ObjectNode object) {
        return object.path("metadata").path("managedFields");
    }
}
