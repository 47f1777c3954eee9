package dev.kubepki.server.patch;

import static dev.kubepki.server.patch.Trees.json;
import static dev.kubepki.server.patch.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.api.failure.ApiFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class JsonPatchTest {
    /// The examples of RFC 6902, appendix A, that succeed.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {'foo':'bar'} | [{'op':'add','path':'/baz','value':'qux'}] | {'baz':'qux','foo':'bar'}
            {'foo':['bar','baz']} | [{'op':'add','path':'/foo/1','value':'qux'}] | {'foo':['bar','qux','baz']}
            {'baz':'qux','foo':'bar'} | [{'op':'remove','path':'/baz'}] | {'foo':'bar'}
            {'foo':['bar','qux','baz']} | [{'op':'remove','path':'/foo/1'}] | {'foo':['bar','baz']}
            {'baz':'qux','foo':'bar'} | [{'op':'replace','path':'/baz','value':'boo'}] | {'baz':'boo','foo':'bar'}
            {'f':{'b':'z','w':'f'},'q':{'c':'g'}} | [{'op':'move','from':'/f/w','path':'/q/t'}] | \
            {'f':{'b':'z'},'q':{'c':'g','t':'f'}}
            {'foo':['all','grass','cows','eat']} | [{'op':'move','from':'/foo/1','path':'/foo/3'}] | \
            {'foo':['all','cows','eat','grass']}
            {'baz':'qux','foo':['a',2,'c']} | \
            [{'op':'test','path':'/baz','value':'qux'},{'op':'test','path':'/foo/1','value':2}] | \
            {'baz':'qux','foo':['a',2,'c']}
            {'foo':'bar'} | [{'op':'add','path':'/child','value':{'grandchild':{}}}] | \
            {'foo':'bar','child':{'grandchild':{}}}
            {'foo':'bar'} | [{'op':'add','path':'/baz','value':'qux','xyz':123}] | {'foo':'bar','baz':'qux'}
            {'/':9,'~1':10} | [{'op':'test','path':'/~01','value':10}] | {'/':9,'~1':10}
            {'foo':['bar']} | [{'op':'add','path':'/foo/-','value':['abc','def']}] | {'foo':['bar',['abc','def']]}
            """)
    void appliesTheExamplesOfTheRfc(String document, String patch, String expected) {
        assertThat(JsonPatch.apply(object(document), json(patch))).isEqualTo(json(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {'a':{'b/c':1}} | [{'op':'replace','path':'/a/b~1c','value':2}] | {'a':{'b/c':2}}
            {'a':{'b~c':1}} | [{'op':'remove','path':'/a/b~0c'}] | {'a':{}}
            {'a':{'':1}} | [{'op':'copy','from':'/a/','path':'/b'}] | {'a':{'':1},'b':1}
            {'a':[1,2]} | [{'op':'remove','path':'/a/-1'}] | {'a':[1]}
            {'a':[1,2]} | [{'op':'add','path':'/a/-1','value':3}] | {'a':[1,2,3]}
            {'a':{}} | [{'op':'replace','path':'/a/b','value':1}] | {'a':{'b':1}}
            {'a':1} | [{'op':'test','path':'/b','value':null}] | {'a':1}
            {'a':1} | [{'op':'test','path':'','value':{'a':1.0}}] | {'a':1}
            {'a':1} | [{'op':'replace','path':'','value':{'b':2}}] | {'b':2}
            {'a':{'b':{'c':1}}} | [{'op':'copy','from':'/a','path':'/d'},{'op':'remove','path':'/a/b/c'}] | \
            {'a':{'b':{}},'d':{'b':{'c':1}}}
            {'a':1} | null | {'a':1}
            """)
    void appliesWhatTheApiAllowsBeyondTheRfc(String document, String patch, String expected) {
        assertThat(JsonPatch.apply(object(document), json(patch))).isEqualTo(json(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {'baz':'qux'} | [{'op':'test','path':'/baz','value':'bar'}]
            {'foo':'bar'} | [{'op':'add','path':'/baz/bat','value':'qux'}]
            {'/':9,'~1':10} | [{'op':'test','path':'/~01','value':'10'}]
            {'a':{}} | [{'op':'remove','path':'/a/none'}]
            {'a':[1]} | [{'op':'remove','path':'/a/1'}]
            {'a':[1]} | [{'op':'add','path':'/a/2','value':1}]
            {'a':[1]} | [{'op':'add','path':'/a/x','value':1}]
            {'a':[1]} | [{'op':'replace','path':'/a/-2','value':1}]
            {'a':1} | [{'op':'add','path':'/a/b','value':1}]
            {'a':null} | [{'op':'add','path':'/a/b','value':1}]
            {'a':1} | [{'op':'add','path':'','value':{}}]
            {'a':1} | [{'op':'remove','path':''}]
            {'a':1} | [{'op':'replace','path':'','value':1}]
            {'a':1} | [{'op':'move','path':'/b'}]
            {'a':1} | [{'op':'move','from':'/c','path':'/b'}]
            {'a':1} | [{'op':'remove'}]
            {'a':1} | [{'op':'jump','path':'/a'}]
            {'a':1} | [null]
            """)
    void refusesWhatCannotBeAppliedWithoutSayingWhy(String document, String patch) {
        assertThatThrownBy(() -> JsonPatch.apply(object(document), json(patch)))
                .isInstanceOfSatisfying(ApiFailure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(422);
                    assertThat(failure.details()).isEqualTo(ApiFailure.Details.EMPTY);
                })
                .hasMessage("the server rejected our request due to an error in our request");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {'op':'x'} | cannot unmarshal object into Go value of type []handlers.jsonPatchOp
            'x' | cannot unmarshal string into Go value of type []handlers.jsonPatchOp
            [1] | cannot unmarshal number into Go value of type handlers.jsonPatchOp
            [{'op':'add','path':1}] | cannot unmarshal number into Go struct field jsonPatchOp.path of type string
            """)
    void refusesWhatIsNoPatch(String patch, String message) {
        assertThatThrownBy(() -> JsonPatch.apply(object("{}"), json(patch)))
                .isInstanceOfSatisfying(
                        ApiFailure.class, failure -> assertThat(failure.code()).isEqualTo(400))
                .hasMessage("error decoding patch: json: " + message);
    }

    @Test
    void refusesMoreThanTenThousandOperations() {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i <= 10_000; i++) {
            patch.add(json("{'op':'test','path':'/a','value':1}"));
        }
        assertThatThrownBy(() -> JsonPatch.apply(object("{'a':1}"), patch))
                .isInstanceOfSatisfying(
                        ApiFailure.class, failure -> assertThat(failure.code()).isEqualTo(413))
                .hasMessageEndingWith("The allowed maximum operations in a JSON patch is 10000, got 10001");
        patch.remove(0);
        assertThat(JsonPatch.apply(object("{'a':1}"), patch)).isEqualTo(object("{'a':1}"));
    }

    @Test
    void refusesCopiesThatGrowAsPowersOfTwo() {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 40; i++) {
            patch.add(json("{'op':'copy','from':'/a','path':'/a/-'}"));
        }
        assertThatThrownBy(() -> JsonPatch.apply(object("{'a':['0123456789']}"), patch))
                .isInstanceOf(ApiFailure.class);
    }

    @Test
    void leavesTheObjectAsItWas() {
        ObjectNode object = object("{'a':{'b':[1]}}");
        JsonPatch.apply(object, json("[{'op':'add','path':'/a/b/-','value':2},{'op':'remove','path':'/a'}]"));
        assertThat(object).isEqualTo(object("{'a':{'b':[1]}}"));
    }

    @Test
    void namesFieldsThatAnOperationDoesNotHave() {
        assertThat(JsonPatch.strictErrors(json("[{'op':'test','path':'/a'},{'op':'add','foo':1}]")))
                .containsExactly("json patch unknown field \"[1].foo\"");
    }
}
