package org.rtda.evaluator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationCommand;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.settings.Condition.Kind;
import org.rtda.contracts.settings.EvaluationSettings;
import org.rtda.contracts.settings.SourceModel;
import org.rtda.evaluator.context.EvaluatorFixtures;
import org.rtda.evaluator.lifecycle.EvaluationPlan;

class SuitesTest {
    private static final AttackSettings L2 =
            AttackSettings.builder().name("pgd-l2").epsilon(0.5).steps(7).build();

    private static DatasetManifest data(int classes, String modality, Integer healthyClass) {
        Map<String, DatasetManifest.Split> splits = new LinkedHashMap<>();
        for (String split : List.of("train", "val", "test")) {
            splits.put(
                    split,
                    new DatasetManifest.Split(
                            classes,
                            IntStream.range(0, classes).mapToObj(c -> 1).toList(),
                            List.of()));
        }
        List<String> names =
                IntStream.range(0, classes).mapToObj(c -> "class " + c).toList();
        return DatasetManifest.builder()
                .name("data")
                .channels(1)
                .height(8)
                .width(8)
                .classes(names)
                .splits(splits)
                .sourceSha256(Map.of())
                .importedAt(EvaluatorFixtures.NOW)
                .modality(modality)
                .healthyClass(healthyClass)
                .build();
    }

    private static CheckpointSaved checkpoint(AttackSettings attack, String suite) {
        return EvaluatorFixtures.checkpoint(
                5,
                true,
                EvaluatorFixtures.spec(
                        attack,
                        EvaluationSettings.builder()
                                .everyEpochs(1)
                                .quickImages(64)
                                .testImages(0)
                                .attackSteps(10)
                                .epsilons(List.of(0.25, 1.0))
                                .suite(suite)
                                .build()));
    }

    private static List<String> labels(AttackSettings attack, String suite, DatasetManifest data) {
        EvaluationPlan plan =
                EvaluationPlan.of(checkpoint(attack, suite), Optional.of(data)).orElseThrow();
        assertThat(plan.suite()).isEqualTo(suite);
        return plan.conditions().stream().map(Condition::label).toList();
    }

    private static List<String> full(DatasetManifest data) {
        return labels(L2, "full", data);
    }

    @Test
    void everySuiteThatCanBeAskedForIsThere() {
        assertThat(Suites.names()).containsExactlyElementsOf(KnownNames.SUITES);
        assertThatThrownBy(() -> Suites.named("fast")).hasMessageContaining("one of [quick, standard, full]");
    }

    @Test
    void theSuiteOfTheLastEpochIsTheExperimentsOwn() {
        assertThat(labels(L2, "standard", data(2, "chest-xray", null))).doesNotContain("fgsm-l2-1@0.5");
        assertThat(labels(L2, "full", data(2, "chest-xray", null))).contains("fgsm-l2-1@0.5");
    }

    /** The unbounded radius of 1 x 8 x 8 is 8; the reference 1.0 on 3 x 32 x 32 is sqrt(64 / 3072) = 0.1443. */
    @Test
    void aFullSuiteAddsEveryAttackTheWorstCasesGoalsAndProbes() {
        List<String> standard = labels(L2, "standard", data(2, "ultrasound", null));
        List<String> full = full(data(2, "ultrasound", null));

        assertThat(full).startsWith(standard.toArray(String[]::new)).doesNotHaveDuplicates();
        assertThat(full.subList(standard.size(), full.size()))
                .containsExactly(
                        "fgsm-l2-1@0.5",
                        "pgd-l2-10x5@0.5",
                        "pgd-l2-20@0.5",
                        "pgd-linf-10@0.03137",
                        "pgd-linf-10@0.007843",
                        "apgd-ce-l2-100@0.5",
                        "apgd-margin-l2-100@0.5",
                        "fab-l2-100@0.5",
                        "square-l2-1000@0.5",
                        "random-noise-l2-1@0.5",
                        "pgd-l2-100@8",
                        "aa-binary-l2@0.5",
                        "aa-binary-l2@0.1443",
                        "miss-pgd-l2-10@0.5",
                        "false-alarm-pgd-l2-10@0.5",
                        "pgd-l2-10@0.5+speckle-noise@3",
                        "pgd-l2-10@0.5+motion-blur@3",
                        "pgd-l2-10@0.5+brightness-up@3",
                        "pgd-l2-10@0.5+brightness-down@3",
                        "pgd-l2-10@0.5+contrast-down@3",
                        "pgd-l2-10@0.5+jpeg@3",
                        "pgd-l2-10@0.5+pixelate@3",
                        "probe-gradients",
                        "probe-forward-passes",
                        "probe-attack-replay",
                        "probe-logits");
    }

    private static List<String> members(int classes) {
        return EvaluationPlan.of(checkpoint(L2, "full"), Optional.of(data(classes, "other", null)))
                .orElseThrow()
                .conditions()
                .stream()
                .filter(c -> c.kind() == Kind.WORST_CASE)
                .findFirst()
                .orElseThrow()
                .attackSet()
                .members()
                .stream()
                .map(member -> member.name() + " " + member.steps())
                .toList();
    }

    @Test
    void threeClassesHaveTheDlrLossAndFourTheTargetedSet() {
        assertThat(full(data(2, "other", null))).doesNotContain("apgd-dlr-l2-100@0.5");
        assertThat(full(data(3, "other", null))).contains("apgd-dlr-l2-100@0.5", "aa-binary-l2@0.5");
        assertThat(full(data(4, "other", null))).contains("apgd-dlr-l2-100@0.5", "aa-standard-l2@0.5");
        assertThat(members(3)).containsExactly("apgd-ce 100", "apgd-margin 100", "fab 100", "square 5000");
        assertThat(members(4))
                .containsExactly("apgd-ce 100", "apgd-targeted-dlr 100", "fab-targeted 100", "square 5000");
    }

    @Test
    void missesAndFalseAlarmsNeedAClassThatIsHealthy() {
        assertThat(full(data(3, "other", null))).noneMatch(label -> label.startsWith("miss"));
        assertThat(full(data(3, "other", 2))).contains("miss-pgd-l2-10@0.5", "false-alarm-pgd-l2-10@0.5");
    }

    @Test
    void trainingInLinfMovesTheTrainingBallThereAndLeavesTheReferenceInL2() {
        List<String> full = labels(
                AttackSettings.builder().name("pgd-linf").epsilon(0.03).steps(7).build(),
                "full",
                data(2, "chest-xray", null));

        assertThat(full)
                .contains(
                        "fgsm-linf-1@0.03",
                        "pgd-linf-20@0.03",
                        "square-linf-1000@0.03",
                        "aa-binary-linf@0.03",
                        "aa-binary-l2@0.1443",
                        "pgd-linf-10@0.03+jpeg@3");
    }

    /** The training radius 0.03 falls between 2/255 = 0.007843 and 8/255 = 0.03137; L2 radii stay beside them. */
    @Test
    void aFinalEvaluationAttacksInBothNormsEachRadiusOnce() {
        AttackSettings linf =
                AttackSettings.builder().name("pgd-linf").epsilon(0.03).steps(7).build();
        EvaluationSettings settings = EvaluationSettings.builder()
                .everyEpochs(1)
                .quickImages(64)
                .testImages(0)
                .attackSteps(10)
                .epsilons(List.of(0.25, 1.0))
                .suite("full")
                .linfEpsilons(List.of(2.0 / 255, 8.0 / 255))
                .build();
        List<String> labels = EvaluationPlan.of(
                        EvaluatorFixtures.checkpoint(5, true, EvaluatorFixtures.spec(linf, settings)),
                        Optional.of(data(2, "ultrasound", null)))
                .orElseThrow()
                .conditions()
                .stream()
                .map(Condition::label)
                .toList();

        assertThat(labels)
                .startsWith(
                        "clean",
                        "pgd-l2-10@0.25",
                        "pgd-l2-10@1",
                        "pgd-linf-10@0.007843",
                        "pgd-linf-10@0.03",
                        "pgd-linf-10@0.03137")
                .doesNotHaveDuplicates();
    }

    @Test
    void corruptionsAreThoseOfTheModality() {
        List<String> ultrasound = labels(L2, "standard", data(2, "ultrasound", null));
        List<String> mammogram = labels(L2, "standard", data(2, "mammogram", null));

        assertThat(ultrasound).contains("motion-blur@5").doesNotContain("gaussian-noise@1", "gamma-up@1");
        assertThat(mammogram).contains("gaussian-noise@1", "gamma-up@1").doesNotContain("motion-blur@5");
        // 1 clean, radii 0.25, 0.5, 1, and 7 or 13 corruptions at 5 severities
        assertThat(ultrasound).hasSize(4 + EvaluatorFixtures.ULTRASOUND_CORRUPTIONS * 5);
        assertThat(mammogram).hasSize(4 + EvaluatorFixtures.CHEST_XRAY_CORRUPTIONS * 5);
    }

    @Test
    void aQuickLookTakesTwoCorruptionsThatTheModalityHas() {
        CheckpointSaved whileTraining = EvaluatorFixtures.checkpoint(2, false, EvaluatorFixtures.spec());

        assertThat(EvaluationPlan.of(whileTraining, Optional.of(data(2, "ultrasound", null)))
                        .orElseThrow()
                        .conditions())
                .extracting(Condition::label)
                .containsExactly("clean", "pgd-l2-10@0.5", "contrast-down@3", "speckle-noise@3");
    }

    private EvaluationPlan transfer(Double epsilon) {
        return EvaluationPlan.of(
                EvaluationCommand.builder()
                        .id("c")
                        .time(EvaluatorFixtures.NOW)
                        .experimentId("exp")
                        .name("transfer")
                        .checkpoint(checkpoint(L2, "standard"))
                        .transferFrom(List.of(
                                new SourceModel("exp-2", "resnet20", EvaluatorFixtures.weights("exp-2")),
                                new SourceModel("exp-3", "resnet8", EvaluatorFixtures.weights("exp-3"))))
                        .epsilon(epsilon)
                        .build(),
                Optional.of(data(2, "other", null)));
    }

    @Test
    void aTransferIsJudgedBesideTheCleanImagesAndThePgdOfTheModelItself() {
        EvaluationPlan plan = transfer(null);

        assertThat(plan.suite()).isEqualTo("transfer");
        assertThat(plan.evaluationId()).isEqualTo("exp/epoch-00005/transfer");
        assertThat(plan.conditions())
                .extracting(Condition::label)
                .containsExactly("clean", "pgd-l2-10@0.5", "from-exp-2-pgd-l2-10@0.5", "from-exp-3-pgd-l2-10@0.5");
        assertThat(transfer(0.25).conditions())
                .extracting(Condition::label)
                .containsExactly("clean", "pgd-l2-10@0.25", "from-exp-2-pgd-l2-10@0.25", "from-exp-3-pgd-l2-10@0.25");
    }
}
