package dev.kubepki.server.auth.rbac;

import static dev.kubepki.server.auth.rbac.RecordedObjects.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.server.auth.rbac.BootstrapPolicy.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class BootstrapPolicyTest {
    private static final ObjectNode EXPECTED = json("""
            {'kind':'ClusterRole','apiVersion':'rbac.authorization.k8s.io/v1','metadata':{'name':'r',
             'labels':{'kubernetes.io/bootstrapping':'rbac-defaults'},
             'annotations':{'rbac.authorization.kubernetes.io/autoupdate':'true'}},
             'rules':[{'verbs':['get','list'],'apiGroups':[''],'resources':['pods']}]}""");
    private static final ObjectNode BINDING = json("""
            {'kind':'ClusterRoleBinding','metadata':{'name':'b'},
             'subjects':[{'kind':'Group','apiGroup':'rbac.authorization.k8s.io','name':'g'}],
             'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'ClusterRole','name':'r'}}""");

    @Test
    void isWhatKubernetesStartsWith() {
        List<ObjectNode> own = BootstrapPolicy.objects();
        List<ObjectNode> aggregated =
                own.stream().filter(Aggregation::isAggregated).toList();
        List<ObjectNode> clusterRoles = own.stream()
                .filter(o -> o.path("kind").asString("").equals("ClusterRole"))
                .toList();
        // A role may be made of one that is itself made of others: a few rounds settle it.
        for (int round = 0; round < 3; round++) {
            aggregated.forEach(role -> role.set("rules", PolicyRule.toTree(Aggregation.rules(role, clusterRoles))));
        }
        assertThat(own).isEqualTo(RecordedObjects.ALL);
    }

    @Test
    void writesWhatIsMissing() {
        assertThat(BootstrapPolicy.reconcile(EXPECTED, null)).contains(new Step.Write(EXPECTED));
        assertThat(BootstrapPolicy.reconcile(EXPECTED, EXPECTED.deepCopy())).isEmpty();
    }

    @Test
    void addsMissingRulesAndKeepsOthers() {
        ObjectNode existing = EXPECTED.deepCopy();
        existing.set(
                "rules",
                json("{'rules':[{'verbs':['get','watch'],'apiGroups':['*'],'resources':['*']}]}")
                        .get("rules"));
        ObjectNode wanted = existing.deepCopy();
        wanted.withArray("rules").add(json("{'verbs':['list'],'apiGroups':[''],'resources':['pods']}"));
        assertThat(BootstrapPolicy.reconcile(EXPECTED, existing)).contains(new Step.Write(wanted));
    }

    @Test
    void leavesAloneWhatOptedOut() {
        ObjectNode existing = json("""
                {'kind':'ClusterRole','metadata':{'name':'r',
                 'annotations':{'rbac.authorization.kubernetes.io/autoupdate':'false'}},'rules':[]}""");
        assertThat(BootstrapPolicy.reconcile(EXPECTED, existing)).isEmpty();
    }

    @Test
    void putsLabelsAndAnnotationsBackAndKeepsOwnValues() {
        ObjectNode existing = EXPECTED.deepCopy();
        ((ObjectNode) existing.get("metadata")).remove("annotations");
        ((ObjectNode) existing.path("metadata").path("labels"))
                .put("kubernetes.io/bootstrapping", "mine")
                .put("other", "1");
        ObjectNode wanted = existing.deepCopy();
        ((ObjectNode) wanted.get("metadata"))
                .putObject("annotations")
                .put("rbac.authorization.kubernetes.io/autoupdate", "true");
        assertThat(BootstrapPolicy.reconcile(EXPECTED, existing)).contains(new Step.Write(wanted));
    }

    @Test
    void addsMissingSubjects() {
        ObjectNode existing = BINDING.deepCopy();
        existing.set(
                "subjects",
                json("{'s':[{'kind':'User','apiGroup':'x','name':'u'}]}").get("s"));
        ObjectNode wanted = existing.deepCopy();
        wanted.withArray("subjects").add(BINDING.path("subjects").get(0));
        assertThat(BootstrapPolicy.reconcile(BINDING, existing)).contains(new Step.Write(wanted));
        ObjectNode bare = BINDING.deepCopy();
        bare.remove("subjects");
        assertThat(BootstrapPolicy.reconcile(BINDING, bare)).contains(new Step.Write(BINDING));
    }

    @Test
    void makesABindingAnewThatIsOfAnotherRole() {
        ObjectNode existing = BINDING.deepCopy();
        ((ObjectNode) existing.get("roleRef")).put("name", "other");
        assertThat(BootstrapPolicy.reconcile(BINDING, existing)).contains(new Step.Recreate(BINDING));
    }

    @Test
    void addsMissingSelectors() {
        ObjectNode expected = json("""
                {'metadata':{'name':'admin'},'rules':null,
                 'aggregationRule':{'clusterRoleSelectors':[{'matchLabels':{'a':'true'}}]}}""");
        ObjectNode existing = json("""
                {'metadata':{'name':'admin'},'rules':[],
                 'aggregationRule':{'clusterRoleSelectors':[{'matchLabels':{'b':'true'}}]}}""");
        Optional<Step> step = BootstrapPolicy.reconcile(expected, existing);
        assertThat(step).contains(new Step.Write(json("""
                {'metadata':{'name':'admin'},'rules':[],
                 'aggregationRule':{'clusterRoleSelectors':[
                   {'matchLabels':{'b':'true'}},{'matchLabels':{'a':'true'}}]}}""")));
    }

    @Test
    void givesKubeadmsAdministratorsEverything() {
        assertThat(BootstrapPolicy.kubeadmClusterAdmins()).isEqualTo(json("""
                {'kind':'ClusterRoleBinding','apiVersion':'rbac.authorization.k8s.io/v1',
                 'metadata':{'name':'kubeadm:cluster-admins'},
                 'subjects':[{'kind':'Group','apiGroup':'rbac.authorization.k8s.io','name':'kubeadm:cluster-admins'}],
                 'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'ClusterRole','name':'cluster-admin'}}"""));
    }
}
