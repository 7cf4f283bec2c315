package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentSpecTest {
    /** 546 training images of 1 x 28 x 28. */
    private static final DatasetManifest BREAST = Golden.read(DatasetManifest.class);

    @Test
    void onlyTheDatasetMustBeGiven() {
        ExperimentSpec spec = read("{'dataset': 'breast-28'}");

        assertThat(spec.method()).isEqualTo("rtda");
        assertThat(spec.network()).isEqualTo("resnet20");
        assertThat(spec.epochs()).isEqualTo(15);
        assertThat(spec.batchSize()).isEqualTo(64);
        assertThat(spec.seed()).isEqualTo(1);
        assertThat(spec.lambda()).isEqualTo(12);
        assertThat(spec.lookahead()).isZero();
        assertThat(spec.shards()).isEqualTo(2);
        assertThat(spec.optimizer())
                .isEqualTo(new OptimizerSettings("sgd", 0.1, 0.9, 5e-4, true, "cosine", 0, null, 0.0));
        assertThat(spec.batchNorm()).isEqualTo("separate");
        assertThat(spec.classWeights()).isEqualTo("none");
        assertThat(spec.initialWeights()).isNull();
        assertThat(spec.selection()).isEqualTo(new SelectionSettings("last", null, 0));
        assertThat(spec.selection().needsValidation()).isFalse();
        assertThat(spec.preAugmentation()).isEqualTo(new PreAugmentation(false, 2));
        assertThat(spec.augmix()).isEqualTo(new AugMixSettings(3, 0, 3.0, 1.0, true));
        assertThat(spec.attack()).isEqualTo(AttackSettings.pgd("pgd-l2", null, 7, null, true));
        assertThat(spec.evaluation()).isEqualTo(new EvaluationSettings(1, 64, 0, 10, null, null, null));
    }

    @Test
    void resolvingFillsWhatDependsOnTheImagesAndKeepsTheRest() {
        ExperimentSpec resolved =
                read("{'dataset': 'breast-28', 'seed': 5, 'shards': 3}").resolvedFor(BREAST);

        // sqrt(784 / 3072) = 0.505181...
        assertThat(resolved.attack().epsilon()).isCloseTo(0.505181, within(1e-6));
        assertThat(resolved.attack().stepSize()).isCloseTo(2.5 * 0.505181 / 7, within(1e-6));
        assertThat(resolved.evaluation().epsilons()).hasSize(6);
        assertThat(resolved.evaluation().epsilons().get(0)).isCloseTo(0.126295, within(1e-6));
        assertThat(resolved.evaluation().epsilons().get(5)).isCloseTo(4.041452, within(1e-6));
        assertThat(resolved.seed()).isEqualTo(5);
        assertThat(resolved.shards()).isEqualTo(3);
        assertThat(resolved.resolvedFor(BREAST)).isEqualTo(resolved);
    }

    @Test
    void resolvingKeepsTheStrengthThatWasAskedFor() {
        ExperimentSpec resolved = read("{'dataset': 'breast-28', 'attack': {'epsilon': 0.3, 'steps': 3},"
                        + " 'evaluation': {'epsilons': [0.1, 0.2]}}")
                .resolvedFor(BREAST);

        assertThat(resolved.attack()).isEqualTo(AttackSettings.pgd("pgd-l2", 0.3, 3, 0.25, true));
        assertThat(resolved.evaluation().epsilons()).isEqualTo(List.of(0.1, 0.2));
    }

    @Test
    void resolvingKeepsAStepSizeGivenWithoutEpsilon() {
        AttackSettings attack = read("{'dataset': 'breast-28', 'attack': {'stepSize': 0.05}}")
                .resolvedFor(BREAST)
                .attack();

        assertThat(attack.stepSize()).isEqualTo(0.05);
        assertThat(attack.epsilon()).isCloseTo(0.505181, within(1e-6));
    }

    @Test
    void adamWHasDefaultsOfItsOwn() {
        OptimizerSettings adamW =
                read("{'dataset': 'breast-28', 'optimizer': {'name': 'adamw'}}").optimizer();

        assertThat(adamW.learningRate()).isEqualTo(1e-3);
        assertThat(adamW.weightDecay()).isEqualTo(0.01);
    }

    @Test
    void resolvingKeepsTheOptionsOfTheTraining() {
        ExperimentSpec spec = read("{'dataset': 'breast-28', 'batchNorm': 'dual', 'classWeights': 'balanced',"
                + " 'initialWeights': {'key': 'uploads/w', 'sha256': 'ab', 'sizeBytes': 3},"
                + " 'selection': {'checkpoint': 'best', 'patience': 2, 'validationImages': 10},"
                + " 'optimizer': {'clipNorm': 1, 'averaging': 0.99, 'warmupEpochs': 1, 'schedule': 'step'}}");
        ExperimentSpec resolved = spec.resolvedFor(BREAST);

        assertThat(resolved.batchNorm()).isEqualTo("dual");
        assertThat(resolved.classWeights()).isEqualTo("balanced");
        assertThat(resolved.initialWeights()).isEqualTo(new ObjectRef("uploads/w", "ab", 3));
        assertThat(resolved.selection()).isEqualTo(new SelectionSettings("best", 2, 10));
        assertThat(resolved.optimizer()).isEqualTo(spec.optimizer());
    }

    @Test
    void patienceAloneNeedsValidationToo() {
        assertThat(new SelectionSettings("last", 3, null).needsValidation()).isTrue();
        assertThat(new SelectionSettings("last", 3, null).takesBest()).isFalse();
        assertThat(new SelectionSettings("best", null, null).needsValidation()).isTrue();
    }

    @Test
    void aBatchLargerThanTheTrainingSplitIsRefused() {
        ExperimentSpec spec = read("{'dataset': 'breast-28', 'batchSize': 547}");

        assertThatThrownBy(() -> spec.resolvedFor(BREAST))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("batchSize must be at most 546, the training images of breast-28, was 547");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'dataset': 'Breast 28'} | dataset | Breast 28 | 1 to 63 of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit
            {'dataset': 'b', 'method': 'sgd'} | method | sgd | one of [rtda, erm, augmix, adversarial, trades, augmix-adversarial, robust-augmix]
            {'dataset': 'b', 'network': 'vgg'} | network | vgg | one of [resnet8, resnet20, resnet18, resnet50, wide-resnet-50-2, efficientnet-lite0]
            {'dataset': 'b', 'epochs': 0} | epochs | 0 | in [1, 10000]
            {'dataset': 'b', 'lambda': -1} | lambda | -1.0 | in [0, 1000]
            {'dataset': 'b', 'beta': 1001} | beta | 1001.0 | in [0, 1000]
            {'dataset': 'b', 'lambda': 'NaN'} | lambda | NaN | in [0, 1000]
            {'dataset': 'b', 'lookahead': 65} | lookahead | 65 | in [0, 64]
            {'dataset': 'b', 'batchSize': 8, 'shards': 9} | shards | 9 | in [1, 8]
            {'dataset': 'b', 'shards': 49} | shards | 49 | in [1, 48]
            {'dataset': 'b', 'optimizer': {'momentum': 1}} | optimizer.momentum | 1.0 | in [0, 0.9999]
            {'dataset': 'b', 'optimizer': {'name': 'lion'}} | optimizer.name | lion | one of [sgd, adamw]
            {'dataset': 'b', 'optimizer': {'schedule': 'linear'}} | optimizer.schedule | linear | one of [cosine, step, constant]
            {'dataset': 'b', 'epochs': 3, 'optimizer': {'warmupEpochs': 4}} | optimizer.warmupEpochs | 4 | in [0, 3]
            {'dataset': 'b', 'optimizer': {'clipNorm': 0}} | optimizer.clipNorm | 0.0 | in [1.0E-6, 1000000]
            {'dataset': 'b', 'optimizer': {'averaging': 1}} | optimizer.averaging | 1.0 | in [0, 0.999999]
            {'dataset': 'b', 'batchNorm': 'none'} | batchNorm | none | one of [separate, joint, dual]
            {'dataset': 'b', 'classWeights': 'auto'} | classWeights | auto | one of [none, balanced]
            {'dataset': 'b', 'selection': {'checkpoint': 'first'}} | selection.checkpoint | first | one of [last, best]
            {'dataset': 'b', 'selection': {'patience': 0}} | selection.patience | 0 | in [1, 10000]
            {'dataset': 'b', 'selection': {'validationImages': -1}} | selection.validationImages | -1 | in [0, 1000000]
            {'dataset': 'b', 'preAugmentation': {'cropPadding': 33}} | preAugmentation.cropPadding | 33 | in [0, 32]
            {'dataset': 'b', 'augmix': {'severity': 0}} | augmix.severity | 0.0 | in [0.1, 10]
            {'dataset': 'b', 'attack': {'name': 'fgsm'}} | attack.name | fgsm | one of [pgd-l2, pgd-linf]
            {'dataset': 'b', 'attack': {'epsilon': 'NaN'}} | attack.epsilon | NaN | in [0, 1000]
            {'dataset': 'b', 'attack': {'epsilon': 'Infinity'}} | attack.epsilon | Infinity | in [0, 1000]
            {'dataset': 'b', 'evaluation': {'epsilons': []}} | evaluation.epsilons (how many) | 0 | in [1, 32]
            """, quoteCharacter = '`')
    void aValueThatIsNotAllowedIsNamedWithWhatIs(String json, String field, String value, String allowed) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(InvalidMessageException.class)
                .hasMessage("not a valid ExperimentSpec: " + field + " must be " + allowed + ", was " + value)
                .hasRootCauseInstanceOf(InvalidFieldException.class)
                .rootCause()
                .satisfies(cause -> {
                    InvalidFieldException invalid = (InvalidFieldException) cause;
                    assertThat(invalid.field()).isEqualTo(field);
                    assertThat(invalid.value()).isEqualTo(value);
                    assertThat(invalid.allowed()).isEqualTo(allowed);
                });
    }

    @Test
    void radiiMustRise() {
        assertThatThrownBy(() -> new EvaluationSettings(null, null, null, null, List.of(0.5, 0.5), null, null))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("evaluation.epsilons must be ")
                .hasMessageEndingWith(", was 0.5");
    }

    private static ExperimentSpec read(String json) {
        return EventCodec.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), ExperimentSpec.class);
    }
}
