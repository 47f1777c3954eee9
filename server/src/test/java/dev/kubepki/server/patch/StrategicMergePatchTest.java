package dev.kubepki.server.patch;

import static dev.kubepki.server.patch.Trees.json;
import static dev.kubepki.server.patch.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.GroupVersionKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class StrategicMergePatchTest {
    private static ObjectNode patch(String kind, String object, String patch) {
        GroupVersionKind type =
                kind.equals("CertificateSigningRequest") ? Trees.CSR : new GroupVersionKind("", "v1", kind);
        return StrategicMergePatch.apply(object(object), json(patch), Trees.SCHEMA, Trees.SCHEMA.of(type));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {'metadata':{'labels':{'m':'1'}}} | {'metadata':{'labels':{'s':'t','m':null}}} | \
            {'metadata':{'labels':{'s':'t'}}}
            {'metadata':{}} | {'metadata':{'labels':{'s':'t','n':null}}} | {'metadata':{'labels':{'s':'t'}}}
            {'metadata':{'labels':{'m':'1'}}} | {'metadata':{'labels':{'$patch':'replace','s':'t'}}} | \
            {'metadata':{'labels':{'s':'t'}}}
            {'metadata':{'labels':{'m':'1'}}} | {'metadata':{'labels':{'$patch':'delete'}}} | {'metadata':{'labels':{}}}
            {'metadata':{'finalizers':['a/b']}} | {'metadata':{'finalizers':['c/d','a/b']}} | \
            {'metadata':{'finalizers':['c/d','a/b']}}
            {'metadata':{'finalizers':['a/b','c/d']}} | \
            {'metadata':{'$deleteFromPrimitiveList/finalizers':['a/b']}} | {'metadata':{'finalizers':['c/d']}}
            {'metadata':{'finalizers':['a','b','c']}} | \
            {'metadata':{'$setElementOrder/finalizers':['c','a']}} | {'metadata':{'finalizers':['b','c','a']}}
            {'metadata':{'ownerReferences':[{'uid':'1','name':'x'},{'uid':'2'}]}} | \
            {'metadata':{'ownerReferences':[{'uid':'1','name':'y'}]}} | \
            {'metadata':{'ownerReferences':[{'uid':'1','name':'y'},{'uid':'2'}]}}
            {'metadata':{'ownerReferences':[{'uid':'1'},{'uid':'2'}]}} | \
            {'metadata':{'ownerReferences':[{'uid':'1','$patch':'delete'}]}} | \
            {'metadata':{'ownerReferences':[{'uid':'2'}]}}
            {'metadata':{'ownerReferences':[{'uid':'1'},{'uid':'2'}]}} | \
            {'metadata':{'ownerReferences':[{'$patch':'replace'},{'uid':'3'}]}} | \
            {'metadata':{'ownerReferences':[{'uid':'3'}]}}
            {'metadata':{'ownerReferences':[{'uid':'1'}]}} | \
            {'metadata':{'$setElementOrder/ownerReferences':[{'uid':'2'},{'uid':'1'}],\
            'ownerReferences':[{'uid':'2'}]}} | {'metadata':{'ownerReferences':[{'uid':'2'},{'uid':'1'}]}}
            {'status':{'conditions':[{'type':'Approved'}]}} | {'status':{'conditions':[{'type':'Failed'}]}} | \
            {'status':{'conditions':[{'type':'Failed'}]}}
            {'spec':{'usages':['a','b']}} | {'spec':{'usages':['c']}} | {'spec':{'usages':['c']}}
            {'spec':{'signerName':'a','username':'b'}} | \
            {'spec':{'$retainKeys':['signerName'],'signerName':'c'}} | {'spec':{'signerName':'c'}}
            {'metadata':{'name':'a'}} | null | {'metadata':{'name':'a'}}
            {'metadata':{}} | {'metadata':{'ownerReferences':[{'uid':'1'},{'uid':'2','$patch':'delete'}]}} | \
            {'metadata':{'ownerReferences':[{'uid':'1'}]}}
            """)
    void mergesAsTheSchemaSays(String object, String patch, String expected) {
        assertThat(patch("CertificateSigningRequest", object, patch)).isEqualTo(json(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            Namespace | {'status':{'conditions':[{'type':'A','status':'x'}]}} | \
            {'status':{'conditions':[{'type':'B'},{'type':'A','status':'y'}]}} | \
            {'status':{'conditions':[{'type':'B'},{'type':'A','status':'y'}]}}
            ServiceAccount | {'secrets':[{'name':'a'},{'name':'b'}]} | {'secrets':[{'name':'c'}]} | \
            {'secrets':[{'name':'a'},{'name':'b'},{'name':'c'}]}
            """)
    void mergesListsByTheirKeys(String kind, String object, String patch, String expected) {
        ObjectNode merged = patch(kind, object, patch);
        assertThat(merged.toString().chars().sorted().toArray())
                .isEqualTo(json(expected).toString().chars().sorted().toArray());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {'metadata':{'labels':{'a':'1'}}} | {'metadata':{'labels':{'$patch':'merge'}}} | 500 | \
            unknown patch type: merge in map: map[$patch:merge]
            {'metadata':{'ownerReferences':[{'uid':'1'}]}} | {'metadata':{'ownerReferences':[{'name':'x'}]}} | \
            500 | map: map[name:x] does not contain declared merge key: uid
            {'metadata':{'ownerReferences':[{'uid':'1'}]}} | \
            {'metadata':{'ownerReferences':[{'uid':'2','$patch':'merge'}]}} | 500 | \
            merging lists cannot yet be specified in the patch
            {'metadata':{'ownerReferences':[{'uid':'1'}]}} | \
            {'metadata':{'ownerReferences':[{'uid':'2','$patch':'grow'}]}} | 500 | \
            unknown patch type: grow in map: map[$patch:grow uid:2]
            {'spec':{'signerName':'a'}} | {'spec':{'$retainKeys':['signerName'],'username':'c'}} | 400 | \
            invalid patch format of retainKeys
            {'metadata':{}} | {'metadata':{'$setElementOrder/finalizers':'x'}} | 500 | \
            expected a []interface {}, but received a string
            {'metadata':{}} | {'metadata':{'$setElementOrder':['x']}} | 400 | \
            invalid patch format of setElementOrder list
            {'metadata':{}} | {'metadata':{'$deleteFromPrimitiveList':['x']}} | 400 | \
            invalid patch format of primitive list
            {'metadata':{}} | {'metadata':{'$setElementOrder/none':['x']}} | 500 | \
            unable to find api field in struct ObjectMeta for the json field "none"
            {'spec':{'extra':{'a':['b']}}} | {'spec':{'extra':{'a':['c']}}} | 500 | \
            merging an object in json but data type is not struct, instead is: map
            {} | [] | 400 | json: cannot unmarshal array into Go value of type map[string]interface {}
            """)
    void refusesWithTheWordsOfTheApi(String object, String patch, int code, String message) {
        assertThatThrownBy(() -> patch("CertificateSigningRequest", object, patch))
                .isInstanceOfSatisfying(
                        ApiFailure.class, failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessage(message);
    }

    @Test
    void refusesElementsInAnotherOrderThanThePatchSets() {
        String order = "{'metadata':{'$setElementOrder/finalizers':['a','b'],'finalizers':['b','a']}}";
        assertThatThrownBy(() -> patch("CertificateSigningRequest", "{'metadata':{}}", order))
                .hasMessage("The order in patch list:\n[b a]\n doesn't match $setElementOrder list:\n[a b]\n");
    }

    @Test
    void mergesMapsAndReplacesListsOfUnknownKinds() {
        ObjectNode merged = patch("Unheard", "{'a':{'b':[1],'c':2}}", "{'a':{'b':[3],'d':4}}");
        assertThat(merged).isEqualTo(object("{'a':{'b':[3],'c':2,'d':4}}"));
    }

    @Test
    void printsAPatchAsGoDoes() {
        assertThat(StrategicMergePatch.print(json("{'b':[1,'x',null],'a':{'c':true}}")))
                .isEqualTo("map[a:map[c:true] b:[1 x <nil>]]");
    }
}
