package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.AugMixSettings;
import org.rtda.contracts.settings.EvaluationSettings;
import org.rtda.contracts.settings.InputNormalization;
import org.rtda.contracts.settings.OptimizerSettings;
import org.rtda.contracts.settings.PreAugmentation;
import org.rtda.contracts.settings.SelectionSettings;
import org.rtda.contracts.settings.WarmupSettings;

class ExperimentSpecTest {
    /** 546 training images of 1 x 28 x 28. */
    private static final DatasetManifest BREAST = measured(Golden.read(DatasetManifest.class), 0.3, 0.2);

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
                .isEqualTo(OptimizerSettings.builder()
                        .name("sgd")
                        .learningRate(0.1)
                        .momentum(0.9)
                        .weightDecay(5e-4)
                        .nesterov(true)
                        .schedule("cosine")
                        .warmupEpochs(0)
                        .averaging(0.0)
                        .build());
        assertThat(spec.batchNorm()).isEqualTo("separate");
        assertThat(spec.classWeights()).isEqualTo("balanced");
        assertThat(spec.normalization()).isEqualTo(InputNormalization.named("training-split"));
        assertThat(spec.warmup()).isEqualTo(new WarmupSettings(0.5, 0.0));
        assertThat(spec.initialWeights()).isNull();
        assertThat(spec.selection()).isEqualTo(new SelectionSettings("last", null, 0));
        assertThat(spec.selection().needsValidation()).isFalse();
        assertThat(spec.preAugmentation()).isEqualTo(new PreAugmentation(false, 2));
        assertThat(spec.augmix()).isEqualTo(new AugMixSettings(3, 0, 3.0, 1.0, true));
        assertThat(spec.attack())
                .isEqualTo(AttackSettings.builder()
                        .name("pgd-l2")
                        .steps(7)
                        .randomStart(true)
                        .build());
        assertThat(spec.evaluation())
                .isEqualTo(EvaluationSettings.builder()
                        .everyEpochs(1)
                        .quickImages(64)
                        .testImages(0)
                        .attackSteps(10)
                        .build());
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

    /** BREAST's validation split with the second class's 57 images gone. */
    private static DatasetManifest withoutTheSecondClassInVal() {
        return withSplit(BREAST.classes(), "val", List.of(21, 0));
    }

    /** BREAST with other training images, of so many a class. */
    private static DatasetManifest withTrain(List<String> classes, List<Integer> classCounts) {
        return withSplit(classes, "train", classCounts);
    }

    private static DatasetManifest withSplit(List<String> classes, String split, List<Integer> classCounts) {
        Map<String, DatasetManifest.Split> splits = new HashMap<>(BREAST.splits());
        int count = classCounts.stream().mapToInt(Integer::intValue).sum();
        splits.put(split, new DatasetManifest.Split(count, classCounts, List.of()));
        return BREAST.toBuilder().classes(classes).splits(splits).build();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'checkpoint': 'best' | selection.checkpoint must be last",
                "'patience': 3 | selection.patience must be absent"
            })
    void selectionByValidationNeedsAnImageOfEveryClassThereAndNamesTheOneThatIsMissing(
            String selection, String message) {
        DatasetManifest data = withoutTheSecondClassInVal();

        assertThatThrownBy(() -> read("{'dataset': 'breast-28', 'selection': {" + selection + "}}")
                        .resolvedFor(data))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith(message)
                .hasMessageContaining("its validation split has no image of class "
                        + BREAST.classes().get(1));
        assertThat(read("{'dataset': 'breast-28'}")
                        .resolvedFor(data)
                        .selection()
                        .needsValidation())
                .as("without selection nothing needs them")
                .isFalse();
    }

    @Test
    void fewerValidationImagesThanClassesAreRefused() {
        assertThatThrownBy(() ->
                        read("{'dataset': 'breast-28', 'selection': {'checkpoint': 'best', 'validationImages': 1}}")
                                .resolvedFor(BREAST))
                .hasMessage("selection.validationImages must be 0 (all) or at least 2, one for each class, was 1");
    }

    @Test
    void tradesNeedsARandomStartAndTheOtherMethodsDoNot() {
        assertThatThrownBy(() -> read("{'dataset': 'breast-28', 'method': 'trades', 'attack': {'randomStart': false}}"))
                .hasRootCauseInstanceOf(InvalidFieldException.class)
                .hasMessageEndingWith(
                        "attack.randomStart must be true with method trades, whose attack raises the divergence from"
                                + " the prediction on the original image: its gradient is zero there, was false");
        assertThat(read("{'dataset': 'breast-28', 'method': 'rtda', 'attack': {'randomStart': false}}")
                        .attack()
                        .randomStart())
                .isFalse();
    }

    @Test
    void balancedClassWeightsNeedATrainingImageOfEveryClass() {
        DatasetManifest data = withTrain(BREAST.classes(), List.of(546, 0));

        assertThatThrownBy(() -> read("{'dataset': 'breast-28'}").resolvedFor(data))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("classWeights must be none on data set " + BREAST.name()
                        + ": its training split has no image of class "
                        + BREAST.classes().get(1)
                        + ", which cannot be weighed, was balanced");
        assertThat(read("{'dataset': 'breast-28', 'classWeights': 'none'}")
                        .resolvedFor(data)
                        .classWeights())
                .isEqualTo("none");
    }

    @Test
    void oneClassIsNothingToTellApart() {
        DatasetManifest data = withTrain(List.of("malignant"), List.of(546));

        assertThatThrownBy(() -> read("{'dataset': 'breast-28'}").resolvedFor(data))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("dataset must be one of at least 2 classes, this one has 1, was breast-28");
    }

    @Test
    void dualBatchNormsAreRefusedWhereNoViewIsClean() {
        assertThatThrownBy(() -> read("{'dataset': 'breast-28', 'method': 'adversarial', 'batchNorm': 'dual'}")
                        .resolvedFor(BREAST))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("batchNorm must be separate or joint with method adversarial");
        assertThat(read("{'dataset': 'breast-28', 'method': 'rtda', 'batchNorm': 'dual'}")
                        .resolvedFor(BREAST)
                        .batchNorm())
                .isEqualTo("dual");
    }

    @Test
    void resolvingKeepsTheStrengthThatWasAskedFor() {
        ExperimentSpec resolved = read("{'dataset': 'breast-28', 'attack': {'epsilon': 0.3, 'steps': 3},"
                        + " 'evaluation': {'epsilons': [0.1, 0.2]}}")
                .resolvedFor(BREAST);

        assertThat(resolved.attack())
                .isEqualTo(AttackSettings.builder()
                        .name("pgd-l2")
                        .epsilon(0.3)
                        .steps(3)
                        .stepSize(0.25)
                        .randomStart(true)
                        .build());
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
    void theFirstLayerTakesMeanAndDeviationOfTheTrainingImages() {
        assertThat(read("{'dataset': 'breast-28'}").resolvedFor(BREAST).normalization())
                .isEqualTo(new InputNormalization("training-split", List.of(0.3), List.of(0.2)));
    }

    @Test
    void theFirstLayerOfImageNetsWeightsHasItsMeanOverTheColoursForGreyImages() {
        InputNormalization grey = read("{'dataset': 'breast-28', 'normalization': {'name': 'imagenet'}}")
                .resolvedFor(BREAST)
                .normalization();

        // (0.485 + 0.456 + 0.406) / 3 and (0.229 + 0.224 + 0.225) / 3
        assertThat(grey.mean()).singleElement().satisfies(mean -> assertThat(mean)
                .isCloseTo(0.449, within(1e-12)));
        assertThat(grey.deviation()).singleElement().satisfies(deviation -> assertThat(deviation)
                .isCloseTo(0.226, within(1e-12)));
    }

    @Test
    void theFirstLayerCanBringPixelsToMinusOneToOne() {
        assertThat(read("{'dataset': 'breast-28', 'normalization': {'name': 'symmetric'}}")
                        .resolvedFor(BREAST)
                        .normalization())
                .isEqualTo(new InputNormalization("symmetric", List.of(0.5), List.of(0.5)));
    }

    @Test
    void aDataSetWhosePixelsWereNotMeasuredIsToBeImportedAgain() {
        ExperimentSpec spec = read("{'dataset': 'breast-28'}");

        assertThatThrownBy(() -> spec.resolvedFor(Golden.read(DatasetManifest.class)))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage(
                        "normalization.name must be symmetric or imagenet for breast-28, whose pixels were not measured"
                                + " when an earlier build imported it: import it again, was training-split");
    }

    @Test
    void whatWarmsUpRisesLinearlyToItsFullValueAndStaysThere() {
        // over 4 of 8 steps: a quarter, a half, three quarters, all
        assertThat(IntStream.range(0, 8).mapToObj(step -> WarmupSettings.factor(0.5, step, 8)))
                .containsExactly(0.25, 0.5, 0.75, 1.0, 1.0, 1.0, 1.0, 1.0);
        assertThat(WarmupSettings.factor(0, 0, 8)).isEqualTo(1);
        assertThat(WarmupSettings.factor(1, 7, 8)).isEqualTo(1);
    }

    private static DatasetManifest measured(DatasetManifest data, double mean, double deviation) {
        return data.toBuilder()
                .channelMeans(List.of(mean))
                .channelDeviations(List.of(deviation))
                .build();
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
                + " 'initialWeights': {'key': 'weights/w', 'sha256': 'ab', 'sizeBytes': 3},"
                + " 'selection': {'checkpoint': 'best', 'patience': 2, 'validationImages': 10},"
                + " 'optimizer': {'clipNorm': 1, 'averaging': 0.99, 'warmupEpochs': 1, 'schedule': 'step'}}");
        ExperimentSpec resolved = spec.resolvedFor(BREAST);

        assertThat(resolved.batchNorm()).isEqualTo("dual");
        assertThat(resolved.classWeights()).isEqualTo("balanced");
        assertThat(resolved.initialWeights()).isEqualTo(new ObjectRef("weights/w", "ab", 3));
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
            {'dataset': 'b', 'method': 'sgd'} | method | sgd | one of METHODS
            {'dataset': 'b', 'network': 'vgg'} | network | vgg | one of NETWORKS
            {'dataset': 'b', 'epochs': 0} | epochs | 0 | in [1, 10000]
            {'dataset': 'b', 'lambda': -1} | lambda | -1.0 | in [0, 1000]
            {'dataset': 'b', 'beta': 1001} | beta | 1001.0 | in [0, 1000]
            {'dataset': 'b', 'lambda': 'NaN'} | lambda | NaN | in [0, 1000]
            {'dataset': 'b', 'lookahead': 65} | lookahead | 65 | in [0, 64]
            {'dataset': 'b', 'batchSize': 8, 'shards': 9} | shards | 9 | in [1, 8]
            {'dataset': 'b', 'shards': 65} | shards | 65 | in [1, 64]
            {'dataset': 'b', 'normalization': {'name': 'zscore'}} | normalization.name | zscore | one of [training-split, imagenet, symmetric]
            {'dataset': 'b', 'normalization': {'mean': [0.5], 'deviation': [0]}} | normalization.deviation | 0.0 | in [0.00392156862745098, 1]
            {'dataset': 'b', 'warmup': {'radius': 1.5}} | warmup.radius | 1.5 | in [0, 1]
            {'dataset': 'b', 'warmup': {'consistency': 'NaN'}} | warmup.consistency | NaN | in [0, 1]
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
            {'dataset': 'b', 'attack': {'name': 'fgsm'}} | attack.name | fgsm | one of TRAINING_ATTACKS
            {'dataset': 'b', 'attack': {'epsilon': 'NaN'}} | attack.epsilon | NaN | in [0, 1000]
            {'dataset': 'b', 'attack': {'epsilon': 'Infinity'}} | attack.epsilon | Infinity | in [0, 1000]
            {'dataset': 'b', 'attack': {'name': 'pgd-linf', 'epsilon': 8}} | attack.epsilon of norm linf | 8.0 | in [0, 1] (pixels are in [0,1]; 8 grey levels of 255 are 8/255 = 0.0314)
            {'dataset': 'b', 'evaluation': {'wantedSensitivity': 0}} | evaluation.wantedSensitivity | 0.0 | greater than 0 and at most 1
            {'dataset': 'b', 'evaluation': {'epsilons': [0]}} | evaluation.epsilons | 0.0 | greater than 0 and at most 1000
            {'dataset': 'b', 'evaluation': {'epsilons': [0.5, 'NaN']}} | evaluation.epsilons | NaN | greater than 0.5 and at most 1000
            {'dataset': 'b', 'evaluation': {'epsilons': [0.5, null]}} | evaluation.epsilons (each) | null | present
            {'dataset': 'b', 'evaluation': {'linfEpsilons': [2]}} | evaluation.linfEpsilons | 2.0 | greater than 0 and at most 1
            {'dataset': 'b', 'evaluation': {'epsilons': []}} | evaluation.epsilons (how many) | 0 | in [1, 32]
            """, quoteCharacter = '`')
    void aValueThatIsNotAllowedIsNamedWithWhatIs(String json, String field, String value, String rule) {
        String allowed = rule.replace("one of TRAINING_ATTACKS", "one of " + KnownNames.TRAINING_ATTACKS)
                .replace("one of METHODS", "one of " + KnownNames.METHODS)
                .replace("one of NETWORKS", "one of " + KnownNames.NETWORKS);
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
    void trainingInLinfIsJudgedAtLinfRadiiToo() {
        ExperimentSpec linf =
                read("{'dataset': 'breast-28', 'attack': {'name': 'pgd-linf'}}").resolvedFor(BREAST);

        assertThat(linf.evaluation().linfEpsilons())
                .containsExactly(1 / 255.0, 2 / 255.0, 4 / 255.0, 8 / 255.0, 16 / 255.0);
        assertThat(linf.evaluation().epsilons()).hasSize(6);
        assertThat(linf.resolvedFor(BREAST)).isEqualTo(linf);
        assertThat(read("{'dataset': 'breast-28'}")
                        .resolvedFor(BREAST)
                        .evaluation()
                        .linfEpsilons())
                .isNull();
    }

    /** The farthest two images of 1 x 28 x 28 are sqrt(784) = 28 apart. */
    @Test
    void anL2RadiusBeyondTheFarthestImageIsRefused() {
        ExperimentSpec trained = read("{'dataset': 'breast-28', 'attack': {'epsilon': 28.5}}");
        ExperimentSpec judged = read("{'dataset': 'breast-28', 'evaluation': {'epsilons': [1, 29]}}");

        assertThatThrownBy(() -> trained.resolvedFor(BREAST)).hasMessage("attack.epsilon must be in [0, 28], was 28.5");
        assertThatThrownBy(() -> judged.resolvedFor(BREAST))
                .hasMessage("evaluation.epsilons must be greater than 0 and at most 28, was 29.0");
    }

    @Test
    void radiiMustRise() {
        assertThatThrownBy(() ->
                        EvaluationSettings.builder().epsilons(List.of(0.5, 0.5)).build())
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("evaluation.epsilons must be ")
                .hasMessageEndingWith(", was 0.5");
    }

    private static ExperimentSpec read(String json) {
        return EventCodec.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), ExperimentSpec.class);
    }
}
