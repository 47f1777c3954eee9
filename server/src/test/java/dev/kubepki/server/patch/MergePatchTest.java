package dev.kubepki.server.patch;

import static dev.kubepki.server.patch.Trees.json;
import static dev.kubepki.server.patch.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.api.failure.ApiFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class MergePatchTest {
    /// The examples of RFC 7386, appendix A, that are about objects, and that of section 3.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {'a':'b'} | {'a':'c'} | {'a':'c'}
            {'a':'b'} | {'b':'c'} | {'a':'b','b':'c'}
            {'a':'b'} | {'a':null} | {}
            {'a':'b','b':'c'} | {'a':null} | {'b':'c'}
            {'a':['b']} | {'a':'c'} | {'a':'c'}
            {'a':'c'} | {'a':['b']} | {'a':['b']}
            {'a':{'b':'c'}} | {'a':{'b':'d','c':null}} | {'a':{'b':'d'}}
            {'a':[{'b':'c'}]} | {'a':[1]} | {'a':[1]}
            {'e':null} | {'a':1} | {'e':null,'a':1}
            {} | {'a':{'bb':{'ccc':null}}} | {'a':{'bb':{}}}
            {'title':'Goodbye!','author':{'givenName':'John','familyName':'Doe'},'tags':['example','sample'],\
            'content':'c'} | \
            {'title':'Hello!','phoneNumber':'+01','author':{'familyName':null},'tags':['example']} | \
            {'title':'Hello!','author':{'givenName':'John'},'tags':['example'],'content':'c','phoneNumber':'+01'}
            """)
    void appliesTheExamplesOfTheRfc(String document, String patch, String expected) {
        assertThat(MergePatch.apply(object(document), json(patch))).isEqualTo(json(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            [] | error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}
            'junk' | error decoding patch: json: cannot unmarshal string into Go value of type map[string]interface {}
            null | Invalid JSON Patch
            """)
    void refusesWhatIsNoObject(String patch, String message) {
        assertThatThrownBy(() -> MergePatch.apply(object("{}"), json(patch)))
                .isInstanceOfSatisfying(
                        ApiFailure.class, failure -> assertThat(failure.code()).isEqualTo(400))
                .hasMessage(message);
    }

    @Test
    void sharesNothingWithObjectOrPatch() {
        ObjectNode object = object("{'a':{'b':1}}");
        ObjectNode patch = object("{'c':{'d':1}}");
        ObjectNode merged = MergePatch.apply(object, patch);
        ((ObjectNode) merged.get("a")).put("b", 2);
        ((ObjectNode) merged.get("c")).put("d", 2);
        assertThat(object).isEqualTo(object("{'a':{'b':1}}"));
        assertThat(patch).isEqualTo(object("{'c':{'d':1}}"));
    }
}
