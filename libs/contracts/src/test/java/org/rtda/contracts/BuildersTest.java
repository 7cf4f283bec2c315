package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.result.SubgroupRow;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.AugMixSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.settings.EvaluationSettings;
import org.rtda.contracts.settings.InputNormalization;
import org.rtda.contracts.settings.OptimizerSettings;
import org.rtda.contracts.settings.PreAugmentation;
import org.rtda.contracts.settings.SelectionSettings;
import org.rtda.contracts.settings.WarmupSettings;

class BuildersTest {
    private static final ObjectRef OBJECT = new ObjectRef("weights/some.safetensors", "ab".repeat(32), 8);
    private static final AttackSettings ATTACK = AttackSettings.builder()
            .name("pgd-linf")
            .epsilon(0.03)
            .steps(9)
            .stepSize(0.02)
            .randomStart(true)
            .norm("linf")
            .restarts(3)
            .build();
    private static final EvaluationSettings EVALUATION = EvaluationSettings.builder()
            .everyEpochs(2)
            .quickImages(65)
            .testImages(100)
            .attackSteps(11)
            .epsilons(List.of(0.5))
            .suite("full")
            .wantedSensitivity(0.8)
            .linfEpsilons(List.of(0.01))
            .build();

    @ParameterizedTest
    @ValueSource(
            classes = {
                AttackRequest.class,
                AttackSettings.class,
                CheckpointSaved.class,
                Condition.class,
                DatasetManifest.class,
                EvaluationCommand.class,
                EvaluationSettings.class,
                ExperimentSpec.class,
                ExperimentStatus.class,
                OptimizerSettings.class,
                SubgroupRow.class,
                TrainingMetric.class
            })
    void aBuilderSetsEveryComponentOfItsRecordByTheComponentsName(Class<?> type) throws Exception {
        Class<?> builder = type.getMethod("builder").getReturnType();

        for (RecordComponent component : type.getRecordComponents()) {
            Method setter = builder.getMethod(component.getName(), component.getType());
            assertThat(setter.getReturnType()).as("%s", setter).isEqualTo(builder);
        }
        assertThat(Arrays.stream(builder.getDeclaredMethods()).filter(method -> method.getReturnType() == builder))
                .hasSameSizeAs(type.getRecordComponents());
    }

    @Test
    void theBuildersOfAnEvaluationsMessagesSetEveryComponentByItsName() throws Exception {
        for (Class<?> type : RobustnessMetric.class.getPermittedSubclasses()) {
            Class<?> builder = type.getMethod("builder").getReturnType();
            for (RecordComponent component : type.getRecordComponents()) {
                Method setter = builder.getMethod(component.getName(), component.getType());
                assertThat(setter.getReturnType()).as("%s", setter).isAssignableFrom(builder);
            }
        }
    }

    @Test
    void aBuilderOfARecordBeginsWithAllThatTheRecordSays() {
        ExperimentSpec spec = ExperimentSpec.builder()
                .dataset("phantoms")
                .method("erm")
                .network("resnet8")
                .epochs(3)
                .batchSize(5)
                .seed(7L)
                .lambda(1.5)
                .lookahead(1)
                .shards(3)
                .optimizer(OptimizerSettings.builder().name("adamw").build())
                .preAugmentation(PreAugmentation.NONE)
                .augmix(new AugMixSettings(2, 1, 2.5, 0.5, false))
                .attack(ATTACK)
                .evaluation(EVALUATION)
                .beta(2.5)
                .batchNorm("joint")
                .classWeights("none")
                .initialWeights(OBJECT)
                .selection(new SelectionSettings("best", 4, 6))
                .normalization(InputNormalization.named("imagenet"))
                .warmup(new WarmupSettings(0.0, 0.25))
                .build();
        DatasetManifest manifest = DatasetManifest.builder()
                .name("phantoms")
                .channels(1)
                .height(2)
                .width(3)
                .classes(List.of("a", "b"))
                .splits(Map.of("test", new DatasetManifest.Split(0, List.of(), List.of())))
                .sourceSha256(Map.of("test", "cd"))
                .provenance("made")
                .licence("CC0")
                .importedAt(Instant.EPOCH)
                .modality("mammogram")
                .healthyClass(1)
                .channelMeans(List.of(0.5))
                .channelDeviations(List.of(0.25))
                .images(OBJECT)
                .subgroups(Map.of("sex", Map.of("F", 1)))
                .build();

        assertThat(spec.toBuilder().build()).isEqualTo(spec);
        assertThat(manifest.toBuilder().build()).isEqualTo(manifest);
        assertThat(ATTACK.toBuilder().build()).isEqualTo(ATTACK);
        assertThat(EVALUATION.toBuilder().build()).isEqualTo(EVALUATION);
        assertThat(spec.toBuilder().seed(8L).build().seed()).isEqualTo(8);
        CheckpointSaved checkpoint = CheckpointSaved.builder()
                .id("exp/epoch-2")
                .time(Instant.EPOCH)
                .experimentId("exp")
                .attempt(4)
                .epoch(2)
                .step(20)
                .last(true)
                .spec(spec)
                .dataset(new DatasetRef(
                        "phantoms", new ObjectRef("datasets/phantoms/manifest.json", "ab".repeat(32), 8)))
                .weights(ofCheckpoint("weights"))
                .model(ofCheckpoint("model"))
                .trainingState(ofCheckpoint("state"))
                .validationRobustBalancedAccuracy(0.75)
                .selectedEpoch(1)
                .build();
        assertThat(checkpoint.toBuilder().build()).isEqualTo(checkpoint);
        SubgroupRow row = SubgroupRow.builder()
                .experiment("exp")
                .attribute("sex")
                .subgroup("F")
                .classCounts(List.of(30, 12))
                .small(true)
                .images("clean")
                .conditions(List.of("clean"))
                .metric("accuracy")
                .value(0.5)
                .low(0.25)
                .high(0.75)
                .n(42)
                .note("a note")
                .whole(0.625)
                .difference(-0.125)
                .differenceLow(-0.25)
                .differenceHigh(0.0)
                .worst(false)
                .failedGates(List.of("noise-hurts-less"))
                .split("test")
                .build();
        assertThat(row.toBuilder().build()).isEqualTo(row);
        assertThat(row.asWorst()).isEqualTo(row.toBuilder().worst(true).build());
    }

    private static ObjectRef ofCheckpoint(String file) {
        return new ObjectRef("experiments/exp/checkpoints/" + file, "ab".repeat(32), 8);
    }

    @Test
    void aNumberWithoutADefaultThatIsNotSetIsRefusedInsteadOfBeingZero() {
        assertThatThrownBy(() -> DatasetManifest.builder().name("phantoms").build())
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("channels must be present");
    }
}
