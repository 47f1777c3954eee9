package dev.kubepki.server.patch;

import static dev.kubepki.server.patch.Trees.csr;
import static dev.kubepki.server.patch.Trees.json;
import static dev.kubepki.server.patch.Trees.object;
import static dev.kubepki.server.patch.Trees.owners;
import static dev.kubepki.server.patch.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.api.kind.GroupVersionKind;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class FieldOwnersUpdateTest {
    private static final String APPROVED =
            "{'conditions':[{'type':'Approved','status':'True','message':'m','reason':'r',"
                    + "'lastUpdateTime':'2026-11-22T15:20:16Z','lastTransitionTime':'2026-11-22T15:20:16Z'}]}";
    private final FieldOwners owners = new FieldOwners(Trees.SCHEMA);

    private static JsonNode entry(String manager, String fields, String subresource) {
        return json("{'manager':'" + manager + "','operation':'Update','apiVersion':'certificates.k8s.io/v1',"
                + "'time':'2026-11-22T15:20:16Z','fieldsType':'FieldsV1','fieldsV1':" + fields
                + (subresource.isEmpty() ? "" : ",'subresource':'" + subresource + "'") + "}");
    }

    private ObjectNode created(String metadata) {
        return owners.update(null, csr(metadata, "{}"), write("scenario"));
    }

    @Test
    void tracksNothingOfARequestWithoutLabels() {
        assertThat(created("").get("metadata").has("managedFields")).isFalse();
    }

    @Test
    void givesTheLabelsOfANewRequestToItsCreator() {
        assertThat(owners(created(",'labels':{'all':'y','p':'0'}")))
                .containsExactly(entry("scenario", "{'f:metadata':{'f:labels':{'.':{},'f:all':{},'f:p':{}}}}", ""));
        assertThat(owners(created(",'generateName':'x-'")))
                .containsExactly(entry("scenario", "{'f:metadata':{'f:generateName':{}}}", ""));
    }

    @Test
    void tracksNothingWhenAnUntrackedObjectIsUpdated() {
        ObjectNode live = created("");
        ObjectNode updated = owners.update(live, csr(",'labels':{'u':'1'}", "{}"), write("scenario"));
        assertThat(updated).isEqualTo(csr(",'labels':{'u':'1'}", "{}"));
    }

    @Test
    void keepsAnEntryForEachSubresource() {
        ObjectNode live = created(",'annotations':{'n':'1'}");
        ObjectNode approved = live.deepCopy();
        approved.set("status", json(APPROVED));
        owners.update(live, approved, Trees.approval("kubectl"));
        ObjectNode issued = approved.deepCopy();
        ((ObjectNode) issued.get("status")).put("certificate", "LS0t");
        owners.update(approved, issued, Trees.status("kube-controller-manager"));
        assertThat(owners(issued))
                .containsExactlyInAnyOrder(
                        entry("scenario", "{'f:metadata':{'f:annotations':{'.':{},'f:n':{}}}}", ""),
                        entry("kube-controller-manager", "{'f:status':{'f:certificate':{}}}", "status"),
                        entry(
                                "kubectl",
                                "{'f:status':{'f:conditions':{'.':{},'k:{\\\"type\\\":\\\"Approved\\\"}':{'.':{},"
                                        + "'f:lastTransitionTime':{},'f:lastUpdateTime':{},'f:message':{},"
                                        + "'f:reason':{},"
                                        + "'f:status':{},'f:type':{}}}}}",
                                "approval"));
    }

    @Test
    void leavesOutWhatIsEmptyInACondition() {
        ObjectNode live = created(",'labels':{'a':'1'}");
        ObjectNode approved = live.deepCopy();
        approved.set("status", json("{'conditions':[{'type':'A','status':'True','reason':'','message':null}]}"));
        owners.update(live, approved, Trees.approval("x"));
        JsonNode fields = owners(approved).get(1).get("fieldsV1");
        assertThat(fields.at("/f:status/f:conditions").get("k:{\"type\":\"A\"}").propertyNames())
                .containsExactly(".", "f:lastTransitionTime", "f:lastUpdateTime", "f:status", "f:type");
    }

    @Test
    void takesAFieldFromItsOwnerAndUnitesAManagersEntries() {
        ObjectNode live = created(",'labels':{'a':'1','b':'1'}");
        ObjectNode second = owners.update(live, withOwners(live, ",'labels':{'a':'2','b':'1'}"), write("other"));
        assertThat(owners(second))
                .containsExactly(
                        entry("other", "{'f:metadata':{'f:labels':{'f:a':{}}}}", ""),
                        entry("scenario", "{'f:metadata':{'f:labels':{'.':{},'f:b':{}}}}", ""));
        ObjectNode third =
                owners.update(second, withOwners(second, ",'labels':{'a':'2','b':'1','c':'1'}"), write("other"));
        assertThat(owners(third).get(0))
                .isEqualTo(entry("other", "{'f:metadata':{'f:labels':{'f:a':{},'f:c':{}}}}", ""));
    }

    private static ObjectNode withOwners(ObjectNode live, String metadata) {
        ObjectNode updated = csr(metadata, "{}");
        ((ObjectNode) updated.get("metadata")).set("managedFields", owners(live).deepCopy());
        return updated;
    }

    @Test
    void dropsWhatNoLongerExistsWithoutANewTime() {
        ObjectNode live = created(",'labels':{'a':'1'},'finalizers':['x/y']");
        FieldOwners.Write later = new FieldOwners.Write(
                "other", "", Trees.CSR, Set.of("spec", "status"), Instant.parse("2027-01-01T00:00:00Z"));
        ObjectNode updated = owners.update(live, csr(",'labels':{'a':'1'}", "{}"), later);
        assertThat(owners(updated))
                .containsExactly(entry("scenario", "{'f:metadata':{'f:labels':{'.':{},'f:a':{}}}}", ""));
        assertThat(owners.update(updated, csr("", "{}"), later).get("metadata").has("managedFields"))
                .isFalse();
    }

    @Test
    void ignoresWhatTheEndpointResets() {
        ObjectNode live = created(",'labels':{'a':'1'}");
        ObjectNode updated = live.deepCopy();
        ((ObjectNode) updated.get("spec")).put("signerName", "example.com/other");
        updated.set("status", json(APPROVED));
        assertThat(owners.update(live, updated.deepCopy(), write("other"))).isEqualTo(updated);
    }

    @Test
    void forgetsOwnersWhenAskedTo() {
        for (String list : new String[] {"[]", "[{}]", "[{'manager':'','fieldsV1':null}]"}) {
            ObjectNode live = created(",'labels':{'a':'1'}");
            ObjectNode updated = csr(",'labels':{'a':'2'},'managedFields':" + list, "{}");
            assertThat(owners.update(live, updated, write("x")).get("metadata").has("managedFields"))
                    .isFalse();
        }
    }

    @Test
    void keepsOwnersThatAClientLeftOutOrMadeUnreadable() {
        ObjectNode live = created(",'labels':{'a':'1'}");
        for (String list : new String[] {
            "null",
            "[{'manager':'x'}]",
            "'junk'",
            "[{'operation':'Update','apiVersion':'v1'," + "'fieldsType':'FieldsV1','fieldsV1':{'junk':{}}}]"
        }) {
            ObjectNode updated = csr(",'labels':{'a':'1'},'managedFields':" + list, "{}");
            assertThat(owners(owners.update(live, updated, write("x")))).isEqualTo(owners(live));
        }
    }

    @Test
    void letsAClientChangeOwnersButNotThroughASubresource() {
        ObjectNode live = created(",'labels':{'a':'1'}");
        JsonNode mine = entry("mine", "{'f:metadata':{'f:labels':{'f:a':{}}}}", "");
        ObjectNode updated = csr(",'labels':{'a':'1'},'managedFields':[" + mine + "]", "{}");
        assertThat(owners(owners.update(live, updated.deepCopy(), Trees.approval("x"))))
                .isEqualTo(owners(live));
        assertThat(owners(owners.update(live, updated, write("x")))).containsExactly(mine);
    }

    @Test
    void mergesTheOldestOfMoreThanTenManagers() {
        ObjectNode live = created(",'labels':{'l00':'1'}");
        for (int i = 1; i <= 12; i++) {
            FieldOwners.Write write =
                    new FieldOwners.Write("m" + i, "", Trees.CSR, Set.of("spec", "status"), Trees.NOW.plusSeconds(i));
            ObjectNode next = live.deepCopy();
            ((ObjectNode) next.get("metadata").get("labels")).put("l" + i, "1");
            live = owners.update(live, next, write);
        }
        assertThat(owners(live)).hasSize(10);
        JsonNode oldest = owners(live).get(0);
        assertThat(oldest.get("manager").stringValue()).isEqualTo("ancient-changes");
        assertThat(oldest.get("time").stringValue()).isEqualTo("2026-11-22T15:20:19Z");
        assertThat(oldest.at("/fieldsV1/f:metadata/f:labels").propertyNames())
                .containsExactly(".", "f:l00", "f:l1", "f:l2", "f:l3");
    }

    @Test
    void ownsAtomicValuesAsOne() {
        GroupVersionKind kind = new GroupVersionKind("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding");
        ObjectNode binding = object("{'metadata':{'name':'x'},'subjects':[{'kind':'User','name':'jane'}],"
                + "'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'ClusterRole','name':'view'}}");
        owners.update(null, binding, new FieldOwners.Write("k", "", kind, Set.of(), Trees.NOW));
        assertThat(owners(binding).get(0).get("fieldsV1")).isEqualTo(json("{'f:roleRef':{},'f:subjects':{}}"));
    }

    @Test
    void marksAddedPointersButNotMessagesThatAreAlwaysThere() {
        GroupVersionKind kind = new GroupVersionKind("authorization.k8s.io", "v1", "SubjectAccessReview");
        ObjectNode review = object("{'spec':{'user':'jane','resourceAttributes':{'verb':'get','resource':'pods'}}}");
        owners.update(null, review, new FieldOwners.Write("k", "", kind, Set.of(), Trees.NOW));
        assertThat(owners(review).get(0).get("fieldsV1"))
                .isEqualTo(
                        json("{'f:spec':{'f:resourceAttributes':{'.':{},'f:resource':{},'f:verb':{}},'f:user':{}}}"));
        GroupVersionKind role = new GroupVersionKind("rbac.authorization.k8s.io", "v1", "ClusterRole");
        ObjectNode aggregated =
                object("{'metadata':{'name':'x'},'rules':null,'aggregationRule':{'clusterRoleSelectors':"
                        + "[{'matchLabels':{'a':'b'}}]}}");
        owners.update(null, aggregated, new FieldOwners.Write("k", "", role, Set.of(), Trees.NOW));
        assertThat(owners(aggregated).get(0).get("fieldsV1"))
                .isEqualTo(json("{'f:aggregationRule':{'.':{},'f:clusterRoleSelectors':{}}}"));
    }

    @Test
    void tracksEachFieldOfUnknownKinds() {
        GroupVersionKind kind = new GroupVersionKind("example.com", "v1", "Thing");
        ObjectNode thing = object("{'metadata':{'name':'x'},'spec':{'a':{'b':[1]},'c':true}}");
        owners.update(null, thing, new FieldOwners.Write("k", "", kind, Set.of(), Trees.NOW));
        assertThat(owners(thing).get(0).get("fieldsV1"))
                .isEqualTo(json("{'f:spec':{'.':{},'f:a':{'.':{},'f:b':{}},'f:c':{}}}"));
    }

    @Test
    void namesManagersByTheRequestOrItsAgent() {
        assertThat(FieldOwners.managerOf("me", "kubectl/v1.35")).isEqualTo("me");
        assertThat(FieldOwners.managerOf("", "kubectl/v1.35 (linux)")).isEqualTo("kubectl");
        assertThat(FieldOwners.managerOf("", "a\u0000b\tc")).isEqualTo("abc");
        assertThat(FieldOwners.managerOf("", "é".repeat(100))).isEqualTo("é".repeat(64));
        ObjectNode object = owners.update(null, csr(",'labels':{'a':'1'}", "{}"), write(""));
        assertThat(owners(object).get(0).get("manager").stringValue()).isEqualTo("unknown");
    }
}
