package dev.kubepki.api.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.Kinds;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TablesTest {
    private static final List<Kind> KINDS = Kinds.load();
    private static final Instant NOW = Instant.parse("2026-11-22T15:20:30Z");

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    private static Tables tables(String resource, IncludeObject include) {
        Kind kind = KINDS.stream()
                .filter(each -> each.resource().equals(resource))
                .findFirst()
                .orElseThrow();
        return new Tables(kind, kind.versions().getFirst(), "v1", include);
    }

    private static String headers(JsonNode table) {
        StringBuilder text = new StringBuilder();
        for (JsonNode column : table.get("columnDefinitions")) {
            String wide = column.get("priority").asInt() > 0 ? "+" : "";
            text.append(text.isEmpty() ? "" : "|")
                    .append(wide)
                    .append(column.get("name").stringValue());
        }
        return text.toString();
    }

    private static String cells(String resource, String object) {
        JsonNode table = tables(resource, IncludeObject.NONE).single(json(object), NOW);
        assertThat(table.at("/rows/0/cells")).hasSameSizeAs(table.get("columnDefinitions"));
        return table.at("/rows/0/cells").toString().replace('"', '\'');
    }

    @Test
    void showsARequestAsPeopleKnowIt() {
        ObjectNode csr = json("{'metadata':{'name':'s1','resourceVersion':'970',"
                + "'creationTimestamp':'2026-11-22T15:20:16Z'},'spec':{'signerName':"
                + "'kubernetes.io/kube-apiserver-client',"
                + "'username':'kubernetes-super-admin','expirationSeconds':3600}}");

        JsonNode table = tables("certificatesigningrequests.certificates.k8s.io", IncludeObject.METADATA)
                .single(csr, NOW);

        assertThat(headers(table)).isEqualTo("Name|Age|SignerName|Requestor|RequestedDuration|Condition");
        assertThat(table.at("/columnDefinitions/0/format").stringValue()).isEqualTo("name");
        assertThat(table.get("metadata")).hasToString("{\"resourceVersion\":\"970\"}");
        assertThat(table.get("rows"))
                .hasToString("[{\"cells\":[\"s1\",\"14s\","
                        + "\"kubernetes.io/kube-apiserver-client\","
                        + "\"kubernetes-super-admin\",\"60m\",\"Pending\"],"
                        + "\"object\":{\"kind\":\"PartialObjectMetadata\","
                        + "\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":"
                        + "{\"name\":\"s1\",\"resourceVersion\":\"970\","
                        + "\"creationTimestamp\":\"2026-11-22T15:20:16Z\"}}}]");
    }

    @Test
    void countsConditionsByTheirPresence() {
        String csr = "certificatesigningrequests.certificates.k8s.io";

        assertThat(cells(csr, "{'status':{'conditions':[{'type':'Approved','status':'False'}],'certificate':'eA=='}}"))
                .endsWith("'Approved,Issued']");
        assertThat(cells(csr, "{'status':{'conditions':[{'type':'Failed'},{'type':'Approved'}]}}"))
                .endsWith("'Approved,Failed']");
        assertThat(cells(csr, "{'status':{'conditions':[{'type':'Approved'},{'type':'Denied'}]}}"))
                .endsWith("'<none>','Denied']");
        assertThat(cells(csr, "{'status':{'conditions':[{'type':'Failed'}]}}")).endsWith("'Pending,Failed']");
    }

    @Test
    void showsBundlesAndPodRequests() {
        assertThat(cells("clustertrustbundles.certificates.k8s.io", "{'metadata':{'name':'plain'},'spec':{}}"))
                .isEqualTo("['plain','<none>']");
        assertThat(cells(
                        "podcertificaterequests.certificates.k8s.io",
                        "{'metadata':{'name':'r'},'spec':{'podName':'p','serviceAccountName':'s','nodeName':'n',"
                                + "'signerName':'a.b/c','unverifiedUserAnnotations':{'b/y':'2','a/x':'1'}},"
                                + "'status':{'conditions':[{'type':'Issued'}]}}"))
                .isEqualTo("['r','p','s','n','a.b/c','Issued','a/x=1,b/y=2']");
    }

    @Test
    void showsSubjectsOfBindingsInWideOutput() {
        String binding = "{'metadata':{'name':'b','creationTimestamp':'2026-11-22T15:10:00Z'},'roleRef':{'kind':'Role',"
                + "'name':'r'},'subjects':[{'kind':'User','name':'u'},{'kind':'User','name':'v'},"
                + "{'kind':'ServiceAccount','namespace':'n','name':'s'}]}";

        assertThat(cells("rolebindings.rbac.authorization.k8s.io", binding))
                .isEqualTo("['b','Role/r','10m','u, v','','n/s']");
        assertThat(headers(tables("clusterrolebindings.rbac.authorization.k8s.io", IncludeObject.NONE)
                        .single(json(binding), NOW)))
                .isEqualTo("Name|Role|Age|+Users|+Groups|+ServiceAccounts");
    }

    @Test
    void showsKindsWithoutColumnsByNameAndCreation() {
        JsonNode table = tables("roles.rbac.authorization.k8s.io", IncludeObject.NONE)
                .single(json("{'metadata':{'name':'r','creationTimestamp':'2026-11-22T15:10:00Z'}}"), NOW);

        assertThat(headers(table)).isEqualTo("Name|Created At");
        assertThat(table.at("/columnDefinitions/1/type").stringValue()).isEqualTo("date");
        assertThat(table.at("/rows/0/cells")).hasToString("[\"r\",\"2026-11-22T15:10:00Z\"]");
    }

    @Test
    void showsConfigurationByItsSize() {
        String created = "'creationTimestamp':'2026-11-22T15:20:20Z'";

        assertThat(cells(
                        "configmaps",
                        "{'metadata':{'name':'c'," + created + "},'data':{'a':''},'binaryData':{'b':''}}"))
                .isEqualTo("['c',2,'10s']");
        assertThat(cells("secrets", "{'metadata':{'name':'s'," + created + "},'type':'Opaque'}"))
                .isEqualTo("['s','Opaque',0,'10s']");
        assertThat(cells("namespaces", "{'metadata':{'name':'n'," + created + "},'status':{'phase':'Active'}}"))
                .isEqualTo("['n','Active','10s']");
        assertThat(cells("serviceaccounts", "{'metadata':{'name':'default'}}")).isEqualTo("['default','<unknown>']");
        assertThat(cells("leases.coordination.k8s.io", "{'metadata':{'name':'l'},'spec':{'holderIdentity':'me'}}"))
                .isEqualTo("['l','me','<unknown>']");
    }

    @Test
    void showsEventsOfBothGroupsAlike() {
        assertThat(cells(
                        "events",
                        "{'metadata':{'name':'e'},'involvedObject':{'kind':'Namespace','name':'n'},'type':'Warning',"
                                + "'reason':'R','message':'text\\n','source':{'component':'c','host':'h'},'count':3,"
                                + "'firstTimestamp':'2026-11-22T15:00:00Z','lastTimestamp':'2026-11-22T15:15:02Z'}"))
                .isEqualTo("['5m28s','Warning','R','namespace/n','','c, h','text','20m',3,'e']");
        assertThat(cells(
                        "events.events.k8s.io",
                        "{'metadata':{'name':'e'},'regarding':{'kind':'Pod','name':'p',"
                                + "'fieldPath':'spec'},'type':'Normal',"
                                + "'reason':'R','note':'text','reportingController':'c','eventTime':"
                                + "'2026-11-22T15:20:00.000000Z'}"))
                .isEqualTo("['30s','Normal','R','pod/p','spec','c','text','30s',1,'e']");
        assertThat(cells(
                        "events",
                        "{'series':{'count':5,'lastObservedTime':'2026-11-22T15:20:29.500000Z'},"
                                + "'eventTime':'2026-11-22T15:20:00.000000Z'}"))
                .isEqualTo("['0s','','','','','','','30s',5,'']");
    }

    @Test
    void showsNodesByTheirConditionsAndLabels() {
        assertThat(cells(
                        "nodes",
                        "{'metadata':{'name':'n','labels':{'node-role.kubernetes.io/worker':'',"
                                + "'node-role.kubernetes.io/control-plane':''}},'spec':{'unschedulable':true},"
                                + "'status':{'conditions':[{'type':'Ready','status':'True'}],'addresses':"
                                + "[{'type':'InternalIP','address':'10.0.0.1'}],"
                                + "'nodeInfo':{'kubeletVersion':'v1.36.2'}}}"))
                .isEqualTo("['n','Ready,SchedulingDisabled','control-plane,worker','<unknown>','v1.36.2','10.0.0.1',"
                        + "'<none>','<unknown>','<unknown>','<unknown>']");
    }

    @Test
    void showsPodsByWhatKeepsThemFromRunning() {
        String pod = "{'metadata':{'name':'p'},'spec':{'containers':[{},{}]},'status':{'phase':'Running',"
                + "'containerStatuses':[{'ready':true,'state':{'running':{}},'restartCount':2,"
                + "'lastState':{'terminated':"
                + "{'finishedAt':'2026-11-22T15:10:30Z'}}},{'state':{'waiting':{'reason':'CrashLoopBackOff'}}}]}}";

        assertThat(cells("pods", pod)).startsWith("['p','1/2','CrashLoopBackOff','2 (10m ago)','<unknown>'");
        assertThat(cells("pods", "{'spec':{'containers':[{}]}}")).startsWith("['','0/1','Pending','0'");
        assertThat(cells(
                        "pods",
                        "{'spec':{'initContainers':[{},{}],'containers':[{}]},'status':{'phase':'Pending',"
                                + "'initContainerStatuses':[{'state':{'terminated':{'exitCode':0}}},"
                                + "{'state':{'running':{}}}]}}"))
                .startsWith("['','0/1','Init:1/2'");
    }

    @Test
    void showsServicesAndDeployments() {
        assertThat(cells(
                        "services",
                        "{'metadata':{'name':'s'},'spec':{'type':'LoadBalancer','clusterIP':'10.0.0.9','ports':"
                                + "[{'port':80,'nodePort':30080,'protocol':'TCP'},{'port':53,'protocol':'UDP'}],"
                                + "'selector':{'b':'2','a':'1'}}}"))
                .isEqualTo("['s','LoadBalancer','10.0.0.9','<pending>','80:30080/TCP,53/UDP','<unknown>','a=1,b=2']");
        assertThat(cells(
                        "deployments.apps",
                        "{'metadata':{'name':'d'},'spec':{'replicas':3,'selector':{'matchLabels':{'a':'b'},"
                                + "'matchExpressions':[{'key':'k','operator':'In','values':['x',"
                                + "'y']}]},'template':{'spec':"
                                + "{'containers':[{'name':'c','image':'i'}]}}},'status':{'readyReplicas':2}}"))
                .isEqualTo("['d','2/3',0,0,'<unknown>','c','i','a=b,k in (x,y)']");
    }

    @Test
    void makesARowOfAnyObjectOfAnyKind() {
        assertThat(KINDS)
                .allSatisfy(kind -> assertThat(cells(kind.resource(), "{'metadata':{'name':'x'}}"))
                        .contains("x"));
    }

    @Test
    void listsRowsWithTheMetadataOfTheList() {
        ObjectNode metadata = json("{'resourceVersion':'994','continue':'abc','remainingItemCount':21}");
        Tables tables = tables("roles.rbac.authorization.k8s.io", IncludeObject.OBJECT);

        JsonNode table = tables.list(metadata, List.of(json("{'metadata':{'name':'a'},'rules':[]}")), NOW);

        assertThat(table.get("kind").stringValue()).isEqualTo("Table");
        assertThat(table.get("metadata").get("continue").stringValue()).isEqualTo("abc");
        assertThat(table.at("/rows/0/object"))
                .hasToString("{\"kind\":\"Role\",\"apiVersion\":\"rbac.authorization.k8s.io/v1\","
                        + "\"metadata\":{\"name\":\"a\"},\"rules\":[]}");
        assertThat(tables("roles.rbac.authorization.k8s.io", IncludeObject.NONE)
                        .list(metadata, List.of(json("{}")), NOW)
                        .at("/rows/0/object")
                        .isNull())
                .isTrue();
    }

    @Test
    void definesColumnsOnlyInTheFirstEventOfAWatch() {
        Tables tables = tables("secrets", IncludeObject.METADATA);
        ObjectNode bookmark =
                json("{'metadata':{'resourceVersion':'7','annotations':{'k8s.io/initial-events-end':'true'}}}");

        assertThat(tables.event(bookmark, true, NOW).get("columnDefinitions")).hasSize(4);
        JsonNode second = tables.event(bookmark, false, NOW);
        assertThat(second.get("columnDefinitions").isNull()).isTrue();
        assertThat(second.at("/metadata/resourceVersion").stringValue()).isEqualTo("7");
        assertThat(second.at("/rows/0/object/metadata/annotations")).hasSize(1);
    }

    @Test
    void reducesObjectsToTheirMetadata() {
        ObjectNode list = PartialMetadata.list(
                json("{'resourceVersion':'994'}"), List.of(json("{'metadata':{'name':'a'},'data':{}}")), "v1");

        assertThat(list)
                .hasToString("{\"kind\":\"PartialObjectMetadataList\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":"
                        + "{\"resourceVersion\":\"994\"},\"items\":[{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":"
                        + "\"meta.k8s.io/v1\",\"metadata\":{\"name\":\"a\"}}]}");
    }

    @Test
    void knowsWhatRowsMayCarry() {
        assertThat(IncludeObject.parse("")).contains(IncludeObject.METADATA);
        assertThat(IncludeObject.parse("None")).contains(IncludeObject.NONE);
        assertThat(IncludeObject.parse("none")).isEmpty();
    }
}
