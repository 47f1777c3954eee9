package dev.kubepki.server.auth.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.server.auth.Attributes;
import dev.kubepki.server.auth.Authorizer.Decision;
import dev.kubepki.server.auth.UserInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class NodeAuthorizerTest {
    private static final UserInfo N1 = new UserInfo("system:node:n1", "", List.of("system:nodes"), Map.of());
    private static final UserInfo N2 = new UserInfo("system:node:n2", "", List.of("system:nodes"), Map.of());
    private static final String POD = """
            {'kind':'Pod','metadata':{'namespace':'ns','name':'p'},'spec':{'nodeName':'n1','serviceAccountName':'sa',
             'imagePullSecrets':[{'name':'pull'}],
             'initContainers':[{'envFrom':[{'secretRef':{'name':'all'}},{'configMapRef':{'name':'cm-all'}}]}],
             'containers':[{'env':[{'valueFrom':{'secretKeyRef':{'name':'one'}}},
                                   {'valueFrom':{'configMapKeyRef':{'name':'cm-one'}}}]}],
             'resourceClaims':[{'resourceClaimName':'rc'}],
             'volumes':[{'secret':{'secretName':'vol'}},{'configMap':{'name':'cm-vol'}},
               {'persistentVolumeClaim':{'claimName':'pvc'}},{'name':'tmp','ephemeral':{}},
               {'rbd':{'secretRef':{'name':'rbd'}}},{'csi':{'nodePublishSecretRef':{'name':'csi'}}},
               {'projected':{'sources':[{'secret':{'name':'proj'}},{'configMap':{'name':'cm-proj'}}]}}]},
             'status':{'resourceClaimStatuses':[{'resourceClaimName':'rc-made'}]}}""";
    private static final String VOLUME = """
            {'kind':'PersistentVolume','metadata':{'name':'pv'},'spec':{
             'claimRef':{'namespace':'ns','name':'pvc'},
             'csi':{'nodeStageSecretRef':{'namespace':'storage','name':'stage'}}}}""";

    private final NodeObjects objects = new NodeObjects();
    private final NodeAuthorizer authorizer = new NodeAuthorizer(objects);

    @BeforeEach
    void loadObjects() {
        put(POD);
        put(VOLUME);
        put("{'kind':'VolumeAttachment','metadata':{'name':'va'},'spec':{'nodeName':'n1'}}");
        put("{'kind':'PodCertificateRequest','metadata':{'namespace':'ns','name':'pcr'},'spec':{'nodeName':'n1'}}");
        objects.completed();
    }

    private void put(String json) {
        objects.put((ObjectNode) new JsonMapper().readTree(json.replace('\'', '"')));
    }

    private Decision ask(UserInfo user, String verb, String resource, String namespace, String name, String selector) {
        String[] qualified = resource.split("\\.", 2);
        String[] parts = qualified[0].split("/", -1);
        return authorizer.decide(new Attributes(
                user,
                verb,
                qualified.length > 1 ? qualified[1] : "",
                "*",
                parts[0],
                parts.length > 1 ? parts[1] : "",
                namespace,
                name,
                "",
                selector,
                ""));
    }

    @ParameterizedTest
    @CsvSource({
        "secrets,ns,pull",
        "secrets,ns,all",
        "secrets,ns,one",
        "secrets,ns,vol",
        "secrets,ns,rbd",
        "secrets,ns,csi",
        "secrets,ns,proj",
        "secrets,storage,stage",
        "configmaps,ns,cm-all",
        "configmaps,ns,cm-one",
        "configmaps,ns,cm-vol",
        "configmaps,ns,cm-proj",
        "persistentvolumeclaims,ns,pvc",
        "persistentvolumeclaims,ns,p-tmp",
        "persistentvolumes,'',pv",
        "serviceaccounts,ns,sa",
        "resourceclaims.resource.k8s.io,ns,rc",
        "resourceclaims.resource.k8s.io,ns,rc-made",
        "volumeattachments.storage.k8s.io,'',va",
        "podcertificaterequests.certificates.k8s.io,ns,pcr",
        "pods,ns,p"
    })
    void letsTheNodeOfAPodReadWhatThePodNeeds(String resource, String namespace, String name) {
        assertThat(ask(N1, "get", resource, namespace, name, "").allowed()).isTrue();
        assertThat(ask(N2, "get", resource, namespace, name, ""))
                .extracting(Decision::allowed, Decision::reason)
                .containsExactly(false, "no relationship found between node 'n2' and this object");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "get|secrets|ns|other||no relationship found between node 'n1' and this object",
                "get|secrets|other|vol||no relationship found between node 'n1' and this object",
                "update|secrets|ns|vol||can only read resources of this type",
                "list|secrets|ns|||No Object name found",
                "list|secrets||vol||can only read namespaced object of this type",
                "get|secrets/x|ns|vol||cannot read subresource",
                "list|persistentvolumes||||can only get individual resources of this type",
                "create|serviceaccounts/token|ns|other||no relationship found between node 'n1' and this object",
                "delete|serviceaccounts|ns|sa||can only create tokens for individual service accounts",
                "get|leases.coordination.k8s.io|default|n1||can only access leases in the \"kube-node-lease\" system"
                        + " namespace",
                "get|leases.coordination.k8s.io|kube-node-lease|n2||can only access node lease with the same name as"
                        + " the requesting node",
                "list|leases.coordination.k8s.io|kube-node-lease|||can only get, create, update, patch, or delete a"
                        + " node lease",
                "get|nodes||n2||node 'n1' cannot read 'n2', only its own Node object",
                "list|nodes||||node 'n1' cannot read all nodes, only its own Node object",
                "list|pods||||can only list/watch pods with spec.nodeName field selector",
                "list|pods|||spec.nodeName=n2|can only list/watch pods with spec.nodeName field selector",
                "list|pods|||spec.nodeName!=n1|can only list/watch pods with spec.nodeName field selector",
                "watch|podcertificaterequests.certificates.k8s.io||||can only list/watch podcertificaterequests with"
                        + " spec.nodeName field selector",
                "update|podcertificaterequests.certificates.k8s.io/status|ns|pcr||"
            })
    void saysWhyNot(String verb, String resource, String namespace, String name, String selector, String reason) {
        Decision decision = ask(N1, verb, resource, text(namespace), text(name), text(selector));
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.reason()).isEqualTo(text(reason));
    }

    private static String text(String text) {
        return text == null ? "" : text;
    }

    @ParameterizedTest
    @CsvSource({
        "list,secrets,ns,vol,''",
        "create,serviceaccounts/token,ns,sa,''",
        "update,persistentvolumeclaims/status,ns,pvc,''",
        "update,leases.coordination.k8s.io,kube-node-lease,n1,''",
        "create,leases.coordination.k8s.io,kube-node-lease,'',''",
        "get,nodes,'',n1,''",
        "create,nodes,'','',''",
        "patch,nodes/status,'',n1,''",
        "list,pods,'','',spec.nodeName=n1",
        "watch,pods,'','','status.phase!=Failed,spec.nodeName=n1'",
        "create,pods,ns,'',''",
        "patch,pods/status,ns,p,''",
        "create,certificatesigningrequests.certificates.k8s.io,'','',''",
        "list,certificatesigningrequests.certificates.k8s.io,'','',''",
        "create,podcertificaterequests.certificates.k8s.io,ns,'',''",
        "list,podcertificaterequests.certificates.k8s.io,'','',spec.nodeName=n1",
        "watch,clustertrustbundles.certificates.k8s.io,'','',''",
        "create,tokenreviews.authentication.k8s.io,'','',''"
    })
    void letsEveryNodeDoItsWork(String verb, String resource, String namespace, String name, String selector) {
        assertThat(ask(N1, verb, resource, namespace, name, selector).allowed()).isTrue();
    }

    @Test
    void hasNothingToSayAboutOthers() {
        UserInfo alone = new UserInfo("system:node:n1", "", List.of(), Map.of());
        UserInfo nobody = new UserInfo("system:node:", "", List.of("system:nodes"), Map.of());
        UserInfo group = new UserInfo("jane", "", List.of("system:nodes"), Map.of());
        assertThat(ask(alone, "get", "secrets", "ns", "vol", "")).isEqualTo(Decision.NO_OPINION);
        assertThat(ask(group, "get", "secrets", "ns", "vol", "")).isEqualTo(Decision.NO_OPINION);
        assertThat(ask(nobody, "get", "secrets", "ns", "vol", "").reason())
                .isEqualTo("unknown node for user \"system:node:\"");
        assertThat(ask(N1, "approve", "signers.certificates.k8s.io", "", "x", ""))
                .isEqualTo(Decision.NO_OPINION);
        assertThat(authorizer.decide(Attributes.path(N1, "get", "/api"))).isEqualTo(Decision.NO_OPINION);
    }

    @Test
    void followsPodsAndVolumes() {
        put(POD.replace("'n1'", "'n2'").replace("'vol'", "'vol2'"));
        assertThat(ask(N1, "get", "secrets", "ns", "pull", "").allowed()).isFalse();
        assertThat(ask(N2, "get", "secrets", "ns", "vol", "").allowed()).isFalse();
        assertThat(ask(N2, "get", "secrets", "ns", "vol2", "").allowed()).isTrue();
        put(POD.replace("'name':'p'", "'name':'q'").replace("'n1'", "'n2'"));
        objects.remove("Pod", "ns", "p");
        assertThat(ask(N2, "get", "secrets", "ns", "pull", "").allowed()).isTrue();
        assertThat(ask(N2, "get", "secrets", "ns", "vol2", "").allowed()).isFalse();
        assertThat(ask(N2, "get", "secrets", "storage", "stage", "").allowed()).isTrue();
        objects.remove("PersistentVolume", "", "pv");
        assertThat(ask(N2, "get", "secrets", "storage", "stage", "").allowed()).isFalse();
        objects.remove("Pod", "ns", "q");
        assertThat(ask(N2, "get", "secrets", "ns", "pull", "").allowed()).isFalse();
    }

    @Test
    void givesNothingForMirrorPodsAndUnscheduledOnes() {
        put(POD.replace("'name':'p'", "'name':'m','annotations':{'kubernetes.io/config.mirror':'x'}")
                .replace("'vol'", "'mirrored'"));
        put(POD.replace("'name':'p'", "'name':'w'")
                .replace("'nodeName':'n1',", "")
                .replace("'vol'", "'waiting'"));
        assertThat(ask(N1, "get", "pods", "ns", "m", "").allowed()).isTrue();
        assertThat(ask(N1, "get", "secrets", "ns", "mirrored", "").allowed()).isFalse();
        assertThat(ask(N1, "get", "secrets", "ns", "waiting", "").allowed()).isFalse();
    }

    @Test
    void knowsNothingUntilEverythingIsLoaded() {
        NodeObjects loading = new NodeObjects();
        loading.put((ObjectNode) new JsonMapper().readTree(POD.replace('\'', '"')));
        assertThat(new NodeAuthorizer(loading)
                        .decide(Attributes.resource(N1, "get", "", "secrets", "", "ns", "vol"))
                        .allowed())
                .isFalse();
    }
}
