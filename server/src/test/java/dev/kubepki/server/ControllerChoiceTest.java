package dev.kubepki.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ControllerChoiceTest {
    private static final String SIGNER = "certificatesigningrequest-signing-controller";
    private static final String APPROVER = "certificatesigningrequest-approving-controller";
    private static final String BUNDLES = "kube-apiserver-serving-clustertrustbundle-publisher-controller";

    private static List<String> chosen(String... words) throws ServerFailure {
        return ControllerChoice.of(List.of(words), Controllers.TABLE).stream()
                .map(ControllerRow::name)
                .toList();
    }

    @Test
    void takesAStarForAllStandardOnes() throws Exception {
        assertThat(chosen("*")).hasSize(Controllers.TABLE.size() - 1).doesNotContain(BUNDLES);
    }

    @Test
    void takesTheOthersWhenTheyAreNamed() throws Exception {
        assertThat(chosen("*", "bundle-publisher")).hasSameSizeAs(Controllers.TABLE);
    }

    @Test
    void takesNothingForNone() throws Exception {
        assertThat(chosen()).isEmpty();
        assertThat(chosen("-*")).isEmpty();
    }

    @Test
    void leavesOutWhatHasAMinus() throws Exception {
        assertThat(chosen("*", "-signer")).doesNotContain(SIGNER).contains(APPROVER);
        assertThat(chosen("*", "-csrsigning")).doesNotContain(SIGNER).contains(APPROVER);
        assertThat(chosen("-" + SIGNER, "*")).doesNotContain(SIGNER).contains(APPROVER);
    }

    @Test
    void takesJustTheNamed() throws Exception {
        assertThat(chosen("signer", "csrapproving")).containsExactly(SIGNER, APPROVER);
    }

    @Test
    void countsTheFirstWordAboutAController() throws Exception {
        assertThat(chosen("signer", "-signer")).containsExactly(SIGNER);
        assertThat(chosen("-signer", "csrsigning")).isEmpty();
    }

    @Test
    void refusesANameThatNoControllerHas() {
        assertThatThrownBy(() -> chosen("*", "-singer"))
                .isInstanceOf(ServerFailure.class)
                .hasMessageContaining("there is no controller 'singer'")
                .hasMessageContaining(SIGNER);
    }

    @Test
    void hasNoNameTwice() {
        assertThat(Controllers.TABLE.stream().flatMap(ControllerRow::names)).doesNotHaveDuplicates();
    }
}
