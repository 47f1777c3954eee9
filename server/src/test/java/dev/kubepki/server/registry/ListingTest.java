package dev.kubepki.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.server.store.MemoryStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class ListingTest {
    private final Shelf shelf = new Shelf(
            "certificates.k8s.io",
            "certificatesigningrequests",
            new Strategy() {
                @Override
                public Map<String, String> selectableFields(ObjectNode object) {
                    return Map.of("spec.signerName", Shelf.field(object, "spec", "signerName"));
                }

                @Override
                public Set<String> fieldLabels() {
                    return Set.of("spec.signerName");
                }

                @Override
                public boolean ownFieldLabels() {
                    return true;
                }
            },
            new MemoryStore());

    @BeforeEach
    void fill() {
        for (String name : List.of("-a", "UPPER", "a_b")) {
            shelf.named(name);
        }
        for (int i = 0; i < 5; i++) {
            shelf.create("{'metadata':{'name':'page" + i + "','labels':{'all':'y','p':'" + i % 2
                    + "'}},'spec':{'signerName':'x.y/z" + i + "'}}");
        }
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    private ObjectList list(String labels, String fields, String version, String match, long limit, String token) {
        return shelf.registry.list(
                shelf.call(""), new Options.ListWatch(labels, fields, version, match, limit, token, null, false, null));
    }

    private List<String> names(ObjectList list) {
        return list.items().stream()
                .map(object -> Resource.nameOf(object.key()))
                .toList();
    }

    private static ApiFailure failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ApiFailure.class, call);
    }

    @Test
    void listsInPagesAtOneRevision() {
        ObjectList first = list("", "", "", "", 3, "");
        assertThat(names(first)).containsExactly("-a", "UPPER", "a_b");
        assertThat(first.remaining()).isEqualTo(5);
        shelf.delete("page4");
        ObjectList rest = list("", "", "", "", 10, first.continueToken());
        assertThat(names(rest)).containsExactly("page0", "page1", "page2", "page3", "page4");
        assertThat(rest.revision()).isEqualTo(first.revision());
        assertThat(rest.continueToken()).isEmpty();
    }

    @Test
    void tellsNoRemainingItemsWhenASelectorChooses() {
        ObjectList first = list("all=y", "", "", "", 2, "");
        assertThat(names(first)).containsExactly("page0", "page1");
        assertThat(first.remaining()).isNegative();
        String token = new String(
                java.util.Base64.getUrlDecoder().decode(first.continueToken()),
                java.nio.charset.StandardCharsets.UTF_8);
        assertThat(token)
                .isEqualTo("{\"v\":\"meta.k8s.io/v1\",\"rv\":" + first.revision() + ",\"start\":\"/page1\\u0000\"}");
        ObjectList second = list("all=y", "", "", "", 2, first.continueToken());
        assertThat(names(second)).containsExactly("page2", "page3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    all=y           | page0 page1 page2 page3 page4
                    all==y          | page0 page1 page2 page3 page4
                    p!=0            | -a UPPER a_b page1 page3
                    p in (0,1)      | page0 page1 page2 page3 page4
                    p notin (0)     | -a UPPER a_b page1 page3
                    all             | page0 page1 page2 page3 page4
                    !all            | -a UPPER a_b
                    p=0,all         | page0 page2 page4
                    p=              | ^^
                    p>0             | page1 page3
                    p<1             | page0 page2 page4
                    """)
    void choosesByLabels(String selector, String expected) {
        String names = String.join(" ", names(list(selector, "", "", "", 0, "")));
        assertThat(names).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    =       | found '=', expected: !, identifier, or 'end of string'
                    a b     | unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt
                    p in (  | unable to parse requirement: found '', expected: ',', ')' or identifier
                    -x=y    | unable to parse requirement: <nil>: Invalid value: "-x": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
                    a=b,    | found '', expected: identifier after ','
                    a=b c   | found 'c', expected: ',' or 'end of string'
                    """)
    void wordsBadLabelSelectorsAsRecorded(String selector, String message) {
        ApiFailure failure = failure(() -> list(selector, "", "", "", 0, ""));
        assertThat(failure.code()).isEqualTo(400);
        assertThat(failure.message()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    metadata.name=page1                            | page1
                    metadata.name!=page1,spec.signerName=x.y/z2    | page2
                    metadata.name=page1,spec.signerName=x.y/z2     | ''
                    spec.signerName==x.y/z3                        | page3
                    """)
    void choosesByFields(String selector, String expected) {
        assertThat(String.join(" ", names(list("", selector, "", "", 2, "")))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    spec.foo=x            | field label not supported: spec.foo
                    metadata.namespace=x  | field label not supported: metadata.namespace
                    junk                  | invalid selector: 'junk'; can't understand 'junk'
                    """)
    void wordsBadFieldSelectorsAsRecorded(String selector, String message) {
        ApiFailure failure = failure(() -> list("", selector, "", "", 0, ""));
        assertThat(failure.message()).isEqualTo(message);
    }

    @Test
    void namesTheFieldsOfKindsWithoutWordsOfTheirOwn() {
        try (Shelf roles = new Shelf("rbac.authorization.k8s.io", "clusterroles")) {
            Options.ListWatch options = new Options.ListWatch("", "a=b", "", "", 0, "", null, false, null);
            assertThat(failure(() -> roles.registry.list(roles.call(""), options))
                            .message())
                    .isEqualTo("\"a\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
        }
    }

    @Test
    void readsTheStateOfARevision() {
        long revision = shelf.store.revision();
        shelf.delete("page0");
        assertThat(list("", "", Long.toString(revision), "Exact", 0, "").items())
                .hasSize(8);
        assertThat(list("", "", Long.toString(revision), "NotOlderThan", 0, "").items())
                .hasSize(7);
        assertThat(list("", "", "0", "", 0, "").revision()).isEqualTo(revision + 1);
        ObjectList oldest = list("", "", "1", "Exact", 0, "");
        assertThat(oldest.revision()).isEqualTo(1);
    }

    @Test
    void wordsBadResourceVersionsAsRecorded() {
        assertThat(failure(() -> list("", "", "abc", "", 0, "")).message())
                .isEqualTo("invalid resource version: resourceVersion: Invalid value: \"abc\": strconv.ParseUint:"
                        + " parsing \"abc\": invalid syntax");
        assertThat(failure(() -> list("", "", "", "Exact", 0, "")).message())
                .isEqualTo("ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden:"
                        + " resourceVersionMatch is forbidden unless resourceVersion is provided");
        ApiFailure future = failure(() -> list("", "", "999999999", "", 0, ""));
        assertThat(future.code()).isEqualTo(504);
        assertThat(future.message())
                .isEqualTo("Timeout: Too large resource version: 999999999, current: " + shelf.store.revision());
    }

    @Test
    void answersAnExpiredPageWithATokenForTheRest() {
        ObjectList first = list("", "", "", "", 3, "");
        shelf.delete("page0");
        shelf.delete("page1");
        shelf.store.compact(shelf.store.revision());
        ApiFailure expired = failure(() -> list("", "", "", "", 3, first.continueToken()));
        assertThat(expired.code()).isEqualTo(410);
        assertThat(expired.message()).startsWith("The provided continue parameter is too old to display");
        assertThat(names(list("", "", "", "", 0, expired.continueToken()))).containsExactly("page2", "page3", "page4");
    }

    @Test
    void refusesTokensThatItDidNotMake() {
        ApiFailure failure = failure(() -> list("", "", "", "", 2, "zzz"));
        assertThat(failure.code()).isEqualTo(400);
        assertThat(failure.message())
                .isEqualTo("invalid continue token: continue key is not valid: invalid character 'Ï' looking for"
                        + " beginning of value");
        String outside = new ContinueToken(1, "/registry/x/../../secrets/a").encode("/registry/x/");
        assertThat(failure(() -> list("", "", "", "", 2, outside)).code()).isEqualTo(400);
    }

    @Test
    void goesThroughLongListsAsTheyWereAtOneRevision() {
        for (int i = 0; i < 1100; i++) {
            shelf.create("{'metadata':{'name':'z" + i + "','labels':{'even':'" + (i % 2 == 0) + "'}}}");
        }
        ObjectList everything = list("", "", "", "", 0, "");
        ObjectList even = list("even=true", "", "", "", 0, "");
        shelf.delete("z0");
        shelf.named("zz");
        assertThat(everything.items()).hasSize(1108);
        assertThat(names(everything))
                .doesNotHaveDuplicates()
                .hasSize(1108)
                .contains("z0")
                .doesNotContain("zz");
        assertThat(even.items()).hasSize(550);
        assertThat(names(even)).hasSize(550).endsWith("z998");
        assertThat(everything.continueToken()).isEmpty();
    }

    @Test
    void choosesOneNamespace() {
        try (Shelf maps = new Shelf("", "configmaps")) {
            for (String namespace : List.of("a", "ab", "b")) {
                maps.registry.create(
                        maps.call(maps.kinds.resource("", "namespaces").orElseThrow(), "", "", ""),
                        new Body(Shelf.json("{'metadata':{'name':'" + namespace + "'}}"), List.of()),
                        Shelf.write("CreateOptions"));
                maps.create(namespace, "{'metadata':{'name':'m'}}");
            }
            assertThat(maps.registry.list(maps.call("a", ""), Shelf.all()).items())
                    .extracting(StoredObject::key)
                    .containsExactly("/registry/configmaps/a/m");
            Options.ListWatch named = new Options.ListWatch("", "metadata.name=m", "", "", 0, "", null, false, null);
            assertThat(maps.registry.list(maps.call("", ""), named).items()).hasSize(3);
        }
    }
}
