package dev.kubepki.server.auth.rbac;

import static dev.kubepki.server.auth.rbac.RecordedObjects.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class AggregationTest {
    private static ObjectNode role(String name, String label, String verb) {
        return json("{'metadata':{'name':'" + name + "','labels':{'k':'" + label + "'}},'rules':[{'verbs':['" + verb
                + "'],'apiGroups':[''],'resources':['pods']}]}");
    }

    private static ObjectNode aggregated(String selectors) {
        return json("{'metadata':{'name':'all','labels':{'k':'v'}},'rules':[{'verbs':['hand']}],"
                + "'aggregationRule':{'clusterRoleSelectors':[" + selectors + "]}}");
    }

    private static List<String> verbs(String selectors, ObjectNode... roles) {
        return Aggregation.rules(aggregated(selectors), List.of(roles)).stream()
                .map(rule -> rule.verbs().getFirst())
                .toList();
    }

    @Test
    void collectsBySelectorThenByNameEachRuleOnce() {
        ObjectNode[] roles = {
            role("c", "w", "3"), role("b", "v", "2"), role("a", "v", "1"), role("d", "v", "1"), aggregated("")
        };
        assertThat(verbs("{'matchLabels':{'k':'v'}}", roles)).containsExactly("1", "2");
        assertThat(verbs("{'matchLabels':{'k':'w'}},{'matchLabels':{'k':'v'}}", roles))
                .containsExactly("3", "1", "2");
        assertThat(verbs("", roles)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "In,'''v'',''x''',true",
        "In,'''x''',false",
        "NotIn,'''x''',true",
        "NotIn,'''v''',false",
        "Exists,'',true",
        "DoesNotExist,'',false",
        "Like,'',false"
    })
    void understandsExpressions(String operator, String values, boolean selected) {
        String selector = "{'matchExpressions':[{'key':'k','operator':'" + operator + "','values':[" + values + "]}]}";
        assertThat(verbs(selector, role("a", "v", "1")).isEmpty()).isNotEqualTo(selected);
    }
}
