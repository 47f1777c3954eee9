package dev.kubepki.server.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.api.codec.JsonCodec;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.Kinds;
import dev.kubepki.api.schema.Schema;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.server.auth.Attributes;
import dev.kubepki.server.auth.Authorizer;
import dev.kubepki.server.auth.Authorizer.Decision;
import dev.kubepki.server.auth.Authorizer.Verdict;
import dev.kubepki.server.auth.UserInfo;
import dev.kubepki.server.auth.rbac.BootstrapPolicy;
import dev.kubepki.server.auth.rbac.RbacObjects;
import dev.kubepki.server.auth.token.BearerTokens;
import dev.kubepki.server.auth.token.ServiceAccountTokens;
import dev.kubepki.server.auth.token.TokenIssuer;
import dev.kubepki.server.auth.token.TokenKeys;
import dev.kubepki.server.auth.token.TokenSettings;
import dev.kubepki.server.registry.Call;
import dev.kubepki.server.registry.Context;
import dev.kubepki.server.registry.Review;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ReviewsTest {
    private static final CryptoProvider PROVIDER = CryptoProvider.jdk();
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00.5Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final JsonCodec CODEC = new JsonCodec(new Schema(Map.of(), Map.of()));
    private static final TokenKeys KEYS = new TokenKeys(PROVIDER.generate(KeyAlgorithm.ECDSA_P256), List.of());
    private static final UserInfo BOB = new UserInfo(
            "bob", "u-1", List.of("g1", "system:authenticated"), Map.of("b", List.of("1", "2"), "a", List.of("x")));
    private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

    private final Map<String, ObjectNode> objects = new HashMap<>();
    private final List<Attributes> asked = new ArrayList<>();
    private final RbacObjects rules = new RbacObjects();
    private Decision decision = Decision.NO_OPINION;
    private final TokenIssuer issuer =
            new TokenIssuer(() -> KEYS, TokenSettings.KUBEADM, CODEC, PROVIDER, CLOCK, new Random(1));
    private final BearerTokens tokens = new BearerTokens(
            List.of(new ServiceAccountTokens(() -> KEYS, TokenSettings.KUBEADM, this::find, CODEC, PROVIDER, CLOCK)),
            List.of(ISSUER),
            line -> {});
    private final Map<String, Review> reviews = Reviews.of(tokens, issuer, rules, true);

    @BeforeEach
    void loadRules() {
        BootstrapPolicy.objects().forEach(rules::put);
        rules.completed();
        object("serviceaccounts", "default", "sa", "{'metadata':{'name':'sa','uid':'sa-1'}}");
    }

    private Optional<ObjectNode> find(String group, String plural, String namespace, String name) {
        return Optional.ofNullable(objects.get(plural + "/" + namespace + "/" + name));
    }

    private void object(String plural, String namespace, String name, String json) {
        objects.put(plural + "/" + namespace + "/" + name, json(json));
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) new JsonMapper().readTree(text.replace('\'', '"'));
    }

    private Context context(String resource, String namespace, String name, UserInfo user) {
        String main = resource.split("/", -1)[0];
        Kind kind = Kinds.load().stream()
                .filter(k -> k.resource().equals(main))
                .findFirst()
                .orElseThrow();
        String subresource = resource.contains("/") ? resource.split("/", -1)[1] : "";
        Call call = new Call(kind, "v1", subresource, namespace, name, user, "test", warning -> {});
        Authorizer authorizer = attributes -> {
            asked.add(attributes);
            return decision;
        };
        return new Context(call, NOW, authorizer, this::find, false);
    }

    private ObjectNode answer(String resource, String namespace, String name, String body) {
        Review review = Objects.requireNonNull(reviews.get(resource));
        ObjectNode object = json(body);
        review.defaults(object);
        return review.answer(object, context(resource, namespace, name, BOB));
    }

    private ObjectNode access(String resource, String namespace, String body) {
        return answer(resource + ".authorization.k8s.io", namespace, "", body);
    }

    private void assertRefused(String message, String resource, String namespace, String body) {
        assertThatThrownBy(() -> access(resource, namespace, body))
                .isInstanceOf(ApiFailure.class)
                .hasMessage(message);
    }

    @Test
    void saysWhoTheCallerIs() {
        assertThat(answer("selfsubjectreviews.authentication.k8s.io", "", "", """
                        {'kind':'SelfSubjectReview','apiVersion':'authentication.k8s.io/v1','metadata':{'name':'x'}}""")
                        .toString())
                .isEqualTo(json("""
                        {'kind':'SelfSubjectReview','apiVersion':'authentication.k8s.io/v1',
                         'metadata':{'creationTimestamp':'2026-06-01T00:00:00Z'},
                         'status':{'userInfo':{'username':'bob','uid':'u-1','groups':['g1','system:authenticated'],
                         'extra':{'a':['x'],'b':['1','2']}}}}""").toString());
    }

    @Test
    void asksTheAuthorizerForAnybody() {
        ObjectNode answer = access("subjectaccessreviews", "", """
                {'metadata':{'managedFields':[{}]},'spec':{'user':'jane','groups':['a'],'uid':'1','extra':{'k':['v']},
                 'resourceAttributes':{'verb':'get','group':'g','resource':'pods','subresource':'log',
                 'namespace':'ns','name':'n','fieldSelector':{'requirements':[
                 {'key':'spec.nodeName','operator':'In','values':['n1']}]}}}}""");
        assertThat(answer.get("status").toString()).isEqualTo("{\"allowed\":false}");
        assertThat(asked)
                .containsExactly(new Attributes(
                        new UserInfo("jane", "1", List.of("a"), Map.of("k", List.of("v"))),
                        "get",
                        "g",
                        "*",
                        "pods",
                        "log",
                        "ns",
                        "n",
                        "",
                        "spec.nodeName=n1",
                        ""));
    }

    @Test
    void asksTheAuthorizerForTheCaller() {
        decision = new Decision(Verdict.ALLOW, "because");
        assertThat(access("selfsubjectaccessreviews", "", """
                        {'spec':{'nonResourceAttributes':{'verb':'get','path':'/x'}}}""").get("status").toString())
                .isEqualTo("{\"allowed\":true,\"reason\":\"because\"}");
        assertThat(asked).containsExactly(Attributes.path(BOB, "get", "/x"));
        decision = new Decision(Verdict.DENY, "");
        assertThat(access("selfsubjectaccessreviews", "", """
                        {'spec':{'nonResourceAttributes':{'verb':'get','path':'/x'}},
                         'status':{'allowed':true}}""").get("status").toString())
                .isEqualTo("{\"allowed\":false,\"denied\":true}");
    }

    @Test
    void wordsWhatIsWrongWithAnAccessReview() {
        assertRefused(
                ".authorization.k8s.io \"\" is invalid: spec.resourceAttributes: Invalid value: null: exactly one of"
                        + " nonResourceAttributes or resourceAttributes must be specified",
                "subjectaccessreviews",
                "",
                "{'spec':{'user':'bob'}}");
        assertRefused(
                ".authorization.k8s.io \"\" is invalid: [spec.nonResourceAttributes: Invalid value:"
                        + " {\"Path\":\"/x\",\"Verb\":\"\"}: cannot be specified in combination with"
                        + " resourceAttributes, spec.user: Invalid value: \"\": at least one of user or group must be"
                        + " specified, metadata: Invalid value: {\"name\":\"n\"}: must be empty]",
                "subjectaccessreviews",
                "",
                "{'metadata':{'name':'n'},'spec':{'nonResourceAttributes':{'path':'/x'},'resourceAttributes':{}}}");
        assertRefused(
                ".authorization.k8s.io \"\" is invalid: spec.resourceAttributes.fieldSelector.requirements: Required"
                        + " value: when spec.resourceAttributes.fieldSelector is specified, requirements or rawSelector"
                        + " is required",
                "selfsubjectaccessreviews",
                "",
                "{'spec':{'resourceAttributes':{'fieldSelector':{}}}}");
    }

    @Test
    void keepsALocalReviewInItsNamespace() {
        decision = Decision.ALLOW;
        assertThat(access("localsubjectaccessreviews", "ns", """
                        {'metadata':{'namespace':'ns'},'spec':{'user':'u',
                         'resourceAttributes':{'namespace':'ns','verb':'get','resource':'pods'}}}""")
                        .path("status")
                        .path("allowed")
                        .asBoolean())
                .isTrue();
        assertRefused(
                ".authorization.k8s.io \"\" is invalid: [metadata: Invalid value:"
                        + " {\"namespace\":\"ns\",\"name\":\"n\"}: must be empty except for namespace,"
                        + " spec.resourceAttributes.namespace: Invalid value: \"other\": must match"
                        + " metadata.namespace]",
                "localsubjectaccessreviews",
                "ns",
                """
                {'metadata':{'namespace':'ns','name':'n'},'spec':{'user':'u',
                 'resourceAttributes':{'namespace':'other'}}}""");
        assertRefused(
                ".authorization.k8s.io \"\" is invalid: spec.nonResourceAttributes: Invalid value:"
                        + " {\"Path\":\"/\",\"Verb\":\"get\"}: disallowed on this kind of request",
                "localsubjectaccessreviews",
                "ns",
                """
                {'metadata':{'namespace':'ns'},'spec':{'user':'u',
                 'nonResourceAttributes':{'path':'/','verb':'get'}}}""");
    }

    @Test
    void listsTheRulesOfTheCaller() {
        ObjectNode answer = access("selfsubjectrulesreviews", "", """
                {'kind':'SelfSubjectRulesReview','apiVersion':'authorization.k8s.io/v1','spec':{'namespace':'d'}}""");
        assertThat(answer.get("metadata").isEmpty()).isTrue();
        assertThat(answer.get("spec").isEmpty()).isTrue();
        JsonNode status = answer.get("status");
        assertThat(status.path("incomplete").asBoolean()).isFalse();
        assertThat(status.path("resourceRules").get(0).toString())
                .isEqualTo("{\"verbs\":[\"create\"],\"apiGroups\":[\"authorization.k8s.io\"],\"resources\":"
                        + "[\"selfsubjectaccessreviews\",\"selfsubjectrulesreviews\"]}");
        assertThat(status.path("nonResourceRules").size()).isEqualTo(2);
        assertRefused("no namespace on request", "selfsubjectrulesreviews", "", "{'spec':{}}");
    }

    @Test
    void saysThatTheRulesOfANodeAreNotAll() {
        UserInfo node = new UserInfo("system:node:n", "", List.of("system:nodes"), Map.of());
        String resource = "selfsubjectrulesreviews.authorization.k8s.io";
        JsonNode status = Objects.requireNonNull(reviews.get(resource))
                .answer(json("{'spec':{'namespace':'d'}}"), context(resource, "", "", node))
                .get("status");
        assertThat(status.path("incomplete").asBoolean()).isTrue();
        assertThat(status.path("evaluationError").asString())
                .isEqualTo("node authorizer does not support user rule resolution");
    }

    @Test
    void givesATokenAndJudgesIt() {
        ObjectNode answer = answer("serviceaccounts/token", "default", "sa", """
                {'kind':'TokenRequest','apiVersion':'authentication.k8s.io/v1',
                 'metadata':{'namespace':'default','managedFields':[{'manager':'m'}]}}""");
        String token = answer.path("status").path("token").asString();
        assertThat(answer.toString().replace(token, "TOKEN"))
                .isEqualTo(json("""
                        {'kind':'TokenRequest','apiVersion':'authentication.k8s.io/v1','metadata':{'name':'sa',
                         'namespace':'default','uid':'sa-1','creationTimestamp':'2026-06-01T00:00:00Z',
                         'managedFields':[{'manager':'m'}]},
                         'spec':{'audiences':['https://kubernetes.default.svc.cluster.local'],
                         'expirationSeconds':3600,'boundObjectRef':null},
                         'status':{'token':'TOKEN','expirationTimestamp':'2026-06-01T01:00:00Z'}}""").toString());
        JsonNode status = answer("tokenreviews.authentication.k8s.io", "", "", "{'spec':{'token':'" + token + "'}}")
                .get("status");
        assertThat(status.path("authenticated").asBoolean()).isTrue();
        assertThat(status.path("user").path("username").asString()).isEqualTo("system:serviceaccount:default:sa");
        assertThat(status.path("audiences").toString()).isEqualTo("[\"" + ISSUER + "\"]");
    }

    @Test
    void saysThatATokenIsBad() {
        assertThat(answer("tokenreviews.authentication.k8s.io", "", "", "{'spec':{'token':'x'}}")
                        .get("status")
                        .toString())
                .isEqualTo("{\"user\":{},\"error\":\"invalid bearer token\"}");
        assertThatThrownBy(() -> answer("tokenreviews.authentication.k8s.io", "", "", "{'spec':{}}"))
                .hasMessage("token is required for TokenReview in authentication");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",'name':'x'||TokenRequest.authentication.k8s.io \"sa\" is invalid: metadata.name: Invalid value:"
                        + " \"x\": must match the service account name if specified",
                ",'uid':'x'||Operation cannot be fulfilled on TokenRequest.authentication.k8s.io \"sa\": the UID in the"
                        + " token request (x) does not match the UID of the service account (sa-1)",
                "|,'expirationSeconds':599|TokenRequest.authentication.k8s.io \"\" is invalid:"
                        + " spec.expirationSeconds: Invalid value: 599: may not specify a duration less than"
                        + " 10 minutes",
                "|,'expirationSeconds':4294967297|TokenRequest.authentication.k8s.io \"\" is invalid:"
                        + " spec.expirationSeconds: Invalid value: 4294967297: may not specify a duration larger than"
                        + " 2^32 seconds",
                "|,'boundObjectRef':{'kind':'Pod','apiVersion':'v1','name':'none'}|pods \"none\" not found",
                "|,'boundObjectRef':{'kind':'Pod','apiVersion':'v1','name':'other'}|cannot bind token for"
                        + " serviceaccount \"sa\" to pod running with different serviceaccount name.",
                "|,'boundObjectRef':{'kind':'Pod','apiVersion':'v1','name':'p','uid':'z'}|Operation cannot be"
                        + " fulfilled on Pod \"p\": the UID in the bound object reference (z) does not match the UID in"
                        + " record. The object might have been deleted and then recreated",
                "|,'boundObjectRef':{'kind':'Foo','apiVersion':'v1','name':'p'}|cannot bind token to object of type"
                        + " /v1, Kind=Foo",
                "|,'boundObjectRef':{'kind':'Pod','apiVersion':'apps/v1','name':'p'}|cannot bind token to object of"
                        + " type apps/v1, Kind=Pod"
            })
    void wordsWhatIsWrongWithATokenRequest(String metadata, String spec, String message) {
        object("pods", "default", "p", "{'metadata':{'name':'p','uid':'p-1'},'spec':{'serviceAccountName':'sa'}}");
        object("pods", "default", "other", "{'metadata':{'name':'other'},'spec':{'serviceAccountName':'x'}}");
        String body = "{'metadata':{'namespace':'default'%s},'spec':{'x':1%s}}"
                .formatted(metadata == null ? "" : metadata, spec == null ? "" : spec);
        assertThatThrownBy(() -> answer("serviceaccounts/token", "default", "sa", body))
                .isInstanceOf(ApiFailure.class)
                .hasMessage(message);
    }

    @Test
    void bindsATokenToAPodAndItsNode() {
        object("pods", "default", "p", """
                {'metadata':{'name':'p','uid':'p-1'},'spec':{'serviceAccountName':'sa','nodeName':'n'}}""");
        ObjectNode answer = answer("serviceaccounts/token", "default", "sa", """
                {'metadata':{},'spec':{'boundObjectRef':{'kind':'Pod','apiVersion':'v1','name':'p','uid':'p-1'}}}""");
        String token = answer.path("status").path("token").asString();
        JsonNode claims = new JsonMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
        assertThat(claims.path("kubernetes.io").toString())
                .isEqualTo("{\"namespace\":\"default\",\"node\":{\"name\":\"n\"},\"pod\":{\"name\":\"p\",\"uid\":"
                        + "\"p-1\"},\"serviceaccount\":{\"name\":\"sa\",\"uid\":\"sa-1\"}}");
    }

    @Test
    void givesNoTokenForAnAccountThatIsNotThere() {
        assertThatThrownBy(() -> answer("serviceaccounts/token", "default", "none", "{'metadata':{}}"))
                .hasMessage("serviceaccounts \"none\" not found");
    }
}
