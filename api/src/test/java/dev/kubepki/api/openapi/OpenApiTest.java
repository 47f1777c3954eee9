package dev.kubepki.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.kind.GroupVersionKind;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.Kind.Support;
import dev.kubepki.api.kind.Kinds;
import dev.kubepki.api.kind.RuntimeConfig;
import dev.kubepki.api.kind.ServedKinds;
import dev.kubepki.api.schema.MessageType;
import dev.kubepki.api.schema.Schema;
import dev.kubepki.api.schema.Schemas;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest {
    private static final ServedKinds KINDS = ServedKinds.of(Kinds.load(), RuntimeConfig.DEFAULT);
    private static final Schema SCHEMA = Schemas.load();
    private static final OpenApi API = new OpenApi(KINDS, SCHEMA, "v1.36.2+kubepki-0.1.0");
    private static final JsonNode REQUESTS = v3("apis/certificates.k8s.io/v1");
    private static final JsonNode V2 = json(API.v2Json());

    private static JsonNode json(OpenApi.Document document) {
        return JsonMapper.shared().readTree(document.bytes());
    }

    private static JsonNode v3(String path) {
        return json(API.v3(path).orElseThrow());
    }

    @Test
    void namesTheDocumentOfEachVersionByItsContent() {
        JsonNode paths = json(API.v3Index()).get("paths");

        assertThat(paths).hasSize(KINDS.groupVersions().size());
        assertThat(paths.at("/apis~1certificates.k8s.io~1v1/serverRelativeURL").stringValue())
                .isEqualTo("/openapi/v3/apis/certificates.k8s.io/v1?hash="
                        + API.v3("apis/certificates.k8s.io/v1").orElseThrow().hash());
        assertThat(paths.has("api/v1")).isTrue();
        assertThat(API.v3("apis/certificates.k8s.io/v2")).isEmpty();
    }

    @Test
    void changesTheHashWithTheContentAlone() {
        OpenApi same = new OpenApi(KINDS, SCHEMA, "v1.36.2+kubepki-0.1.0");
        OpenApi other = new OpenApi(KINDS, SCHEMA, "v1.36.2+kubepki-0.2.0");

        assertThat(same.v3Index().hash()).isEqualTo(API.v3Index().hash());
        assertThat(other.v3Index().hash()).isNotEqualTo(API.v3Index().hash());
    }

    @Test
    void tellsClientsThatTheServerValidatesAndTriesDry() {
        JsonNode patch =
                REQUESTS.at("/paths/~1apis~1certificates.k8s.io~1v1~1certificatesigningrequests~1{name}/patch");

        assertThat(patch.get("x-kubernetes-group-version-kind"))
                .hasToString("{\"group\":\"certificates.k8s.io\",\"version\":\"v1\","
                        + "\"kind\":\"CertificateSigningRequest\"}");
        assertThat(patch.get("parameters"))
                .extracting(each -> each.get("name").stringValue())
                .containsExactly("dryRun", "fieldManager", "fieldValidation", "force");
        assertThat(patch.at("/requestBody/content").propertyNames())
                .contains("application/strategic-merge-patch+json", "application/apply-patch+yaml");
    }

    @Test
    void describesWhatServersMergeAndRequire() {
        JsonNode schemas = REQUESTS.at("/components/schemas");
        JsonNode spec = schemas.get("io.k8s.api.certificates.v1.CertificateSigningRequestSpec");
        JsonNode pods = v3("apis/apps/v1").at("/components/schemas/io.k8s.api.core.v1.PodSpec/properties");

        assertThat(spec.get("required")).hasToString("[\"request\",\"signerName\"]");
        assertThat(spec.at("/properties/request/format").stringValue()).isEqualTo("byte");
        assertThat(spec.at("/properties/extra/additionalProperties/type").stringValue())
                .isEqualTo("array");
        assertThat(pods.at("/containers/x-kubernetes-patch-merge-key").stringValue())
                .isEqualTo("name");
        assertThat(pods.at("/volumes/x-kubernetes-patch-strategy").stringValue())
                .isEqualTo("merge,retainKeys");
        assertThat(pods.at("/nodeSelector/x-kubernetes-map-type").stringValue()).isEqualTo("atomic");
    }

    @Test
    void refersOnlyToWhatIsThere() {
        for (GroupVersion groupVersion : KINDS.groupVersions()) {
            JsonNode document = v3((groupVersion.group().isEmpty() ? "api/" : "apis/") + groupVersion);
            Set<String> defined = new HashSet<>();
            document.at("/components/schemas")
                    .propertyNames()
                    .forEach(name -> defined.add("#/components/schemas/" + name));
            assertThat(defined).containsAll(references(document));
            assertThat(references(document)).as("every schema is used").containsAll(defined);
        }
        Set<String> defined = new HashSet<>();
        V2.get("definitions").propertyNames().forEach(name -> defined.add("#/definitions/" + name));
        assertThat(defined).containsAll(references(V2));
    }

    private static Set<String> references(JsonNode node) {
        Set<String> found = new TreeSet<>();
        for (JsonNode reference : node.findValues("$ref")) {
            if (reference.isString()) {
                found.add(reference.stringValue());
            }
        }
        return found;
    }

    @Test
    void namesEachOperationOnce() {
        List<String> ids = new ArrayList<>();
        V2.get("paths").findValues("operationId").forEach(id -> ids.add(id.stringValue()));

        assertThat(ids).hasSizeGreaterThan(500).doesNotHaveDuplicates();
    }

    @Test
    void describesEveryKindForClientsThatValidateThemselves() {
        Set<String> described = new HashSet<>();
        for (JsonNode definition : V2.get("definitions")) {
            for (JsonNode kind : definition.path("x-kubernetes-group-version-kind")) {
                described.add(new GroupVersionKind(
                                kind.get("group").stringValue(),
                                kind.get("version").stringValue(),
                                kind.get("kind").stringValue())
                        .toString());
            }
        }
        for (Kind kind : KINDS.all()) {
            for (String version : kind.versions()) {
                assertThat(described).contains(kind.in(version).toString());
            }
        }
    }

    @Test
    void saysWhatEveryFieldOfTheFullKindsIsFor() {
        List<String> silent = new ArrayList<>();
        for (Kind kind : KINDS.all()) {
            if (kind.support() != Support.KNOWN && !kind.name().equals("Node")) {
                for (String version : kind.versions()) {
                    GroupVersion groupVersion = kind.in(version).groupVersion();
                    JsonNode schemas = v3((kind.group().isEmpty() ? "api/" : "apis/") + groupVersion)
                            .at("/components/schemas");
                    MessageType message = SCHEMA.of(kind.in(version));
                    collectSilent(schemas, Names.definition(message == null ? "" : message.name()), silent);
                }
            }
        }
        assertThat(silent).isEmpty();
    }

    private static void collectSilent(JsonNode schemas, String name, List<String> silent) {
        JsonNode schema = schemas.get(name);
        if (!schema.has("description")) {
            silent.add(name);
        }
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            if (!property.getValue().has("description")) {
                silent.add(name + "." + property.getKey());
            }
            for (String reference : references(property.getValue())) {
                collectSilent(schemas, reference.substring(reference.lastIndexOf('/') + 1), silent);
            }
        }
    }

    @Test
    void saysNothingOfFieldsThatAreNotThere() {
        Set<String> known = new HashSet<>();
        JsonNode definitions = V2.get("definitions");
        for (Map.Entry<String, JsonNode> definition : definitions.properties()) {
            known.add(definition.getKey());
            definition
                    .getValue()
                    .path("properties")
                    .propertyNames()
                    .forEach(p -> known.add(definition.getKey() + "." + p));
        }
        for (String name : SchemaNotes.load().described()) {
            if (!name.startsWith("*") && !name.contains("APIResource")) {
                String beta = "io.k8s.api.certificates.v1beta1.CertificateSigningRequest";
                String definition = Names.definition(name);
                assertThat(definition.startsWith(beta) || definition.contains("v1alpha1") || known.contains(definition))
                        .as(name)
                        .isTrue();
            }
        }
    }

    @Test
    void writesTheSameAsProtobuf() throws InvalidProtocolBufferException {
        UnknownFieldSet document = UnknownFieldSet.parseFrom(API.v2Protobuf().bytes());

        UnknownFieldSet definitions = inner(document, 9);
        List<UnknownFieldSet> named = all(definitions, 1);
        assertThat(named).hasSize(V2.get("definitions").size());
        UnknownFieldSet spec = named.stream()
                .filter(each -> text(each, 1).equals("io.k8s.api.certificates.v1.CertificateSigningRequestSpec"))
                .map(each -> inner(each, 2))
                .findFirst()
                .orElseThrow();
        assertThat(texts(spec, 19)).containsExactly("request", "signerName");
        assertThat(text(inner(spec, 22), 1)).isEqualTo("object");
        assertThat(all(inner(spec, 25), 1)).extracting(each -> text(each, 1)).contains("usages", "extra");

        UnknownFieldSet path = all(inner(document, 8), 2).stream()
                .filter(each -> text(each, 1).endsWith("/certificatesigningrequests/{name}"))
                .findFirst()
                .orElseThrow();
        UnknownFieldSet patch = inner(inner(path, 2), 8);
        assertThat(all(patch, 13))
                .extracting(each -> text(each, 1))
                .containsExactly("x-kubernetes-action", "x-kubernetes-group-version-kind");
        assertThat(text(inner(all(patch, 13).get(1), 2), 2)).startsWith("{\"group\":\"certificates.k8s.io\"");
        UnknownFieldSet dryRun = inner(inner(inner(all(patch, 8).get(1), 1), 2), 3);
        assertThat(text(dryRun, 4)).isEqualTo("dryRun");
    }

    private static List<UnknownFieldSet> all(UnknownFieldSet message, int number) {
        return message.getField(number).getLengthDelimitedList().stream()
                .map(bytes -> {
                    try {
                        return UnknownFieldSet.parseFrom(bytes);
                    } catch (InvalidProtocolBufferException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    private static UnknownFieldSet inner(UnknownFieldSet message, int number) {
        return all(message, number).getFirst();
    }

    private static List<String> texts(UnknownFieldSet message, int number) {
        return message.getField(number).getLengthDelimitedList().stream()
                .map(bytes -> bytes.toStringUtf8())
                .toList();
    }

    private static String text(UnknownFieldSet message, int number) {
        return texts(message, number).getFirst();
    }
}
