package dev.kubepki.server.patch;

import static dev.kubepki.server.patch.Trees.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

class FieldSetTest {
    private static FieldSet set(String text) {
        return FieldSet.parse(json(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'f:metadata':{'f:labels':{'.':{},'f:all':{},'f:p':{}}}}",
                "{'f:metadata':{'f:finalizers':{'.':{},'v:\\'example.com/hold\\'':{}}}}",
                "{'f:a':{'k:{\\'name\\':\\'x\\',\\'port\\':8}':{'.':{},'f:name':{}}},'f:b':{'i:3':{}}}",
            })
    void printsWhatItRead(String text) {
        String escaped = text.replace("\\'", "\\\"");
        assertThat(set(escaped).encode()).isEqualTo(json(escaped));
    }

    @Test
    void ordersFieldsThenKeysThenValuesThenIndexes() {
        FieldSet set = set("{'i:1':{},'v:true':{},'v:\\\"b\\\"':{},'v:10':{},'v:9':{},'k:{\\\"a\\\":2}':{},"
                + "'k:{\\\"a\\\":10}':{},'f:b':{},'f:B':{},'i:0':{},'x:new':{}}");
        assertThat(set.encode().propertyNames())
                .containsExactly(
                        "f:B", "f:b", "k:{\"a\":2}", "k:{\"a\":10}", "v:9", "v:10", "v:\"b\"", "v:true", "i:0", "i:1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {'f:a':{},'f:b':{'f:c':{}}} | {'f:b':{},'f:d':{}} | {'f:a':{},'f:b':{'.':{},'f:c':{}},'f:d':{}} | \
            {} | {'f:a':{},'f:b':{'f:c':{}}}
            {'f:a':{'.':{},'f:b':{}}} | {'f:a':{'.':{},'f:c':{}}} | {'f:a':{'.':{},'f:b':{},'f:c':{}}} | \
            {'f:a':{}} | {'f:a':{'f:b':{}}}
            {'f:a':{'f:b':{}}} | {'f:a':{'f:b':{}}} | {'f:a':{'f:b':{}}} | {'f:a':{'f:b':{}}} | {}
            """)
    void joinsSets(String left, String right, String union, String intersection, String difference) {
        assertThat(set(left).union(set(right))).isEqualTo(set(union));
        assertThat(set(left).intersection(set(right)).encode()).isEqualTo(json(intersection));
        assertThat(set(left).difference(set(right)).encode()).isEqualTo(json(difference));
    }

    @Test
    void takesWholeTreesAway() {
        FieldSet set =
                set("{'f:metadata':{'f:name':{}},'f:spec':{'f:a':{'f:b':{}}},'f:status':{'f:c':{},'f:d':{'f:e':{}}}}");
        FieldSet left = set.withoutTrees(FieldSet.ofPaths(List.of("spec", "status.d")));
        assertThat(left).isEqualTo(set("{'f:metadata':{'f:name':{}},'f:status':{'f:c':{}}}"));
    }

    @Test
    void namesPlacesAsMessagesDo() {
        List<String> texts = new ArrayList<>();
        FieldSet set = set("{'f:status':{'f:conditions':{'.':{},'k:{\\\"type\\\":\\\"Approved\\\"}':{'f:status':{}}}},"
                + "'f:f':{'v:\\\"x\\\"':{}},'f:z':{'i:2':{}}}");
        set.forEach(path -> texts.add(path.toString()));
        assertThat(texts)
                .containsExactly(
                        ".f[=\"x\"]", ".status.conditions", ".status.conditions[type=\"Approved\"].status", ".z[2]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{'f':{}}", "{'fa':{}}", "{'f:a':1}", "{'k:{':{}}", "{'v:':{}}", "{'i:x':{}}", "{'v:1 2':{}}"})
    void refusesWhatIsNoSet(String text) {
        assertThatThrownBy(() -> set(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void escapesValuesAsTheApiWritesThem() {
        PathElement step = PathElement.Key.of("a<b", JsonNodeFactory.instance.stringNode("é\n\"&"));
        assertThat(step.encoded()).isEqualTo("k:{\"a\\u003cb\":\"é\\n\\\"\\u0026\"}");
        assertThat(PathElement.parse(step.encoded())).isEqualTo(step);
    }

    @Test
    void knowsWhetherItTouchesWrittenFields() {
        FieldSet changed = set("{'f:metadata':{'f:labels':{'f:a':{}}}}");
        assertThat(changed.touches(json("{'f:metadata':{'f:labels':{'.':{},'f:a':{}}}}")))
                .isTrue();
        assertThat(changed.touches(json("{'f:metadata':{'f:labels':{'f:b':{}}}}")))
                .isFalse();
        assertThat(changed.touches(json("{'f:metadata':{'f:labels':{'f:a':{'f:x':{}}}}}")))
                .isFalse();
    }
}
