package dev.kubepki.server.auth.rbac;

import static dev.kubepki.server.auth.rbac.RecordedObjects.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.server.auth.Attributes;
import dev.kubepki.server.auth.Authorizer.Decision;
import dev.kubepki.server.auth.UserInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RbacTest {
    private final RbacObjects objects = new RbacObjects();
    private final Rbac rbac = new Rbac(objects);

    private static UserInfo user(String name, String... groups) {
        return new UserInfo(name, "", List.of(groups), Map.of());
    }

    private void clusterRole(String name, String rules) {
        objects.put(json("{'kind':'ClusterRole','metadata':{'name':'" + name + "'},'rules':[" + rules + "]}"));
    }

    private void role(String namespace, String name, String rules) {
        objects.put(json("{'kind':'Role','metadata':{'name':'" + name + "','namespace':'" + namespace + "'},'rules':["
                + rules + "]}"));
    }

    private void bind(String namespace, String name, String role, String subject) {
        String kind = namespace.isEmpty() ? "ClusterRoleBinding" : "RoleBinding";
        String[] ref = role.split("/", -1);
        objects.put(json("{'kind':'" + kind + "','metadata':{'name':'" + name + "','namespace':'" + namespace
                + "'},'subjects':[" + subject + "],'roleRef':{'kind':'" + ref[0] + "','name':'" + ref[1] + "'}}"));
    }

    private Decision ask(UserInfo user, String verb, String resource, String namespace, String name) {
        String[] parts = resource.split("/", -1);
        return rbac.decide(
                Attributes.resource(user, verb, "", parts[0], parts.length > 1 ? parts[1] : "", namespace, name));
    }

    @ParameterizedTest
    @CsvSource({
        "get,,pods,,true",
        "list,,pods,,false",
        "get,apps,pods,,false",
        "get,,pods/log,,false",
        "get,,pods/status,,true",
        "get,,nodes/status,,true",
        "get,,x/status,,true",
        "get,,s/proxy,,false",
        "update,,nodes/status,,false",
        "get,,services/proxy,,true",
        "get,,services,,false",
        "get,,servicesproxy,,false",
        "get,,x/y/services/proxy,,false",
        "delete,,secrets,a,true",
        "delete,,secrets,b,false",
        "delete,,secrets,,false",
        "patch,any,any/any,n,false",
        "star,any,any/sub,n,true",
        "anything,g,things,,true"
    })
    void matchesRulesPartByPart(String verb, String group, String resource, String name, boolean allowed) {
        clusterRole(
                "r",
                "{'verbs':['get'],'apiGroups':[''],'resources':['pods','*/status','services/proxy']},"
                        + "{'verbs':['delete'],'apiGroups':[''],'resources':['secrets'],'resourceNames':['a']},"
                        + "{'verbs':['star'],'apiGroups':['*'],'resources':['*']},"
                        + "{'verbs':['*'],'apiGroups':['g'],'resources':['things']}");
        bind("", "b", "ClusterRole/r", "{'kind':'User','name':'u'}");
        objects.completed();
        int slash = resource.indexOf('/');
        Attributes asked = Attributes.resource(
                user("u"),
                verb,
                group == null ? "" : group,
                slash < 0 ? resource : resource.substring(0, slash),
                slash < 0 ? "" : resource.substring(slash + 1),
                "",
                name == null ? "" : name);
        assertThat(rbac.decide(asked).allowed()).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "/healthz,true",
        "/healthz/etcd,false",
        "/api,true",
        "/api/,true",
        "/api/v1,true",
        "/apis,false",
        "/,false",
        "/logs,false"
    })
    void matchesPaths(String path, boolean allowed) {
        clusterRole("r", "{'verbs':['get'],'nonResourceURLs':['/healthz','/api','/api/*']}");
        bind("", "b", "ClusterRole/r", "{'kind':'Group','name':'g'}");
        objects.completed();
        assertThat(rbac.decide(Attributes.path(user("u", "g"), "get", path)).allowed())
                .isEqualTo(allowed);
        assertThat(rbac.decide(Attributes.path(user("u", "g"), "post", path)).allowed())
                .isFalse();
    }

    @Test
    void saysThroughWhatItAllowed() {
        String rule = "{'verbs':['get'],'apiGroups':[''],'resources':['pods']}";
        clusterRole("r", rule);
        role("ns", "own", rule);
        bind("", "cluster", "ClusterRole/r", "{'kind':'Group','name':'g'}");
        bind("ns", "some", "Role/own", "{'kind':'User','name':'jane'},{'kind':'ServiceAccount','name':'sa'}");
        objects.completed();
        assertThat(ask(user("u", "g"), "get", "pods", "", "").reason())
                .isEqualTo("RBAC: allowed by ClusterRoleBinding \"cluster\" of ClusterRole \"r\" to Group \"g\"");
        assertThat(ask(user("jane"), "get", "pods", "ns", "").reason())
                .isEqualTo("RBAC: allowed by RoleBinding \"some/ns\" of Role \"own\" to User \"jane\"");
        assertThat(ask(user("system:serviceaccount:ns:sa"), "get", "pods", "ns", "")
                        .reason())
                .isEqualTo("RBAC: allowed by RoleBinding \"some/ns\" of Role \"own\" to ServiceAccount \"sa/ns\"");
        assertThat(ask(user("jane"), "get", "pods", "other", "")).isEqualTo(Decision.NO_OPINION);
        assertThat(ask(user("jane"), "get", "pods", "", "")).isEqualTo(Decision.NO_OPINION);
    }

    @Test
    void saysWhichRolesAreMissing() {
        bind("", "b", "ClusterRole/x", "{'kind':'User','name':'u'}");
        objects.completed();
        assertThat(ask(user("u"), "get", "pods", "ns", "").reason())
                .isEqualTo("RBAC: clusterrole.rbac.authorization.k8s.io \"x\" not found");
        bind("ns", "b", "Role/y", "{'kind':'User','name':'u'}");
        bind("ns", "c", "Role/y", "{'kind':'User','name':'u'}");
        assertThat(ask(user("u"), "get", "pods", "ns", "").reason())
                .isEqualTo("RBAC: [clusterrole.rbac.authorization.k8s.io \"x\" not found,"
                        + " role.rbac.authorization.k8s.io \"y\" not found]");
    }

    @Test
    void allowsNothingUntilEverythingIsLoaded() {
        clusterRole("r", "{'verbs':['*'],'apiGroups':['*'],'resources':['*']}");
        bind("", "b", "ClusterRole/r", "{'kind':'User','name':'u'}");
        assertThat(ask(user("u"), "get", "pods", "", "").allowed()).isFalse();
        objects.completed();
        assertThat(ask(user("u"), "get", "pods", "", "").allowed()).isTrue();
        objects.clear();
        assertThat(ask(user("u"), "get", "pods", "", "").allowed()).isFalse();
    }

    @Test
    void followsChanges() {
        clusterRole("r", "{'verbs':['get'],'apiGroups':[''],'resources':['pods']}");
        bind("", "b", "ClusterRole/r", "{'kind':'User','name':'a'},{'kind':'Group','name':'g'}");
        objects.completed();
        bind("", "b", "ClusterRole/r", "{'kind':'User','name':'b'},{'kind':'Group','name':'g'}");
        assertThat(ask(user("a"), "get", "pods", "", "").allowed()).isFalse();
        assertThat(ask(user("b"), "get", "pods", "", "").allowed()).isTrue();
        assertThat(ask(user("x", "g"), "get", "pods", "", "").allowed()).isTrue();
        clusterRole("r", "{'verbs':['list'],'apiGroups':[''],'resources':['pods']}");
        assertThat(ask(user("b"), "get", "pods", "", "").allowed()).isFalse();
        assertThat(ask(user("b"), "list", "pods", "", "").allowed()).isTrue();
        objects.remove("ClusterRoleBinding", "", "b");
        assertThat(ask(user("b"), "list", "pods", "", "")).isEqualTo(Decision.NO_OPINION);
    }

    @Test
    void takesNobodyForASubjectWithoutNamespaceOrOfAnUnknownKind() {
        clusterRole("r", "{'verbs':['get'],'apiGroups':[''],'resources':['pods']}");
        bind("", "b", "ClusterRole/r", "{'kind':'ServiceAccount','name':'sa'},{'kind':'Robot','name':'r2'}");
        objects.completed();
        assertThat(ask(user("system:serviceaccount::sa"), "get", "pods", "", "").allowed())
                .isFalse();
        assertThat(ask(user("r2"), "get", "pods", "", "").allowed()).isFalse();
    }

    @Test
    void doesNotMistakeAGroupForAUser() {
        clusterRole("r", "{'verbs':['get'],'apiGroups':[''],'resources':['pods']}");
        bind("", "b", "ClusterRole/r", "{'kind':'Group','name':'admins'}");
        objects.completed();
        assertThat(ask(user("admins"), "get", "pods", "", "").allowed()).isFalse();
    }

    @Test
    void letsAnonymousSeeHealthAndVersionAloneInAFreshCluster() {
        BootstrapPolicy.objects().forEach(objects::put);
        objects.completed();
        for (String path : List.of("/version", "/version/", "/healthz", "/livez", "/readyz")) {
            assertThat(rbac.decide(Attributes.path(UserInfo.ANONYMOUS, "get", path))
                            .allowed())
                    .as(path)
                    .isTrue();
        }
        for (String path : List.of("/", "/api", "/apis", "/metrics", "/openapi/v2", "/healthz/x")) {
            assertThat(rbac.decide(Attributes.path(UserInfo.ANONYMOUS, "get", path))
                            .allowed())
                    .as(path)
                    .isFalse();
        }
    }

    @Test
    void listsTheRulesOfAUser() {
        BootstrapPolicy.objects().forEach(objects::put);
        role("default", "developer", "{'verbs':['create','get'],'apiGroups':[''],'resources':['pods']}");
        bind("default", "dev", "Role/developer", "{'kind':'User','name':'myuser'}");
        objects.completed();
        RbacObjects.Rules rules = objects.rulesFor(user("myuser", "system:authenticated"), "default");
        assertThat(rules.errors()).isEmpty();
        assertThat(rules.rules()).hasSize(5);
        assertThat(rules.rules().getFirst().resources())
                .containsExactly("selfsubjectaccessreviews", "selfsubjectrulesreviews");
        assertThat(rules.rules().getLast())
                .isEqualTo(PolicyRule.resources(List.of("create", "get"), List.of(""), List.of("pods")));
    }
}
