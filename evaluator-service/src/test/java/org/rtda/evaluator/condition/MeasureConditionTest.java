package org.rtda.evaluator.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Figure;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.RobustnessMetric.Subgroup;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ImageRecord;
import org.rtda.contracts.dataset.Preparation;
import org.rtda.contracts.dataset.PreparedImages;
import org.rtda.contracts.settings.AttackSet;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.core.ImageBatch;
import org.rtda.core.corruption.CorruptionTable;
import org.rtda.evaluator.attack.AdversarialImages;
import org.rtda.evaluator.attack.AttackedBatches;
import org.rtda.evaluator.context.Classifier;
import org.rtda.evaluator.context.ConditionFailedException;
import org.rtda.evaluator.context.EvaluationLane;
import org.rtda.evaluator.context.EvaluatorFixtures;
import org.rtda.evaluator.context.ModelCache;
import org.rtda.evaluator.suite.ModalityTable;
import org.rtda.service.WorkProgress;
import org.rtda.store.ArtifactMissingException;
import org.rtda.store.DatasetReader;
import org.rtda.store.InMemoryArtifactStore;

class MeasureConditionTest {
    /** 64 pixels of 0.125: L2 norm 1. */
    private static final Condition ATTACK = Condition.attack(
            AttackSettings.builder().name("pgd-l2").epsilon(2.5).steps(10).build(), "test");

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final DatasetReader datasets = new DatasetReader(store, 1 << 20);
    private final List<Integer> batches = new ArrayList<>();
    private final FakeAttacker attacker = new FakeAttacker();
    private final DatasetRef dataset = EvaluatorFixtures.dataset(
            store, new LinkedHashMap<>(Map.of("val", 10, "test", 150, "shift-dark", 1, "empty", 0)));

    /** Adds a value to every pixel of the images that a request names. */
    private final class FakeAttacker implements AdversarialImages {
        final List<AttackRequest> requests = new ArrayList<>();
        int open;
        int mostOpen;
        float added;
        UnaryOperator<ImageBatch> change = images -> {
            float[] pixels = images.pixels().clone();
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] += added;
            }
            return new ImageBatch(images.count(), images.channels(), images.height(), images.width(), pixels);
        };

        @Override
        public Asked ask(EvaluationLane lane, AttackRequest request, long[] shape) {
            requests.add(request);
            open++;
            mostOpen = Math.max(mostOpen, open);
            return new Asked() {
                @Override
                public Answer await() {
                    return new Answer(
                            change.apply(ImageBatch.of(datasets.read(
                                            request.images().dataset(),
                                            request.images().split(),
                                            request.images().indices())
                                    .images())),
                            null);
                }

                @Override
                public void close() {
                    open--;
                }
            };
        }
    }

    private List<Figure> measure(Classifier model, Condition condition, int images) throws Exception {
        return judge(model, condition, images, true).figures();
    }

    private ConditionOutcome judge(Classifier model, Condition condition, int images, boolean last) throws Exception {
        CheckpointSaved checkpoint = EvaluatorFixtures.checkpoint(
                "exp", 5, last, EvaluatorFixtures.spec(), dataset, EvaluatorFixtures.model(store));
        return measurement(model).measure(EvaluatorFixtures.task(checkpoint, condition, images));
    }

    private List<Figure> measure(Condition condition, int images) throws Exception {
        EvaluatorFixtures.MeanModel model = new EvaluatorFixtures.MeanModel();
        List<Figure> figures = measure(model, condition, images);
        batches.addAll(model.batches);
        return figures;
    }

    private static Figure accuracy(List<Figure> figures) {
        return figures.stream()
                .filter(f -> f.metric().equals("accuracy"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void cleanImagesAreJudgedInBatches() throws Exception {
        Figure accuracy = accuracy(measure(Condition.clean("test"), 0));

        assertThat(accuracy.value()).isEqualTo(1.0);
        assertThat(accuracy.n()).isEqualTo(150);
        // then the validation images, for the threshold
        assertThat(batches).containsExactly(64, 64, 22, 10);
    }

    @Test
    void aSubsetOfASortedSplitHasEveryClassAndAConstantModelIsSeen() throws Exception {
        DatasetRef sorted = EvaluatorFixtures.sortedDataset(store, 80, 80);
        CheckpointSaved checkpoint = EvaluatorFixtures.checkpoint(
                "exp", 5, true, EvaluatorFixtures.spec(), sorted, EvaluatorFixtures.model(store));
        Classifier alwaysDark = new EvaluatorFixtures.ConstantModel(1, 0);

        ConditionOutcome judgement =
                measurement(alwaysDark).measure(EvaluatorFixtures.task(checkpoint, Condition.clean("test"), 80));

        assertThat(accuracy(judgement.figures()).value()).isEqualTo(0.5);
        assertThat(accuracy(judgement.figures()).n()).isEqualTo(80);
        assertThat(judgement.subset().inWords()).isEqualTo("80 of 160, drawn by class");
        Predictions kept = EventCodec.read(store.get(judgement.predictions()), Predictions.class);
        assertThat(kept.indices()).hasSize(80).isSorted().doesNotHaveDuplicates();
        assertThat(kept.labels())
                .isEqualTo(
                        kept.indices().stream().map(image -> image < 80 ? 0 : 1).toList());
    }

    @Test
    void theWorstCaseOverASubsetIsAboutTheDrawnImages() throws Exception {
        DatasetRef sorted = EvaluatorFixtures.sortedDataset(store, 80, 80);
        CheckpointSaved checkpoint = EvaluatorFixtures.checkpoint(
                "exp", 5, true, EvaluatorFixtures.spec(), sorted, EvaluatorFixtures.model(store));
        Condition worst = Condition.worstCase(
                new AttackSet("aa-binary", List.of(AttackSettings.of("apgd-ce", "l2", 2.5))), "test");

        ConditionOutcome judgement =
                measurement(new EvaluatorFixtures.MeanModel()).measure(EvaluatorFixtures.task(checkpoint, worst, 20));

        // nothing is moved, so all that were drawn stand
        assertThat(accuracy(judgement.figures()).value()).isEqualTo(1.0);
        assertThat(accuracy(judgement.figures()).n()).isEqualTo(20);
        assertThat(attacker.requests.get(0).images().indices())
                .hasSize(20)
                .isEqualTo(EventCodec.read(store.get(judgement.predictions()), Predictions.class).indices().stream()
                        .mapToInt(Integer::intValue)
                        .toArray());
    }

    @Test
    void figuresOfAWholeSplitNameNoSubset() throws Exception {
        assertThat(judge(new EvaluatorFixtures.MeanModel(), Condition.clean("test"), 150, true)
                        .subset())
                .isNull();
    }

    /** Bright images give the logits 0 and 192/255 - 1/2 = .25294, so .56290; all five of the ten diseased ones do. */
    @Test
    void aThresholdIsSetOnceOnCleanValidationImagesAndHoldsForEveryCondition() throws Exception {
        attacker.change = images -> {
            float[] pixels = images.pixels().clone();
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] -= pixels[i] > 0.5f ? 0.1f : 0;
            }
            return new ImageBatch(images.count(), images.channels(), images.height(), images.width(), pixels);
        };
        EvaluatorFixtures.MeanModel model = new EvaluatorFixtures.MeanModel();
        MeasureCondition measurement = measurement(model);
        CheckpointSaved checkpoint = EvaluatorFixtures.checkpoint(
                "exp", 5, true, EvaluatorFixtures.spec(), dataset, EvaluatorFixtures.model(store));

        Figure clean = named(measurement, checkpoint, Condition.clean("test"), "sensitivity@calibrated");
        Figure attacked = named(measurement, checkpoint, ATTACK, "sensitivity@calibrated");

        assertThat(clean.value()).isEqualTo(1.0);
        assertThat(clean.note())
                .endsWith("probability of disease >= 0.56, set on 10 clean validation images for sensitivity 0.9");
        assertThat(attacked.value()).isEqualTo(0.0);
        assertThat(attacked.note()).isEqualTo(clean.note());
        assertThat(named(measurement, checkpoint, ATTACK, "sensitivity").value())
                .isEqualTo(1.0);
        assertThat(model.batches).filteredOn(count -> count == 10).hasSize(1);
    }

    @Test
    void validationImagesAreNotJudgedAtTheThresholdThatWasSetOnThem() throws Exception {
        assertThat(measure(Condition.clean("val"), 0))
                .extracting(Figure::metric)
                .contains("sensitivity")
                .doesNotContain("sensitivity@calibrated");
    }

    @Test
    void withoutValidationImagesTheFiguresAtAThresholdSayWhyTheyAreMissing() throws Exception {
        CheckpointSaved checkpoint = EvaluatorFixtures.checkpoint(
                "exp",
                5,
                true,
                EvaluatorFixtures.spec(),
                EvaluatorFixtures.dataset(store, Map.of("test", 4)),
                EvaluatorFixtures.model(store));

        Figure figure = named(
                measurement(new EvaluatorFixtures.MeanModel()),
                checkpoint,
                Condition.clean("test"),
                "sensitivity@calibrated");

        assertThat(figure.value()).isNull();
        assertThat(figure.note()).isEqualTo("no threshold: the data set has no validation images");
    }

    private static Figure named(
            MeasureCondition measurement, CheckpointSaved checkpoint, Condition condition, String metric)
            throws Exception {
        return measurement.measure(EvaluatorFixtures.task(checkpoint, condition, 0)).figures().stream()
                .filter(f -> f.metric().equals(metric))
                .findFirst()
                .orElseThrow();
    }

    private MeasureCondition measurement(Classifier model) {
        return new MeasureCondition(
                datasets,
                new ModelCache(store, bytes -> model, 1),
                store,
                attacker,
                "judge-1",
                new WorkProgress(System::nanoTime),
                Clock.fixed(EvaluatorFixtures.NOW, ZoneOffset.UTC));
    }

    @Test
    void onlyTheFirstImagesAreJudgedWhenFewerAreWantedAndAllWhenMore() throws Exception {
        assertThat(accuracy(measure(Condition.clean("test"), 20)).n()).isEqualTo(20);
        assertThat(accuracy(measure(Condition.clean("val"), 64)).n()).isEqualTo(10);
    }

    @Test
    void aShiftIsItsOwnSplitAndWhatIsNotDefinedThereIsNull() throws Exception {
        List<Figure> figures = measure(Condition.shift("shift-dark"), 0);

        assertThat(accuracy(figures).n()).isEqualTo(1);
        assertThat(figures)
                .filteredOn(f -> f.metric().equals("auroc"))
                .singleElement()
                .satisfies(f -> assertThat(f.value()).isNull());
    }

    @Test
    void aCorruptionGivesTheSameFiguresEachTime() throws Exception {
        Condition noise = Condition.corruption("gaussian-noise", 5, "test");
        float[][] seen = new float[2][];
        for (int i = 0; i < 2; i++) {
            int run = i;
            measure(
                    new EvaluatorFixtures.ConstantModel(images -> {
                        if (images.count() == 22) {
                            seen[run] = images.pixels();
                        }
                    }),
                    noise,
                    0);
        }

        assertThat(seen[0]).containsExactly(seen[1]);
        assertThat(seen[0][0]).isNotEqualTo(64 / 255f);
    }

    /** Dark images are attacked to 0.55, so bright: half of 150 are right. exp(0.05) / (1 + exp(0.05)) = 0.512497. */
    @Test
    void predictionsOfAFinalCheckpointAreKeptAndSayWhatTheFiguresSay() throws Exception {
        attacker.change = images -> {
            float[] pixels = images.pixels().clone();
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = pixels[i] < 0.5f ? 0.55f : pixels[i];
            }
            return new ImageBatch(images.count(), images.channels(), images.height(), images.width(), pixels);
        };

        ConditionOutcome judgement = judge(new EvaluatorFixtures.MeanModel(), ATTACK, 0, true);

        assertThat(judgement.predictions().key())
                .isEqualTo("experiments/exp/evaluations/epoch-00005/pgd-l2-10@2.5.json");
        Predictions kept = EventCodec.read(store.get(judgement.predictions()), Predictions.class);
        assertThat(kept.condition()).isEqualTo(ATTACK);
        assertThat(kept.classes()).containsExactly("dark", "bright");
        assertThat(kept.labels()).hasSize(150).startsWith(0, 1, 0, 1);
        assertThat(kept.predicted()).hasSize(150).containsOnly(1);
        assertThat(kept.probabilities().get(0)).containsExactly(0.487503, 0.512497);
        long right = java.util.stream.IntStream.range(0, 150)
                .filter(i -> kept.predicted().get(i).equals(kept.labels().get(i)))
                .count();
        assertThat(right / 150.0).isEqualTo(accuracy(judgement.figures()).value());
        assertThat(judge(new EvaluatorFixtures.MeanModel(), ATTACK, 0, true)).isEqualTo(judgement);
    }

    @Test
    void aTieIsPredictedAsTheFirstClassHereToo() throws Exception {
        ConditionOutcome judgement =
                judge(new EvaluatorFixtures.ConstantModel(0.5f, 0.5f), Condition.clean("val"), 0, true);

        Predictions kept = EventCodec.read(store.get(judgement.predictions()), Predictions.class);
        assertThat(kept.predicted()).containsOnly(0);
        assertThat(kept.probabilities().get(9)).containsExactly(0.5, 0.5);
    }

    @Test
    void quickEvaluationsKeepNoPredictions() throws Exception {
        assertThat(judge(new EvaluatorFixtures.MeanModel(), Condition.clean("val"), 0, false)
                        .predictions())
                .isNull();
        assertThat(store.list("experiments/exp/evaluations/")).isEmpty();
    }

    @Test
    void attacksAreAskedForInBatchesAndJudgedByTheModel() throws Exception {
        // dark 0.25 + 0.3 > 0.5: every dark image is taken for bright; the norm is 0.3 * 8 = 2.4
        attacker.change = images -> {
            float[] pixels = images.pixels().clone();
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] += pixels[i] < 0.5f ? 0.3f : 0;
            }
            return new ImageBatch(images.count(), images.channels(), images.height(), images.width(), pixels);
        };

        List<Figure> figures = measure(ATTACK, 0);

        assertThat(accuracy(figures).value()).isEqualTo(0.5);
        assertThat(attacker.requests).hasSize(3);
        assertThat(attacker.requests)
                .extracting(AttackRequest::id)
                .containsExactly(
                        "exp/evaluations/epoch-00005/1/0/epoch-00005-pgd-l2-10@2.5/0",
                        "exp/evaluations/epoch-00005/1/1/epoch-00005-pgd-l2-10@2.5/0",
                        "exp/evaluations/epoch-00005/1/2/epoch-00005-pgd-l2-10@2.5/0");
        AttackRequest last = attacker.requests.get(2);
        assertThat(last.replyTo()).isEqualTo("judge-1");
        assertThat(last.images().indices()).hasSize(22).startsWith(128).endsWith(149);
        assertThat(last.attack()).isEqualTo(ATTACK.attack());
        assertThat(last.weights()).isEqualTo(EvaluatorFixtures.weights("exp"));
        assertThat(attacker.open).isZero();
    }

    @Test
    void onlySoManyRequestsOfATaskAreUnderWay() throws Exception {
        DatasetRef large = EvaluatorFixtures.dataset(store, Map.of("test", 64 * 12));
        CheckpointSaved checkpoint = EvaluatorFixtures.checkpoint(
                "exp", 5, true, EvaluatorFixtures.spec(), large, EvaluatorFixtures.model(store));
        new MeasureCondition(
                        datasets,
                        new ModelCache(store, EvaluatorFixtures.MeanModel::load, 1),
                        store,
                        attacker,
                        "judge-1",
                        new WorkProgress(System::nanoTime),
                        Clock.systemUTC())
                .measure(EvaluatorFixtures.task(checkpoint, ATTACK, 0));

        assertThat(attacker.requests).hasSize(12);
        assertThat(attacker.mostOpen).isEqualTo(AttackedBatches.REQUESTS_AHEAD);
    }

    @Test
    void anAttackerThatLeavesTheBallIsNotBelieved() {
        // 0.32 * 8 = 2.56 > 2.5
        attacker.added = -0.32f;
        attacker.change = images -> {
            float[] pixels = images.pixels().clone();
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] += pixels[i] < 0.5f ? 0.32f : -0.32f;
            }
            return new ImageBatch(images.count(), images.channels(), images.height(), images.width(), pixels);
        };

        assertThatThrownBy(() -> measure(ATTACK, 0))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessageContaining("L2 norm 2.56")
                .hasMessageContaining("exp/evaluations/epoch-00005/1/0/epoch-00005-pgd-l2-10@2.5/0");
        assertThat(attacker.open).isZero();
    }

    @Test
    void logitsThatAreNotFiniteFailTheCondition() {
        assertThatThrownBy(() -> measure(new EvaluatorFixtures.ConstantModel(Float.NaN, 0), Condition.clean("test"), 0))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessage("the model gave the logit NaN for image 0 of split test");
    }

    @Test
    void aModelForAnotherNumberOfClassesFailsTheCondition() {
        assertThatThrownBy(() -> measure(new EvaluatorFixtures.ConstantModel(0, 1, 2), Condition.clean("test"), 0))
                .hasMessage("the model gave 64 x 3 logits for 64 images of 2 classes");
    }

    @Test
    void anUnknownOrEmptySplitIsNamed() {
        assertThatThrownBy(() -> measure(Condition.clean("tset"), 0))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("tset");
        assertThatThrownBy(() -> measure(Condition.clean("empty"), 0)).hasMessage("split empty has no images");
    }

    @Test
    void aMissingModelIsAStoreFailureWithItsKey() {
        CheckpointSaved checkpoint = EvaluatorFixtures.checkpoint(
                "exp",
                5,
                true,
                EvaluatorFixtures.spec(),
                dataset,
                EvaluatorFixtures.ref("experiments/exp/checkpoints/gone.onnx"));
        MeasureCondition measurement = new MeasureCondition(
                datasets,
                new ModelCache(store, EvaluatorFixtures.MeanModel::load, 1),
                store,
                attacker,
                "judge-1",
                new WorkProgress(System::nanoTime),
                Clock.systemUTC());

        assertThatThrownBy(() -> measurement.measure(EvaluatorFixtures.task(checkpoint, Condition.clean("test"), 0)))
                .isInstanceOf(ArtifactMissingException.class)
                .hasMessageContaining("gone.onnx");
    }

    /**
     * Images 0 and 1 of {@code test} are of the north, 2 to 5 of the south; they are dark and bright turn by turn. Those of {@code
     * shift-far} are of the east and the west likewise.
     */
    private DatasetRef withSites() {
        DatasetRef plain =
                EvaluatorFixtures.dataset(store, new LinkedHashMap<>(Map.of("val", 10, "test", 6, "shift-far", 6)));
        PreparedImages prepared = new PreparedImages(
                1,
                new Preparation("rtda 0.1.0", "table", null, null, new Preparation.Findings(0, 0, 0, 0, 0, 0)),
                Map.of("test", sites("north", "south"), "shift-far", sites("east", "west")));
        DatasetManifest manifest = datasets.manifest(plain)
                .withImages(prepared, store.put("datasets/dark-bright/images/1.json", EventCodec.write(prepared)));
        return new DatasetRef(
                EvaluatorFixtures.DATASET, store.put("datasets/dark-bright/2.json", EventCodec.write(manifest)));
    }

    /** Of six images, two of the first. */
    private static List<ImageRecord> sites(String first, String second) {
        List<ImageRecord> records = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            records.add(new ImageRecord(
                    null, null, null, new ImageRecord.Subgroups(i < 2 ? first : second, null, null, null, null, null)));
        }
        return records;
    }

    @Test
    void aFinalEvaluationTellsEachSubgroupOfTheDataSet() throws Exception {
        CheckpointSaved checkpoint = EvaluatorFixtures.checkpoint(
                "exp", 5, true, EvaluatorFixtures.spec(), withSites(), EvaluatorFixtures.model(store));

        ConditionOutcome outcome = measurement(new EvaluatorFixtures.ConstantModel(1, 0))
                .measure(EvaluatorFixtures.task(checkpoint, Condition.clean("test"), 0));

        // every image is called dark: right for 1 of 2 and for 2 of 4
        assertThat(outcome.subgroups())
                .extracting(
                        Subgroup::attribute,
                        Subgroup::value,
                        Subgroup::classCounts,
                        subgroup -> subgroup.values().get(0).value(),
                        subgroup -> subgroup.values().get(0).n())
                .containsExactly(
                        tuple("site", "north", List.of(1, 1), 0.5, 2), tuple("site", "south", List.of(2, 2), 0.5, 4));
    }

    /** Six images are one batch: what is asked after it is whether to keep anything. */
    @Test
    void nothingIsKeptOfATaskThatNobodyWantsAnyMoreOnceItIsMeasured() {
        CheckpointSaved checkpoint = EvaluatorFixtures.checkpoint(
                "exp", 5, true, EvaluatorFixtures.spec(), withSites(), EvaluatorFixtures.model(store));
        AtomicInteger asked = new AtomicInteger();
        MeasureCondition measurement = new MeasureCondition(
                datasets,
                new ModelCache(store, bytes -> new EvaluatorFixtures.ConstantModel(1, 0), 1),
                store,
                attacker,
                "judge-1",
                new WorkProgress(System::nanoTime),
                Clock.fixed(EvaluatorFixtures.NOW, ZoneOffset.UTC),
                task -> {
                    if (asked.incrementAndGet() == 2) {
                        throw new IllegalStateException("unwanted");
                    }
                });
        List<String> before = store.list("");

        assertThatThrownBy(() -> measurement.measure(EvaluatorFixtures.task(checkpoint, Condition.clean("test"), 0)))
                .hasMessage("unwanted");
        assertThat(store.list("")).isEqualTo(before);
    }

    @Test
    void anExternalTestSetIsToldByItsOwnSubgroups() throws Exception {
        CheckpointSaved checkpoint = EvaluatorFixtures.checkpoint(
                "exp", 5, true, EvaluatorFixtures.spec(), withSites(), EvaluatorFixtures.model(store));

        ConditionOutcome outcome = measurement(new EvaluatorFixtures.ConstantModel(1, 0))
                .measure(EvaluatorFixtures.task(checkpoint, Condition.shift("shift-far"), 0));

        assertThat(outcome.subgroups())
                .extracting(Subgroup::value, Subgroup::classCounts, subgroup -> subgroup.values()
                        .get(0)
                        .value())
                .containsExactly(tuple("east", List.of(1, 1), 0.5), tuple("west", List.of(2, 2), 0.5));
    }

    @Test
    void anEvaluationWhileTrainingAndADataSetWithoutSubgroupsTellNone() throws Exception {
        ConditionOutcome withoutSubgroups = judge(new EvaluatorFixtures.MeanModel(), Condition.clean("test"), 0, true);
        CheckpointSaved whileTraining = EvaluatorFixtures.checkpoint(
                "exp", 5, false, EvaluatorFixtures.spec(), withSites(), EvaluatorFixtures.model(store));
        ConditionOutcome quick = measurement(new EvaluatorFixtures.MeanModel())
                .measure(EvaluatorFixtures.task(whileTraining, Condition.clean("test"), 0));

        assertThat(withoutSubgroups.subgroups()).isNull();
        assertThat(quick.subgroups()).isNull();
    }

    @Test
    void theCorruptionTableFollowsWhatTheDataSetSaysOfItself() {
        assertThat(table("phantom-ultrasound", "made by hand")).isEqualTo(CorruptionTable.ULTRASOUND);
        assertThat(table("breastmnist-64", "MedMNIST v3")).isEqualTo(CorruptionTable.ULTRASOUND);
        assertThat(table("ours", "breast Ultrasound, Cairo")).isEqualTo(CorruptionTable.ULTRASOUND);
        assertThat(table("pneumoniamnist", "MedMNIST v3")).isEqualTo(CorruptionTable.CHEST_XRAY);
        assertThat(table("phantom-mammogram", null)).isEqualTo(CorruptionTable.CHEST_XRAY);
    }

    @Test
    void aModalityThatIsNamedDecidesWhateverElseIsSaid() {
        assertThat(table("chest-set", "X-rays", "ultrasound")).isEqualTo(CorruptionTable.ULTRASOUND);
        assertThat(table("breastmnist", "breast ultrasound", "mammogram")).isEqualTo(CorruptionTable.CHEST_XRAY);
        assertThat(table("ultrasound-like", "phantoms", "other")).isEqualTo(CorruptionTable.CHEST_XRAY);
    }

    private static CorruptionTable table(String name, String provenance) {
        return table(name, provenance, null);
    }

    private static CorruptionTable table(String name, String provenance, String modality) {
        DatasetManifest manifest = DatasetManifest.builder()
                .name(name)
                .channels(1)
                .height(8)
                .width(8)
                .classes(List.of("a", "b"))
                .splits(Map.of())
                .sourceSha256(Map.of())
                .provenance(provenance)
                .importedAt(EvaluatorFixtures.NOW)
                .modality(modality)
                .build();
        CheckpointSaved checkpoint = EvaluatorFixtures.checkpoint(
                "exp",
                1,
                true,
                EvaluatorFixtures.spec(),
                new DatasetRef(name, EvaluatorFixtures.ref("datasets/" + name + "/manifest.json")),
                EvaluatorFixtures.model("exp"));
        return ModalityTable.of(checkpoint, manifest);
    }
}
