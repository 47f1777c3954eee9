package dev.kubepki.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.api.failure.ApiFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImpersonationTest {
    private static final UserInfo CALLER = Identities.user("caller");
    private static final Attributes LIST =
            Attributes.resource(CALLER, "list", "certificates.k8s.io", "certificatesigningrequests", "", "", "");

    /// What was asked of the authorizer, and what it allows: `verb group/resource[/subresource] namespace name`.
    private final Set<String> asked = new TreeSet<>();

    private Optional<UserInfo> judge(Set<String> allowed, Attributes request, String... headers) {
        Authorizer authorizer = a -> {
            String sub = a.subresource().isEmpty() ? "" : "/" + a.subresource();
            String line = a.verb() + " " + a.group() + "/" + a.resource() + sub + " " + a.namespace() + " " + a.name();
            asked.add(line);
            return allowed.contains(line) || allowed.contains("*")
                    ? Authorizer.Decision.ALLOW
                    : Authorizer.Decision.NO_OPINION;
        };
        return new Impersonation(authorizer).judge(request, MapHeaders.of(headers));
    }

    private String refusal(Set<String> allowed, Attributes request, String... headers) {
        try {
            judge(allowed, request, headers);
        } catch (ApiFailure e) {
            return e.code() + " " + e.message();
        }
        throw new AssertionError("was allowed");
    }

    @Test
    void leavesRequestsWithoutHeadersAlone() {
        assertThat(judge(Set.of(), LIST, "Accept", "*/*")).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void actsAsAUserByTheOldPermission() {
        assertThat(judge(Set.of("impersonate /users  bob"), LIST, "Impersonate-User", "bob"))
                .contains(new UserInfo("bob", "", List.of("system:authenticated"), Map.of()));
    }

    @Test
    void carriesGroupsUidAndExtra() {
        Optional<UserInfo> user = judge(
                Set.of("*"),
                LIST,
                "impersonate-user",
                "bob",
                "Impersonate-Group",
                "g1",
                "Impersonate-Group",
                "g2",
                "Impersonate-Uid",
                "u",
                "Impersonate-Extra-a%2Fb",
                "1",
                "Impersonate-Extra-a%2fb",
                "2",
                "Impersonate-Extra-Broken%2",
                "3");
        assertThat(user)
                .contains(new UserInfo(
                        "bob",
                        "u",
                        List.of("g1", "g2", "system:authenticated"),
                        Map.of("a/b", List.of("1", "2"), "broken%2", List.of("3"))));
    }

    @Test
    void namesTheMostExactPermissionWhenRefused() {
        assertThat(refusal(Set.of(), LIST, "Impersonate-User", "alice"))
                .isEqualTo("403 certificatesigningrequests.certificates.k8s.io is forbidden: User \"caller\" cannot"
                        + " impersonate-on:user-info:list resource \"certificatesigningrequests\" in API group"
                        + " \"certificates.k8s.io\" at the cluster scope");
        assertThat(refusal(Set.of(), Attributes.path(CALLER, "get", "/api"), "Impersonate-User", "alice"))
                .isEqualTo("403 forbidden: User \"caller\" cannot impersonate-on:user-info:get path \"/api\"");
    }

    @Test
    void asksForTheConstrainedModeFirst() {
        Set<String> both = Set.of(
                "impersonate-on:user-info:list certificates.k8s.io/certificatesigningrequests  ",
                "impersonate:user-info authentication.k8s.io/users  alice");
        assertThat(judge(both, LIST, "Impersonate-User", "alice")).isPresent();
        assertThat(asked).noneMatch(line -> line.startsWith("impersonate /"));
        String half = refusal(
                Set.of("impersonate-on:user-info:list certificates.k8s.io/certificatesigningrequests  "),
                LIST,
                "Impersonate-User",
                "alice");
        assertThat(half)
                .isEqualTo("403 users.authentication.k8s.io \"alice\" is forbidden: User \"caller\" cannot"
                        + " impersonate:user-info resource \"users\" in API group \"authentication.k8s.io\" at the"
                        + " cluster scope");
    }

    @Test
    void neverGivesMastersByAConstrainedMode() {
        Set<String> constrained = Set.of(
                "impersonate-on:user-info:list certificates.k8s.io/certificatesigningrequests  ",
                "impersonate:user-info authentication.k8s.io/users  alice",
                "impersonate:user-info authentication.k8s.io/groups  system:masters",
                "impersonate:user-info authentication.k8s.io/groups  *");
        assertThat(refusal(constrained, LIST, "Impersonate-User", "alice", "Impersonate-Group", "system:masters"))
                .isEqualTo("403 groups.authentication.k8s.io \"system:masters\" is forbidden: User \"caller\" cannot"
                        + " impersonate:user-info resource \"groups\" in API group \"authentication.k8s.io\" at the"
                        + " cluster scope: impersonating the system:masters group is not allowed");
    }

    @Test
    void knowsTheGroupsOfServiceAccountsAndNodes() {
        assertThat(judge(
                        Set.of("impersonate /serviceaccounts ns sa"),
                        LIST,
                        "Impersonate-User",
                        "system:serviceaccount:ns:sa"))
                .map(UserInfo::groups)
                .contains(List.of("system:serviceaccounts", "system:serviceaccounts:ns", "system:authenticated"));
        assertThat(judge(
                        Set.of(
                                "impersonate-on:arbitrary-node:list certificates.k8s.io/certificatesigningrequests  ",
                                "impersonate:arbitrary-node authentication.k8s.io/nodes  n1"),
                        LIST,
                        "Impersonate-User",
                        "system:node:n1"))
                .map(UserInfo::groups)
                .contains(List.of("system:nodes", "system:authenticated"));
        assertThat(judge(Set.of("impersonate /users  system:node:n1"), LIST, "Impersonate-User", "system:node:n1"))
                .map(UserInfo::groups)
                .contains(List.of("system:authenticated"));
    }

    @Test
    void letsAServiceAccountActAsItsOwnNodeAlone() {
        UserInfo agent = new UserInfo(
                "system:serviceaccount:ns:agent",
                "",
                List.of(),
                Map.of("authentication.kubernetes.io/node-name", List.of("n1")));
        Attributes request = Attributes.resource(agent, "list", "", "pods", "", "", "");
        Set<String> allowed = Set.of(
                "impersonate-on:associated-node:list /pods  ",
                "impersonate:associated-node authentication.k8s.io/nodes  *");
        assertThat(judge(allowed, request, "Impersonate-User", "system:node:n1"))
                .isPresent();
        assertThat(refusal(allowed, request, "Impersonate-User", "system:node:n2"))
                .contains("impersonate-on:arbitrary-node:list");
    }

    @Test
    void putsAnonymousIntoItsGroup() {
        assertThat(judge(Set.of("*"), LIST, "Impersonate-User", "system:anonymous"))
                .map(UserInfo::groups)
                .contains(List.of("system:unauthenticated"));
        assertThat(judge(Set.of("*"), LIST, "Impersonate-User", "x", "Impersonate-Group", "system:unauthenticated"))
                .map(UserInfo::groups)
                .contains(List.of("system:unauthenticated"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Impersonate-Group|g|Groups:[]string{\"g\"}, Extra:map[string][]string(nil)}",
                "Impersonate-Uid|u|UID:\"u\", Groups:[]string(nil), Extra:map[string][]string(nil)}",
                "Impersonate-Extra-A|b|Groups:[]string(nil), Extra:map[string][]string{\"a\":[]string{\"b\"}}}"
            })
    void refusesWhatNamesNoUser(String header, String value, String part) {
        assertThat(refusal(Set.of("*"), LIST, header, value))
                .startsWith("400 requested &user.DefaultInfo{Name:\"\"")
                .contains(part)
                .endsWith("} without impersonating a user name");
    }

    @Test
    void refusesEachPartThatIsNotAllowed() {
        assertThatThrownBy(() -> judge(
                        Set.of("impersonate /users  bob"), LIST, "Impersonate-User", "bob", "Impersonate-Group", "g"))
                .isInstanceOf(ApiFailure.class);
        assertThatThrownBy(() -> judge(
                        Set.of("impersonate /users  bob"), LIST, "Impersonate-User", "bob", "Impersonate-Uid", "1"))
                .isInstanceOf(ApiFailure.class);
        assertThatThrownBy(() -> judge(
                        Set.of("impersonate /users  bob"), LIST, "Impersonate-User", "bob", "Impersonate-Extra-k", "v"))
                .isInstanceOf(ApiFailure.class);
        assertThat(asked).contains("impersonate authentication.k8s.io/userextras/k  v");
    }
}
