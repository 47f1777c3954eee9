package dev.kubepki.api.openapi;

import dev.kubepki.api.codec.JsonCodec;
import dev.kubepki.api.discovery.EntityTag;
import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.kind.ServedKinds;
import dev.kubepki.api.schema.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// OpenAPI of the kinds that are served. Each document is made when it is first asked for, and kept.
public final class OpenApi {
    private static final String V3_ROOT = "/openapi/v3/";

    private final ServedKinds kinds;
    private final Schema schema;
    private final String version;
    private final JsonCodec json;
    private final SchemaNotes notes;
    private final Map<String, Document> documents = new ConcurrentHashMap<>();

    /// A document as it is sent.
    ///
    /// @param bytes not to be changed
    /// @param hash of the bytes: an entity tag, and the `hash` of an URL
    @SuppressWarnings("ArrayRecordComponent") // on its way to a client; never compared
    public record Document(byte[] bytes, String hash) {}

    /// Of these kinds.
    ///
    /// @param version of the server, such as `v1.36.2+kubepki-0.1.0`
    public OpenApi(ServedKinds kinds, Schema schema, String version) {
        this.kinds = kinds;
        this.schema = schema;
        this.version = version;
        this.json = new JsonCodec(schema);
        this.notes = SchemaNotes.load();
    }

    /// `/openapi/v3`: where the document of each group and version is. An URL changes when its document does.
    public Document v3Index() {
        return document("v3", this::makeIndex);
    }

    /// `/openapi/v3/PATH`.
    ///
    /// @param path `api/v1` or `apis/certificates.k8s.io/v1`
    public Optional<Document> v3(String path) {
        for (GroupVersion groupVersion : kinds.groupVersions()) {
            if (path(groupVersion).equals(path)) {
                return Optional.of(v3(groupVersion));
            }
        }
        return Optional.empty();
    }

    /// `/openapi/v2` as JSON.
    public Document v2Json() {
        return document("v2", () -> write(makeV2()));
    }

    /// `/openapi/v2` as protobuf, `application/com.github.proto-openapi.spec.v2.v1.0+protobuf`.
    public Document v2Protobuf() {
        return document("v2.pb", () -> ProtobufDocument.of(makeV2()));
    }

    private Document v3(GroupVersion groupVersion) {
        return document(path(groupVersion), () -> write(makeV3(groupVersion)));
    }

    private static String path(GroupVersion groupVersion) {
        return (groupVersion.group().isEmpty() ? "api/" : "apis/") + groupVersion;
    }

    /// Two callers at once may make the same document twice; no one waits for a document that it does not need.
    private Document document(String key, Supplier<byte[]> maker) {
        Document known = documents.get(key);
        if (known == null) {
            byte[] bytes = maker.get();
            known = new Document(bytes, EntityTag.of(bytes));
            documents.put(key, known);
        }
        return known;
    }

    private byte[] makeIndex() {
        ObjectNode index = JsonNodeFactory.instance.objectNode();
        ObjectNode paths = index.putObject("paths");
        List<GroupVersion> sorted = new ArrayList<>(kinds.groupVersions());
        sorted.sort(Comparator.comparing(OpenApi::path));
        for (GroupVersion groupVersion : sorted) {
            String path = path(groupVersion);
            paths.putObject(path)
                    .put(
                            "serverRelativeURL",
                            V3_ROOT + path + "?hash=" + v3(groupVersion).hash());
        }
        return write(index);
    }

    private ObjectNode makeV3(GroupVersion groupVersion) {
        Definitions definitions = new Definitions(Dialect.V3, schema, notes, List.of(groupVersion));
        return new V3Document(definitions).of(Paths.of(kinds, groupVersion), info());
    }

    private ObjectNode makeV2() {
        Definitions definitions = new Definitions(Dialect.V2, schema, notes, List.copyOf(kinds.groupVersions()));
        List<PathItem> items = new ArrayList<>();
        kinds.groupVersions().forEach(groupVersion -> items.addAll(Paths.of(kinds, groupVersion)));
        return new V2Document(definitions).of(items, info());
    }

    private ObjectNode info() {
        return JsonNodeFactory.instance.objectNode().put("title", "kubepki").put("version", version);
    }

    private byte[] write(JsonNode document) {
        return json.write(document, null);
    }
}
