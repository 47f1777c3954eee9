package dev.kubepki.server.patch;

import static dev.kubepki.server.patch.Trees.csr;
import static dev.kubepki.server.patch.Trees.json;
import static dev.kubepki.server.patch.Trees.object;
import static dev.kubepki.server.patch.Trees.owners;
import static dev.kubepki.server.patch.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.ApiFailure.Cause;
import dev.kubepki.api.kind.GroupVersionKind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class FieldOwnersApplyTest {
    private static final GroupVersionKind CONFIG_MAP = new GroupVersionKind("", "v1", "ConfigMap");
    private final FieldOwners owners = new FieldOwners(Trees.SCHEMA);

    private static ObjectNode labels(String labels) {
        return object("{'apiVersion':'certificates.k8s.io/v1','kind':'CertificateSigningRequest',"
                + "'metadata':{'name':'a','labels':" + labels + "}}");
    }

    private ObjectNode apply(ObjectNode live, String manager, String labels) {
        return owners.apply(live, labels(labels), write(manager), false);
    }

    private ObjectNode force(ObjectNode live, String manager, String labels) {
        return owners.apply(live, labels(labels), write(manager), true);
    }

    private static FieldOwners.Write data(String manager) {
        return new FieldOwners.Write(manager, "", CONFIG_MAP, Set.of(), Trees.NOW);
    }

    private static ObjectNode map(String rest) {
        return object("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'m','namespace':'n'" + rest + "}");
    }

    private static JsonNode entry(String manager, String operation, String fields) {
        return json(
                "{'manager':'" + manager + "','operation':'" + operation + "','apiVersion':'certificates.k8s.io/v1',"
                        + "'time':'2026-11-22T15:20:16Z','fieldsType':'FieldsV1','fieldsV1':" + fields + "}");
    }

    @Test
    void createsAnObjectWithoutOwnersWhenAllIsReset() {
        ObjectNode configuration = csr("", "{}");
        configuration.remove("status");
        ObjectNode created = owners.apply(null, configuration, write("m1"), false);
        assertThat(created.get("spec")).isEqualTo(configuration.get("spec"));
        assertThat(created.get("metadata").has("managedFields")).isFalse();
    }

    @Test
    void isTheSameWhenAppliedAgain() {
        ObjectNode live = apply(csr("", "{}"), "m1", "{'a':'b'}");
        assertThat(owners(live)).containsExactly(entry("m1", "Apply", "{'f:metadata':{'f:labels':{'f:a':{}}}}"));
        FieldOwners.Write later =
                new FieldOwners.Write("m1", "", Trees.CSR, Set.of("spec", "status"), Trees.NOW.plusSeconds(60));
        assertThat(owners.apply(live, labels("{'a':'b'}"), later, false)).isEqualTo(live);
    }

    @Test
    void refusesToChangeWhatAnotherApplied() {
        ObjectNode live = apply(csr("", "{}"), "m2", "{'a':'b'}");
        assertThatThrownBy(() -> apply(live, "m3", "{'a':'c'}"))
                .isInstanceOfSatisfying(ApiFailure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(409);
                    assertThat(failure.reason()).isEqualTo("Conflict");
                    List<Cause> causes =
                            List.of(new Cause("FieldManagerConflict", "conflict with \"m2\"", ".metadata.labels.a"));
                    assertThat(failure.details()).isEqualTo(new ApiFailure.Details("", "", "", "", causes, 0));
                })
                .hasMessage("Apply failed with 1 conflict: conflict with \"m2\": .metadata.labels.a");
        ObjectNode forced = force(live, "m3", "{'a':'c'}");
        assertThat(forced.at("/metadata/labels/a").stringValue()).isEqualTo("c");
        assertThat(owners(forced)).containsExactly(entry("m3", "Apply", "{'f:metadata':{'f:labels':{'f:a':{}}}}"));
    }

    @Test
    void namesAllConflictsByTheirOwners() {
        ObjectNode live = apply(csr("", "{}"), "z", "{'a':'1'}");
        ObjectNode updated = live.deepCopy();
        ((ObjectNode) updated.at("/metadata/labels")).put("b", "1").put("c", "1");
        owners.update(live, updated, Trees.approval("kubectl"));
        assertThatThrownBy(() -> apply(updated, "m", "{'a':'2','b':'2','c':'2'}"))
                .hasMessage(
                        "Apply failed with 3 conflicts: conflicts with \"kubectl\" with subresource \"approval\" using "
                                + "certificates.k8s.io/v1:\n- .metadata.labels.b\n- .metadata.labels.c\n"
                                + "conflicts with \"z\":\n- .metadata.labels.a");
    }

    @Test
    void sharesWhatTwoApplyAlike() {
        ObjectNode live = apply(apply(csr("", "{}"), "m1", "{'a':'b'}"), "m2", "{'a':'b'}");
        assertThat(owners(live)).hasSize(2);
        // Nothing changed in the object, so the second entry has no time.
        assertThat(owners(live).get(0).get("manager").stringValue()).isEqualTo("m2");
        assertThat(owners(live).get(0).has("time")).isFalse();
        ObjectNode left = apply(live, "m1", "{}");
        assertThat(left.at("/metadata/labels/a").stringValue()).isEqualTo("b");
        assertThat(owners(left)).hasSize(2);
    }

    @Test
    void takesAwayWhatItNoLongerAppliesUnlessAnotherOwnsIt() {
        ObjectNode live = apply(csr(",'labels':{'x':'1'}", "{}"), "m1", "{'a':'1','b':'1'}");
        ObjectNode shared = apply(live, "m2", "{'b':'1'}");
        ObjectNode left = apply(shared, "m1", "{'c':'1'}");
        assertThat(left.at("/metadata/labels")).isEqualTo(json("{'x':'1','b':'1','c':'1'}"));
        assertThat(left.at("/metadata/name").stringValue()).isEqualTo("a");
        assertThat(left.get("spec")).isEqualTo(live.get("spec"));
        JsonNode before = owners(left).get(owners(left).size() - 1);
        assertThat(before)
                .isEqualTo(entry("before-first-apply", "Update", "{'f:metadata':{'f:labels':{'.':{},'f:x':{}}}}"));
    }

    @Test
    void takesAwayAllOfWhatItAppliedAlone() {
        ObjectNode live = owners.apply(null, map("},'data':{'a':'1','b':'2'}"), data("m"), false);
        ObjectNode left = owners.apply(live, map("}"), data("m"), false);
        assertThat(left.has("data")).isFalse();
        assertThat(left.at("/metadata/name").stringValue()).isEqualTo("m");
        assertThat(owners(left)).isEmpty();
    }

    @Test
    void keepsWhatOthersAddedToAMapThatItTakesAway() {
        ObjectNode live = owners.apply(null, map("},'data':{'a':'1'}"), data("m"), false);
        ObjectNode updated = live.deepCopy();
        ((ObjectNode) updated.get("data")).put("b", "2");
        owners.update(live, updated, data("other"));
        ObjectNode left = owners.apply(updated, map("}"), data("m"), false);
        assertThat(left.get("data")).isEqualTo(json("{'b':'2'}"));
    }

    @Test
    void mergesConditionsByTheirTypes() {
        ObjectNode live = owners.update(
                null,
                csr(",'labels':{'x':'1'}", "{'conditions':[{'type':'Failed','status':'True'}]}"),
                Trees.approval("x"));
        ObjectNode configuration = object("{'apiVersion':'certificates.k8s.io/v1','kind':'CertificateSigningRequest',"
                + "'metadata':{'name':'a'},'status':{'conditions':"
                + "[{'type':'Approved','status':'True','reason':'r'}]}}");
        ObjectNode applied = owners.apply(live, configuration, Trees.approval("m"), false);
        assertThat(applied.at("/status/conditions").findValuesAsString("type"))
                .containsExactlyInAnyOrder("Failed", "Approved");
        assertThat(owners(applied).get(0).get("fieldsV1"))
                .isEqualTo(
                        json("{'f:status':{'f:conditions':{'k:{\\\"type\\\":\\\"Approved\\\"}':{'.':{},'f:reason':{},"
                                + "'f:status':{},'f:type':{}}}}}"));
        ObjectNode changed = configuration.deepCopy();
        ((ObjectNode) changed.at("/status/conditions/0")).put("reason", "s");
        assertThatThrownBy(() -> owners.apply(applied, changed, Trees.approval("n"), false))
                .hasMessage("Apply failed with 1 conflict: conflict with \"m\" with subresource \"approval\": "
                        + ".status.conditions[type=\"Approved\"].reason");
        ObjectNode none = configuration.deepCopy();
        none.remove("status");
        ObjectNode left = owners.apply(applied, none, Trees.approval("m"), false);
        assertThat(left.at("/status/conditions").findValuesAsString("type")).containsExactly("Failed");
    }

    @Test
    void keepsTheOrderOfAConfigurationAndThePlacesOfOthers() {
        ObjectNode live =
                object("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'m','namespace':'n','uid':'u',"
                        + "'finalizers':['a/1','b/1','c/1']}}");
        ObjectNode applied = owners.apply(live, map(",'finalizers':['c/1','d/1','a/1']}"), data("m"), false);
        assertThat(applied.at("/metadata/finalizers")).isEqualTo(json("['b/1','c/1','d/1','a/1']"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {'spec':{'foo':1}} | .spec.foo: field not declared in schema
            {'spec':{'signerName':5}} | .spec.signerName: expected string, got &value.valueUnstructured{Value:5}
            {'spec':{'usages':'x'}} | .spec.usages: expected list, got &{x}
            {'spec':[]} | .spec: expected map, got &{[]}
            {'spec':{'expirationSeconds':'x'}} | .spec.expirationSeconds: expected numeric (int or float), got string
            {'spec':{'usages':[1]}} | .spec.usages[0]: expected string, got &value.valueUnstructured{Value:1}
            {'status':{'conditions':[{'type':'A'},{'type':'A'}]}} | \
            .status.conditions: duplicate entries for key [type="A"]
            {'status':{'conditions':[{'status':'A'}]}} | \
            .status.conditions: element 0: associative list with keys has an element that omits all key fields \
            ["type"] (and doesn't have default values for any key fields)
            {'status':{'conditions':[null]}} | \
            .status.conditions: element 0: associative list with keys may not have a null element
            """)
    void refusesWhatDoesNotFitTheKind(String part, String message) {
        ObjectNode configuration = labels("{}");
        configuration.setAll(object(part));
        assertThatThrownBy(() -> owners.apply(null, configuration, write("m"), false))
                .isInstanceOfSatisfying(ApiFailure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(500);
                    assertThat(failure.reason()).isEmpty();
                })
                .hasMessage("failed to create typed patch object (/a; certificates.k8s.io/v1, "
                        + "Kind=CertificateSigningRequest): " + message);
    }

    @Test
    void answersAnObjectAsTheServerHoldsIt() {
        ObjectNode configuration = labels("{}");
        ((ObjectNode) configuration.get("metadata")).remove("labels");
        configuration.set("spec", json("{'usages':[],'username':'','request':null}"));
        assertThat(owners.apply(null, configuration, write("m"), false))
                .isEqualTo(object("{'kind':'CertificateSigningRequest','apiVersion':'certificates.k8s.io/v1',"
                        + "'metadata':{'name':'a'},'spec':{'signerName':''},'status':{}}"));
        ((ObjectNode) configuration.get("spec")).put("request", "?");
        assertThatThrownBy(() -> owners.apply(null, configuration, write("m"), false))
                .isInstanceOfSatisfying(
                        ApiFailure.class, failure -> assertThat(failure.code()).isEqualTo(500))
                .hasMessageStartingWith("failed to convert new object (/a; certificates.k8s.io/v1, "
                        + "Kind=CertificateSigningRequest) to proper version: ");
    }

    @Test
    void namesAllThatDoesNotFit() {
        ObjectNode configuration = map("},'data':{'a':1,'b':true}");
        assertThatThrownBy(() -> owners.apply(null, configuration, data("m"), false))
                .hasMessage("""
                        failed to create typed patch object (n/m; /v1, Kind=ConfigMap): errors:
                          .data.a: expected string, got &value.valueUnstructured{Value:1}
                          .data.b: expected string, got &value.valueUnstructured{Value:true}""");
    }

    @Test
    void refusesOtherKindsAndOwnersThatClientsName() {
        ObjectNode beta = labels("{}").put("apiVersion", "certificates.k8s.io/v1beta1");
        assertThatThrownBy(() -> owners.apply(null, beta, write("m"), false))
                .hasMessage("invalid object type: certificates.k8s.io/v1beta1, Kind=CertificateSigningRequest");
        ObjectNode named = labels("{}");
        ((ObjectNode) named.get("metadata")).putArray("managedFields");
        assertThatThrownBy(() -> owners.apply(null, named, write("m"), false))
                .isInstanceOfSatisfying(
                        ApiFailure.class, failure -> assertThat(failure.code()).isEqualTo(400))
                .hasMessage("metadata.managedFields must be nil");
    }

    @Test
    void letsKubectlChangeOverFromItsAnnotation() {
        String annotations = ",'annotations':{'kubectl.kubernetes.io/last-applied-configuration':"
                + "'{\\\"apiVersion\\\":\\\"v1\\\",\\\"kind\\\":\\\"ConfigMap\\\","
                + "\\\"metadata\\\":{\\\"name\\\":\\\"m\\\"},"
                + "\\\"data\\\":{\\\"a\\\":\\\"1\\\"}}'}";
        ObjectNode live =
                owners.update(null, map(annotations + "},'data':{'a':'1','z':'9'}"), data("kubectl-client-side-apply"));
        ((ObjectNode) live.get("metadata")).put("uid", "u");
        ObjectNode applied = owners.apply(live, map("},'data':{'a':'2'}"), data("kubectl"), false);
        assertThat(applied.get("data")).isEqualTo(json("{'a':'2','z':'9'}"));
        assertThat(applied.at("/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration")
                        .stringValue())
                .isEqualTo("{\"apiVersion\":\"v1\",\"data\":{\"a\":\"2\"},\"kind\":\"ConfigMap\",\"metadata\":"
                        + "{\"name\":\"m\",\"namespace\":\"n\"}}\n");
        assertThatThrownBy(() -> owners.apply(live, map("},'data':{'a':'2'}"), data("other"), false))
                .hasMessageStartingWith(
                        "Apply failed with 1 conflict: conflict with \"kubectl-client-side-apply\" using v1");
        assertThatThrownBy(() -> owners.apply(live, map("},'data':{'a':'2','z':'8'}"), data("kubectl"), false))
                .hasMessage(
                        "Apply failed with 1 conflict: conflict with \"kubectl-client-side-apply\" using v1: .data.z");
    }

    @Test
    void forgetsOwnersInVersionsThatAreNoMore() {
        ObjectNode live = csr(
                ",'labels':{'a':'1'},'managedFields':[{'manager':'old','operation':'Update',"
                        + "'apiVersion':'certificates.k8s.io/v9','fieldsType':'FieldsV1','fieldsV1':"
                        + "{'f:metadata':{'f:labels':{'f:a':{}}}}}]",
                "{}");
        assertThat(owners(apply(live, "m", "{'a':'2'}")).findValuesAsString("manager"))
                .containsExactly("m");
    }

    @Test
    void appliesToUnknownKinds() {
        GroupVersionKind kind = new GroupVersionKind("example.com", "v1", "Thing");
        FieldOwners.Write write = new FieldOwners.Write("m", "", kind, Set.of(), Trees.NOW);
        String head = "{'apiVersion':'example.com/v1','kind':'Thing','metadata':{'name':'x'},";
        ObjectNode live = owners.apply(null, object(head + "'spec':{'a':{'b':[1]},'c':1}}"), write, false);
        ObjectNode left = owners.apply(live, object(head + "'spec':{'a':{'b':[2]}}}"), write, false);
        assertThat(left.get("spec")).isEqualTo(json("{'a':{'b':[2]}}"));
    }
}
