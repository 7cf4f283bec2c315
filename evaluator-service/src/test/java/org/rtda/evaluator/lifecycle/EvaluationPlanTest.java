package org.rtda.evaluator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.MetricSubject;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.settings.EvaluationSettings;
import org.rtda.evaluator.context.EvaluatorFixtures;

class EvaluationPlanTest {
    private static final DatasetManifest DATA =
            EvaluatorFixtures.manifest("train", "val", "test", "shift-other-scanner", "shift-abroad");

    private static List<String> labels(EvaluationPlan plan) {
        return plan.conditions().stream().map(Condition::label).toList();
    }

    private static EvaluationPlan plan(int epoch, boolean last, AttackSettings attack, EvaluationSettings evaluation) {
        return EvaluationPlan.of(
                        EvaluatorFixtures.checkpoint(epoch, last, EvaluatorFixtures.spec(attack, evaluation)),
                        Optional.of(DATA))
                .orElseThrow();
    }

    @Test
    void aCheckpointWhileTrainingIsJudgedQuicklyOnValidationImages() {
        EvaluationPlan plan = plan(
                2,
                false,
                AttackSettings.builder().name("pgd-linf").epsilon(0.03).steps(7).build(),
                EvaluationSettings.builder()
                        .everyEpochs(2)
                        .quickImages(32)
                        .testImages(0)
                        .attackSteps(10)
                        .epsilons(List.of(0.25))
                        .build());

        assertThat(plan.suite()).isEqualTo("quick");
        assertThat(plan.images()).isEqualTo(32);
        assertThat(labels(plan)).containsExactly("clean", "pgd-linf-10@0.03", "gaussian-noise@3", "contrast-down@3");
        assertThat(plan.conditions()).allMatch(c -> c.split().equals("val"));
        AttackSettings attack = plan.conditions().get(1).attack();
        assertThat(attack.stepSize()).isEqualTo(2.5 * 0.03 / 10);
        assertThat(attack.randomStart()).isTrue();
    }

    @Test
    void epochsBetweenAndEveryEpochsZeroAreNotJudgedButTheLastAlwaysIs() {
        EvaluationSettings everySecond = EvaluationSettings.builder()
                .everyEpochs(2)
                .quickImages(32)
                .testImages(0)
                .attackSteps(10)
                .build();
        EvaluationSettings never = EvaluationSettings.builder()
                .everyEpochs(0)
                .quickImages(32)
                .testImages(0)
                .attackSteps(10)
                .build();

        assertThat(EvaluationPlan.of(
                        EvaluatorFixtures.checkpoint(3, false, EvaluatorFixtures.spec(null, everySecond)),
                        Optional.of(DATA)))
                .isEmpty();
        assertThat(EvaluationPlan.of(
                        EvaluatorFixtures.checkpoint(4, false, EvaluatorFixtures.spec(null, never)), Optional.of(DATA)))
                .isEmpty();
        assertThat(EvaluationPlan.of(
                        EvaluatorFixtures.checkpoint(5, true, EvaluatorFixtures.spec(null, never)), Optional.of(DATA)))
                .isPresent();
    }

    @Test
    void theLastCheckpointIsJudgedUnderEveryCondition() {
        EvaluationPlan plan = plan(
                5,
                true,
                AttackSettings.builder().name("pgd-l2").epsilon(0.5).steps(7).build(),
                EvaluationSettings.builder()
                        .everyEpochs(1)
                        .quickImages(64)
                        .testImages(200)
                        .attackSteps(10)
                        .epsilons(List.of(0.25, 1.0))
                        .build());

        // 1 clean, 2 listed radii and the training one, the chest X-ray column's 13 corruptions at 5 severities, 2
        // shifts
        assertThat(plan.conditions()).hasSize(1 + 3 + EvaluatorFixtures.CHEST_XRAY_CORRUPTIONS * 5 + 2);
        assertThat(plan.suite()).isEqualTo("standard");
        assertThat(plan.images()).isEqualTo(200);
        assertThat(labels(plan)).startsWith("clean", "pgd-l2-10@0.25", "pgd-l2-10@0.5", "pgd-l2-10@1");
        assertThat(labels(plan)).endsWith("pixelate@5", "shift-abroad", "shift-other-scanner");
        assertThat(labels(plan)).contains("jpeg@1", "jpeg@2", "jpeg@3", "jpeg@4", "jpeg@5");
        assertThat(labels(plan)).doesNotHaveDuplicates();
        assertThat(plan.conditions())
                .filteredOn(c -> c.kind() != Condition.Kind.SHIFT)
                .allMatch(c -> c.split().equals("test"));
    }

    @Test
    void aTrainingRadiusThatIsListedIsNotMeasuredTwice() {
        EvaluationPlan plan = plan(
                5,
                true,
                AttackSettings.builder().name("pgd-l2").epsilon(1.0).steps(7).build(),
                EvaluationSettings.builder()
                        .everyEpochs(1)
                        .quickImages(64)
                        .testImages(0)
                        .attackSteps(10)
                        .epsilons(List.of(0.25, 1.0))
                        .build());

        assertThat(plan.conditions()).hasSize(1 + 2 + EvaluatorFixtures.CHEST_XRAY_CORRUPTIONS * 5 + 2);
    }

    @Test
    void radiiThatShareALabelAreOneCondition() {
        EvaluationPlan plan = plan(
                5,
                true,
                AttackSettings.builder()
                        .name("pgd-l2")
                        .epsilon(0.250001)
                        .steps(7)
                        .build(),
                EvaluationSettings.builder()
                        .everyEpochs(1)
                        .quickImages(64)
                        .testImages(0)
                        .attackSteps(10)
                        .epsilons(List.of(0.25, 1.0))
                        .build());

        assertThat(plan.conditions()).hasSize(1 + 2 + EvaluatorFixtures.CHEST_XRAY_CORRUPTIONS * 5 + 2);
    }

    @Test
    void trainingInLinfAddsThatAttackBesideTheL2Radii() {
        EvaluationPlan plan = plan(
                5,
                true,
                AttackSettings.builder().name("pgd-linf").epsilon(0.03).steps(7).build(),
                EvaluationSettings.builder()
                        .everyEpochs(1)
                        .quickImages(64)
                        .testImages(0)
                        .attackSteps(20)
                        .epsilons(List.of(0.25, 1.0))
                        .build());

        assertThat(plan.conditions()).hasSize(1 + 2 + 1 + EvaluatorFixtures.CHEST_XRAY_CORRUPTIONS * 5 + 2);
        assertThat(labels(plan)).startsWith("clean", "pgd-l2-20@0.25", "pgd-l2-20@1", "pgd-linf-20@0.03");
    }

    @Test
    void radiiThatAreNotGivenFollowTheImageSize() {
        EvaluationPlan plan = plan(
                5,
                true,
                null,
                EvaluationSettings.builder()
                        .everyEpochs(1)
                        .quickImages(64)
                        .testImages(0)
                        .attackSteps(10)
                        .build());

        // 8 x 8 against 3 x 32 x 32: sqrt(64 / 3072) = 0.14434; the training radius is the reference's 1.0 and so among
        // them
        assertThat(labels(plan))
                .startsWith(
                        "clean",
                        "pgd-l2-10@0.03608",
                        "pgd-l2-10@0.07217",
                        "pgd-l2-10@0.1443",
                        "pgd-l2-10@0.2887",
                        "pgd-l2-10@0.5774",
                        "pgd-l2-10@1.155",
                        "gaussian-noise@1");
    }

    @Test
    void aLaterAttemptGivesTheSameIds() {
        CheckpointSaved first = EvaluatorFixtures.checkpoint(5, true, EvaluatorFixtures.spec());
        CheckpointSaved again = first.toBuilder()
                .time(EvaluatorFixtures.NOW.plusSeconds(60))
                .attempt(2)
                .build();
        EvaluationPlan plan = EvaluationPlan.of(first, Optional.of(DATA)).orElseThrow();
        EvaluationPlan repeated = EvaluationPlan.of(again, Optional.of(DATA)).orElseThrow();

        assertThat(plan.evaluationId()).isEqualTo("exp/epoch-00005");
        assertThat(repeated.planned(EvaluatorFixtures.NOW).id())
                .isEqualTo(plan.planned(EvaluatorFixtures.NOW).id());
        assertThat(repeated.tasks(EvaluatorFixtures.NOW))
                .extracting(EvaluationTask::id)
                .containsExactlyElementsOf(plan.tasks(EvaluatorFixtures.NOW).stream()
                        .map(EvaluationTask::id)
                        .toList());
        assertThat(plan.tasks(EvaluatorFixtures.NOW).get(1).id()).isEqualTo("exp/epoch-00005/pgd-l2-10@0.25/task");
    }

    @Test
    void planAndAnswersSayWhatTheyAreAbout() {
        EvaluationPlan plan = EvaluationPlan.of(
                        EvaluatorFixtures.checkpoint(5, true, EvaluatorFixtures.spec()), Optional.of(DATA))
                .orElseThrow();

        assertThat(plan.planned(EvaluatorFixtures.NOW).subject())
                .isEqualTo(new MetricSubject("dark-bright", "rtda", "resnet8", 7, "l2", 0.5, "standard", null, null));
        assertThat(plan.tasks(EvaluatorFixtures.NOW).get(1).subject())
                .isEqualTo(new MetricSubject(
                        "dark-bright", "rtda", "resnet8", 7, "l2", 0.5, "standard", null, "pgd-l2-10@0.25"));
    }
}
