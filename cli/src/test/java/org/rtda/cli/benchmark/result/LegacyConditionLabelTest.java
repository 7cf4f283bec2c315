package org.rtda.cli.benchmark.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.result.ResultRow;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;

class LegacyConditionLabelTest {
    private static final Path PUBLISHED = Path.of("../docs/comparison");

    @Test
    void anAttackHasItsNormStepsRestartsRadiusAndGoal() {
        assertThat(LegacyConditionLabel.read("pgd-l2-10@0.5052"))
                .isEqualTo(Condition.attack(
                        AttackSettings.builder()
                                .name("pgd-l2")
                                .epsilon(0.5052)
                                .steps(10)
                                .build(),
                        "test"));
        assertThat(LegacyConditionLabel.read("false-alarm-pgd-linf-20x5@0.03137"))
                .isEqualTo(Condition.attack(
                        AttackSettings.builder()
                                .name("pgd-linf")
                                .epsilon(0.03137)
                                .steps(20)
                                .norm("linf")
                                .restarts(5)
                                .build(),
                        "false-alarm",
                        "test"));
        assertThat(LegacyConditionLabel.read("fab-targeted-linf-100@0.03"))
                .isEqualTo(Condition.attack(AttackSettings.of("fab-targeted", "linf", 0.03), "test"));
        assertThat(LegacyConditionLabel.read("random-noise-l2-1@28"))
                .isEqualTo(Condition.attack(AttackSettings.of("random-noise", "l2", 28), "test"));
    }

    @Test
    void everyOtherKindIsToldApart() {
        assertThat(LegacyConditionLabel.read("clean")).isEqualTo(Condition.clean("test"));
        assertThat(LegacyConditionLabel.read("gaussian-noise@3"))
                .isEqualTo(Condition.corruption("gaussian-noise", 3, "test"));
        assertThat(LegacyConditionLabel.read("shift-a+b@3")).isEqualTo(Condition.shift("shift-a+b@3"));
        assertThat(LegacyConditionLabel.read("pgd-l2-10@0.15+jpeg@3"))
                .isEqualTo(Condition.attackedCorruption(
                        AttackSettings.builder()
                                .name("pgd-l2")
                                .epsilon(0.15)
                                .steps(10)
                                .build(),
                        "jpeg",
                        3,
                        "test"));
        assertThat(LegacyConditionLabel.read("probe-forward-passes"))
                .isEqualTo(Condition.probe("forward-passes", "test"));
    }

    @Test
    void ofASetOfAttacksItHasNameNormAndRadius() {
        Condition worst = LegacyConditionLabel.read("aa-binary-l2@0.15");

        assertThat(worst.kind()).isEqualTo(Condition.Kind.WORST_CASE);
        assertThat(worst.attackSet().name()).isEqualTo("aa-binary");
        assertThat(worst.attackSet().norm()).isEqualTo("l2");
        assertThat(worst.attackSet().epsilon()).isEqualTo(0.15);
    }

    @Test
    void ofATransferItHasTheSourceAndTheAttackAndSaysThatItsWeightsAreNotKnown() {
        Condition transfer = LegacyConditionLabel.read("from-exp-1-apgd-ce-l2-100@0.15");

        assertThat(transfer.kind()).isEqualTo(Condition.Kind.TRANSFER);
        assertThat(transfer.source().experimentId()).isEqualTo("exp-1");
        assertThat(transfer.source().weights()).isEqualTo(LegacyConditionLabel.UNKNOWN_SOURCE);
        assertThat(transfer.attack()).isEqualTo(AttackSettings.of("apgd-ce", "l2", 0.15));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "corruptions, mean", "fog@3", "jpeg@6", "pgd-l2@0.5", "pgd-l2-10", "probe-mood"})
    void whatIsNoLabelIsRefused(String text) {
        assertThatThrownBy(() -> LegacyConditionLabel.read(text))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("condition must be the label of a condition, such as clean, jpeg@3 or pgd-l2-10@0.5, was "
                        + text);
    }

    @Test
    void everyLabelOfThePublishedComparisonsIsRead() throws IOException {
        Set<String> labels = new TreeSet<>();
        try (var files = Files.walk(PUBLISHED)) {
            for (Path file :
                    files.filter(path -> path.endsWith("published.json")).toList()) {
                for (String part : List.of("figures", "full")) {
                    for (JsonNode figure :
                            EventCodec.mapper().readTree(file.toFile()).get(part)) {
                        labels.add(figure.get("condition").asText());
                    }
                }
            }
        }

        // clean, PGD at five radii, 14 corruptions at five severities, four other test sets
        assertThat(labels).hasSize(1 + 5 + 14 * 5 + 4);
        assertThat(labels)
                .allSatisfy(label ->
                        assertThat(LegacyConditionLabel.read(label).label()).isEqualTo(label));
    }

    @Test
    void aRowThatSaysItsConditionIsNotReadByItsLabel() {
        ResultRow says =
                row("its name").conditionDetails(Condition.clean("val")).build();
        ResultRow doesNotSay = row("jpeg@2").build();

        assertThat(LegacyConditionLabel.completed(List.of(says, doesNotSay)))
                .extracting(ResultRow::conditionDetails)
                .containsExactly(Condition.clean("val"), Condition.corruption("jpeg", 2, "test"));
    }

    private static ResultRow.Builder row(String condition) {
        return ResultRow.builder()
                .experiment("e")
                .dataset("d")
                .method("erm")
                .seed(1)
                .condition(condition)
                .metric("accuracy")
                .n(1);
    }
}
