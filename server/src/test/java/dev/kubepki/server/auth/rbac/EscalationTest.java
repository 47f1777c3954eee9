package dev.kubepki.server.auth.rbac;

import static dev.kubepki.server.auth.rbac.RecordedObjects.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.server.auth.UserInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class EscalationTest {
    private static final UserInfo BOB = new UserInfo("bob", "", List.of("system:authenticated"), Map.of());
    private static final String RBAC = "rbac.authorization.k8s.io";

    private final RbacObjects objects = new RbacObjects();
    private final Escalation escalation = new Escalation(objects, new Rbac(objects));

    @BeforeEach
    void load() {
        BootstrapPolicy.objects().forEach(objects::put);
        objects.completed();
    }

    private void give(String rules) {
        objects.put(json("{'kind':'ClusterRole','metadata':{'name':'bobs'},'rules':[" + rules + "]}"));
        objects.put(json("""
                {'kind':'ClusterRoleBinding','metadata':{'name':'bobs'},'subjects':[{'kind':'User','name':'bob'}],
                 'roleRef':{'kind':'ClusterRole','name':'bobs'}}"""));
    }

    private static ObjectNode clusterRole(String rules) {
        return json("{'kind':'ClusterRole','metadata':{'name':'esc'},'rules':[" + rules + "]}");
    }

    private static ObjectNode binding(String role) {
        return json("{'kind':'ClusterRoleBinding','metadata':{'name':'esc'},'roleRef':{'kind':'ClusterRole','name':'"
                + role + "'}}");
    }

    private String refusal(String rules) {
        try {
            escalation.checkRole(BOB, clusterRole(rules), "", false);
            return "";
        } catch (ApiFailure e) {
            return e.message();
        }
    }

    @Test
    void refusesARoleThatGivesMore() {
        assertThat(refusal("{'verbs':['get'],'resources':['secrets'],'apiGroups':['']}"))
                .isEqualTo("clusterroles.rbac.authorization.k8s.io \"esc\" is forbidden: user \"bob\""
                        + " (groups=[\"system:authenticated\"]) is attempting to grant RBAC permissions not currently"
                        + " held:\n{APIGroups:[\"\"], Resources:[\"secrets\"], Verbs:[\"get\"]}");
    }

    @Test
    void refusesABindingToARoleThatGivesMore() {
        assertThatThrownBy(() -> escalation.checkBinding(BOB, binding("cluster-admin")))
                .hasMessage("clusterrolebindings.rbac.authorization.k8s.io \"esc\" is forbidden: user \"bob\""
                        + " (groups=[\"system:authenticated\"]) is attempting to grant RBAC permissions not currently"
                        + " held:\n{APIGroups:[\"*\"], Resources:[\"*\"], Verbs:[\"*\"]}\n"
                        + "{NonResourceURLs:[\"*\"], Verbs:[\"*\"]}");
    }

    @Test
    void listsWhatIsMissingSortedAndByVerbs() {
        give("{'verbs':['get'],'resources':['pods'],'apiGroups':['']}");
        assertThat(refusal("{'verbs':['get','list','watch'],'resources':['secrets','pods'],'apiGroups':['']},"
                        + "{'verbs':['get'],'resources':['cm'],'apiGroups':['g'],'resourceNames':['a','b']},"
                        + "{'verbs':['get','post'],'nonResourceURLs':['/x']}"))
                .endsWith("""
                          held:
                          {APIGroups:[""], Resources:["pods"], Verbs:["list" "watch"]}
                          {APIGroups:[""], Resources:["secrets"], Verbs:["get" "list" "watch"]}
                          {APIGroups:["g"], Resources:["cm"], ResourceNames:["a"], Verbs:["get"]}
                          {APIGroups:["g"], Resources:["cm"], ResourceNames:["b"], Verbs:["get"]}
                          {NonResourceURLs:["/x"], Verbs:["get"]}
                          {NonResourceURLs:["/x"], Verbs:["post"]}\
                          """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true|get|pods|''|",
                "false|*|pods|''|",
                "false|get|*|''|",
                "false|get|pods|*|",
                "true|get|pods|''|one",
                "false|get|pods/log|''|",
                "true|get|deployments/status|''|",
                "false|get|*/scale|''|",
                "true|get|*/status|''|",
                "true|delete|secrets|''|mine",
                "false|delete|secrets|''|other",
                "false|delete|secrets|''|",
                "true|list|anything|g|",
                "true|list|*|g|"
            })
    void coversByTheRulesOfMatching(boolean covered, String verb, String resource, String group, String name) {
        give("{'verbs':['get'],'resources':['pods','*/status'],'apiGroups':['']},"
                + "{'verbs':['delete'],'resources':['secrets'],'apiGroups':[''],'resourceNames':['mine']},"
                + "{'verbs':['*'],'resources':['*'],'apiGroups':['g']}");
        String names = name == null ? "" : ",'resourceNames':['" + name + "']";
        String rule = "{'verbs':['" + verb + "'],'resources':['" + resource + "'],'apiGroups':['" + group + "']" + names
                + "}";
        assertThat(refusal(rule).isEmpty()).isEqualTo(covered);
    }

    @Test
    void coversPathsByPrefix() {
        give("{'verbs':['get'],'nonResourceURLs':['/a/*','/b']}");
        assertThat(refusal("{'verbs':['get'],'nonResourceURLs':['/a/x','/a/*','/b']}"))
                .isEmpty();
        assertThat(refusal("{'verbs':['get'],'nonResourceURLs':['/a']}")).isNotEmpty();
        assertThat(refusal("{'verbs':['get'],'nonResourceURLs':['*']}")).isNotEmpty();
    }

    @Test
    void letsMastersAndWhoMayEscalateOrBind() {
        UserInfo master = new UserInfo("m", "", List.of("system:masters"), Map.of());
        ObjectNode all = clusterRole("{'verbs':['*'],'resources':['*'],'apiGroups':['*']}");
        assertThatCode(() -> escalation.checkRole(master, all, "", true)).doesNotThrowAnyException();
        assertThatCode(() -> escalation.checkBinding(master, binding("none"))).doesNotThrowAnyException();
        give("{'verbs':['escalate'],'resources':['clusterroles'],'apiGroups':['" + RBAC + "']},"
                + "{'verbs':['bind'],'resources':['clusterroles'],'apiGroups':['" + RBAC
                + "'],'resourceNames':['cluster-admin']}");
        assertThatCode(() -> escalation.checkRole(BOB, all, "", false)).doesNotThrowAnyException();
        assertThatCode(() -> escalation.checkBinding(BOB, binding("cluster-admin")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> escalation.checkBinding(BOB, binding("system:node")))
                .isInstanceOf(ApiFailure.class);
    }

    @Test
    void mayEscalateOnlyTheRoleThatIsNamed() {
        give("{'verbs':['escalate'],'resources':['clusterroles'],'apiGroups':['" + RBAC
                + "'],'resourceNames':['esc']}");
        ObjectNode all = clusterRole("{'verbs':['*'],'resources':['*'],'apiGroups':['*']}");
        assertThatCode(() -> escalation.checkRole(BOB, all, "esc", false)).doesNotThrowAnyException();
        assertThatThrownBy(() -> escalation.checkRole(BOB, all, "", false)).isInstanceOf(ApiFailure.class);
    }

    @Test
    void asksForEverythingWhereOthersRulesAreCollected() {
        ObjectNode role =
                json("{'metadata':{'name':'esc'},'rules':null,'aggregationRule':{'clusterRoleSelectors':[]}}");
        assertThatThrownBy(() -> escalation.checkRole(BOB, role, "", true))
                .hasMessage("clusterroles.rbac.authorization.k8s.io \"esc\" is forbidden: must have cluster-admin"
                        + " privileges to use the aggregationRule");
        assertThatCode(() -> escalation.checkRole(BOB, role, "", false)).doesNotThrowAnyException();
        give("{'verbs':['*'],'resources':['*'],'apiGroups':['*']},{'verbs':['*'],'nonResourceURLs':['*']}");
        assertThatCode(() -> escalation.checkRole(BOB, role, "", true)).doesNotThrowAnyException();
    }

    @Test
    void countsTheNamespacesOwnRulesThere() {
        objects.put(json("""
                {'kind':'Role','metadata':{'name':'r','namespace':'ns'},
                 'rules':[{'verbs':['get'],'resources':['pods'],'apiGroups':['']}]}"""));
        objects.put(json("""
                {'kind':'RoleBinding','metadata':{'name':'b','namespace':'ns'},
                 'subjects':[{'kind':'User','name':'bob'}],
                 'roleRef':{'kind':'Role','name':'r'}}"""));
        String binding = """
                {'kind':'RoleBinding','metadata':{'name':'esc','namespace':'%s'},
                 'roleRef':{'kind':'%s','name':'r'}}""";
        assertThatCode(() -> escalation.checkBinding(BOB, json(binding.formatted("ns", "Role"))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> escalation.checkBinding(BOB, json(binding.formatted("other", "Role"))))
                .hasMessage("roles.rbac.authorization.k8s.io \"r\" not found");
        assertThatThrownBy(() -> escalation.checkBinding(BOB, json(binding.formatted("ns", "ClusterRole"))))
                .hasMessage("clusterroles.rbac.authorization.k8s.io \"r\" not found");
    }

    @Test
    void saysWhichRolesItCouldNotFind() {
        objects.put(json("""
                {'kind':'ClusterRoleBinding','metadata':{'name':'lost'},'subjects':[{'kind':'User','name':'bob'}],
                 'roleRef':{'kind':'ClusterRole','name':'gone'}}"""));
        assertThat(refusal("{'verbs':['get'],'resources':['x'],'apiGroups':['']}"))
                .endsWith("; resolution errors: [clusterrole.rbac.authorization.k8s.io \"gone\" not found]");
    }
}
