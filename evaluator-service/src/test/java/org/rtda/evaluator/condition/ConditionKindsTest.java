package org.rtda.evaluator.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Figure;
import org.rtda.contracts.Gallery;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.AttackSet;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.settings.SourceModel;
import org.rtda.core.ImageBatch;
import org.rtda.evaluator.attack.AttackedBatches;
import org.rtda.evaluator.attack.ScriptedAttacker;
import org.rtda.evaluator.context.Classifier;
import org.rtda.evaluator.context.ConditionFailedException;
import org.rtda.evaluator.context.EvaluationContext;
import org.rtda.evaluator.context.EvaluationIds;
import org.rtda.evaluator.context.EvaluatorFixtures;
import org.rtda.evaluator.context.ModelCache;
import org.rtda.service.WorkProgress;
import org.rtda.store.DatasetReader;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.Payloads;

/** 8 x 8 images, turn by turn dark (0.251, the healthy label 0) and bright (0.753); the model asks whether the mean is above 0.5. */
class ConditionKindsTest {
    private static final int IMAGES = 10;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final DatasetReader datasets = new DatasetReader(store, 1 << 20);
    private final ScriptedAttacker attacker = new ScriptedAttacker(datasets, new Payloads(store, 0));
    private DatasetRef dataset;

    @BeforeEach
    void importData() {
        dataset = EvaluatorFixtures.dataset(store, new LinkedHashMap<>(Map.of("test", IMAGES, "one", 1, "many", 150)));
    }

    private ConditionOutcome judge(Classifier model, Condition condition, String name) throws Exception {
        CheckpointSaved checkpoint = EvaluatorFixtures.checkpoint(
                "exp", 5, true, EvaluatorFixtures.spec(), dataset, EvaluatorFixtures.model(store));
        EvaluationTask task = EvaluatorFixtures.task(checkpoint, condition, 0);
        if (name != null) {
            String evaluation = EvaluationIds.evaluation(checkpoint, name);
            task = new EvaluationTask(
                    EvaluationIds.task(evaluation, condition),
                    EvaluatorFixtures.NOW,
                    1,
                    "exp",
                    evaluation,
                    checkpoint,
                    condition,
                    0);
        }
        return new MeasureCondition(
                        datasets,
                        new ModelCache(store, bytes -> model, 1),
                        store,
                        attacker,
                        "judge-1",
                        new WorkProgress(System::nanoTime),
                        Clock.fixed(EvaluatorFixtures.NOW, ZoneOffset.UTC))
                .measure(task);
    }

    private ConditionOutcome judge(Condition condition) throws Exception {
        return judge(new EvaluatorFixtures.MeanModel(), condition, null);
    }

    private static Figure figure(ConditionOutcome judgement, String metric) {
        return judgement.figures().stream()
                .filter(f -> f.metric().equals(metric))
                .findFirst()
                .orElseThrow(() -> new AssertionError(metric + " is not among " + judgement.figures()));
    }

    private static AttackSettings pgd(double epsilon) {
        return AttackSettings.builder()
                .name("pgd-l2")
                .epsilon(epsilon)
                .steps(10)
                .build();
    }

    private static AttackSettings of(String name, double epsilon) {
        return AttackSettings.of(name, "l2", epsilon);
    }

    private static Condition goal(String goal) {
        return Condition.attack(pgd(4), goal, "test");
    }

    @Test
    void aForcedMissIsAboutTheDiseasedImagesAndPullsThemToHealthy() throws Exception {
        // the third bright image, index 5, holds
        attacker.holding.add(5);
        ConditionOutcome judgement = judge(goal("miss"));

        AttackRequest request = attacker.requests.get(0);
        assertThat(request.images().indices()).containsExactly(1, 3, 5, 7, 9);
        assertThat(request.targetClass()).isZero();
        assertThat(figure(judgement, "accuracy").value()).isEqualTo(0.2);
        assertThat(figure(judgement, "accuracy").n()).isEqualTo(5);
        assertThat(figure(judgement, "miss-rate").value()).isEqualTo(0.8);
    }

    @Test
    void aForcedFalseAlarmIsAboutTheHealthyOnesAndPullsThemToTheOneDisease() throws Exception {
        ConditionOutcome judgement = judge(goal("false-alarm"));

        AttackRequest request = attacker.requests.get(0);
        assertThat(request.images().indices()).containsExactly(0, 2, 4, 6, 8);
        assertThat(request.targetClass()).isEqualTo(1);
        assertThat(figure(judgement, "false-alarm-rate").value()).isEqualTo(1.0);
        assertThat(figure(judgement, "false-alarm-rate").n()).isEqualTo(5);
    }

    private void relabel(List<String> classes, Integer healthyClass) {
        DatasetManifest two = datasets.manifest(dataset);
        DatasetManifest relabelled = DatasetManifest.builder()
                .name(two.name())
                .channels(1)
                .height(8)
                .width(8)
                .classes(classes)
                .splits(two.splits())
                .sourceSha256(Map.of())
                .importedAt(EvaluatorFixtures.NOW)
                .healthyClass(healthyClass)
                .build();
        dataset = new DatasetRef(
                two.name(), store.put("datasets/dark-bright/relabelled.json", EventCodec.write(relabelled)));
    }

    /** Three classes, of which 1 is healthy: attacked dark images are taken for bright, which is class 1. */
    @Test
    void withSeveralDiseasesAMissIsToBeTakenForHealthyAndAFalseAlarmHasNoTarget() throws Exception {
        relabel(List.of("benign", "normal", "malignant"), 1);
        ConditionOutcome miss = judge(new EvaluatorFixtures.MeanModel(3), goal("miss"), null);
        ConditionOutcome falseAlarm = judge(new EvaluatorFixtures.MeanModel(3), goal("false-alarm"), null);

        assertThat(attacker.requests.get(0).images().indices()).containsExactly(0, 2, 4, 6, 8);
        assertThat(attacker.requests.get(0).targetClass()).isEqualTo(1);
        assertThat(figure(miss, "miss-rate").value()).isEqualTo(1.0);
        assertThat(attacker.requests.get(1).images().indices()).containsExactly(1, 3, 5, 7, 9);
        assertThat(attacker.requests.get(1).targetClass()).isNull();
        assertThat(figure(falseAlarm, "false-alarm-rate").value()).isEqualTo(1.0);
    }

    @Test
    void everyFigureOfAForcedMissSaysWhetherItsHealthyClassWasAssumed() throws Exception {
        relabel(List.of("dark", "bright"), null);
        assertThat(judge(goal("miss")).figures())
                .extracting(Figure::healthyClassAssumed)
                .containsOnly(true);

        relabel(List.of("dark", "bright"), 0);
        assertThat(judge(goal("false-alarm")).figures())
                .extracting(Figure::healthyClassAssumed)
                .containsOnly(false);
    }

    @Test
    void goalsNeedAHealthyClassAndImagesTheyAreAbout() {
        assertThatThrownBy(() -> judge(Condition.attack(pgd(4), "miss", "one")))
                .hasMessage("split one has no diseased images, of which miss-pgd-l2-10@4 is about");

        relabel(List.of("a", "b", "c"), null);
        assertThatThrownBy(() -> judge(new EvaluatorFixtures.MeanModel(3), goal("miss"), null))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessageContaining("dark-bright does not name");
    }

    @Test
    void aLossForMoreClassesThanThereAreIsRefusedWithItsReason() {
        assertThatThrownBy(() -> judge(Condition.attack(of("apgd-dlr", 4), "test")))
                .hasMessage("apgd-dlr needs at least 3 classes, data set dark-bright has 2");
        assertThat(attacker.requests).isEmpty();
    }

    @Test
    void aCorruptedImageIsAttackedWithinTheBallAroundIt() throws Exception {
        Condition condition = Condition.attackedCorruption(pgd(2.5), "brightness-up", 5, "test");
        judge(condition);

        // Brighter by 1.5 a dark pixel is 0.376 and is moved to 0.623: 1.98 in L2 from there, and 2.98, more than the
        // ball
        // holds, from the clean image.
        AttackRequest request = attacker.requests.get(0);
        assertThat(attacker.starts.get(0).pixels()[0])
                .isCloseTo(1.5f * 64 / 255, org.assertj.core.data.Offset.offset(1e-6f));
        assertThat(request.view()).isEqualTo("epoch-00005-pgd-l2-10@2.5+brightness-up@5");
        assertThat(request.images().indices()).hasSize(IMAGES);
    }

    @Test
    void centresThatGoThroughTheStoreAreThereWhileTheyAreAttackedAndGoneAfterwards() throws Exception {
        CheckpointSaved checkpoint = EvaluatorFixtures.checkpoint(
                "exp", 5, true, EvaluatorFixtures.spec(), dataset, EvaluatorFixtures.model(store));
        EvaluationTask task = EvaluatorFixtures.task(
                checkpoint, Condition.attackedCorruption(pgd(2.5), "brightness-up", 5, "many"), 0);
        EvaluationContext judging = new EvaluationContext(
                task,
                datasets,
                new ModelCache(store, EvaluatorFixtures.MeanModel::load, 1),
                new WorkProgress(System::nanoTime),
                any -> {});
        AttackedBatches run = new AttackedBatches(attacker, new Payloads(store, 0), "judge-1", Clock.systemUTC());
        ConditionResult result = new AttackedCorruptionCondition(run).measure(judging);

        // the attacker read each from the store when it was asked
        assertThat(attacker.requests).hasSize(3).allSatisfy(r -> assertThat(
                        r.base().object().key())
                .startsWith("transient/exp/centres/evaluations/epoch-00005/judge-1/"));
        assertThat(result.answers().labels()).hasSize(150);
        assertThat(store.list(ObjectKeys.transients("exp"))).isEmpty();
    }

    /**
     * The mean model has every image right. APGD-CE fools images 0 to 3 alone, the margin attack 2 to 5, of which it is asked
     * only about 4 and 5 and those that nothing fools; FAB none.
     */
    @Test
    void theWorstOfASetCountsByImageAndWhoIsFooledIsNotAskedAboutAgain() throws Exception {
        attacker.fools.put("apgd-ce", List.of(0, 1, 2, 3));
        attacker.fools.put("apgd-margin", List.of(2, 3, 4, 5));
        attacker.fools.put("fab", List.of());
        ConditionOutcome judgement = judge(Condition.worstCase(
                new AttackSet("aa-binary", List.of(of("apgd-ce", 4), of("apgd-margin", 4), of("fab", 4))), "test"));

        assertThat(attacker.requests)
                .extracting(r -> r.attack().name())
                .containsExactly("apgd-ce", "apgd-margin", "fab");
        assertThat(attacker.requests.get(1).images().indices()).containsExactly(4, 5, 6, 7, 8, 9);
        assertThat(attacker.requests.get(2).images().indices()).containsExactly(6, 7, 8, 9);
        assertThat(attacker.requests).extracting(AttackRequest::id).doesNotHaveDuplicates();
        assertThat(figure(judgement, "accuracy").value()).isEqualTo(0.4);
        assertThat(figure(judgement, "attack-success-rate").value()).isEqualTo(0.6);
        assertThat(figure(judgement, "attack-success-rate").note())
                .isEqualTo("of the 10 images that are right unperturbed; first fooled by apgd-ce-l2-100@4 4,"
                        + " apgd-margin-l2-100@4 2, fab-l2-100@4 0; 4 stand");
        Predictions kept = EventCodec.read(store.get(judgement.predictions()), Predictions.class);
        assertThat(kept.predicted()).containsExactly(1, 0, 1, 0, 1, 0, 0, 1, 0, 1);
    }

    /** The constant model has bright images right; dark ones are wrong and never asked about. */
    @Test
    void whatIsWrongUnperturbedIsNotAttackedAndEndsBelowTheAccuracy() throws Exception {
        ConditionOutcome judgement = judge(
                new EvaluatorFixtures.ConstantModel(0, 1),
                Condition.worstCase(new AttackSet("aa-binary", List.of(of("apgd-ce", 4))), "test"),
                null);

        assertThat(attacker.requests.get(0).images().indices()).containsExactly(1, 3, 5, 7, 9);
        assertThat(figure(judgement, "accuracy").value()).isEqualTo(0.5);
        assertThat(figure(judgement, "attack-success-rate").value()).isZero();
    }

    @Test
    void aTransferAttacksTheSourceAndJudgesTheModel() throws Exception {
        ObjectRef weights = EvaluatorFixtures.weights("exp-2");
        ConditionOutcome judgement =
                judge(Condition.transfer(new SourceModel("exp-2", "resnet20", weights), pgd(4), "test"));

        assertThat(attacker.requests.get(0).network()).isEqualTo("resnet20");
        assertThat(attacker.requests.get(0).weights()).isEqualTo(weights);
        assertThat(figure(judgement, "accuracy").value()).isZero();
    }

    @Test
    void imagesWithoutAGradientAreCounted() throws Exception {
        attacker.zeroGradients = 3;
        ConditionOutcome judgement = judge(Condition.probe("gradients", "test"));

        assertThat(judgement.figures()).singleElement().satisfies(f -> {
            assertThat(f.metric()).isEqualTo("gradient-present");
            assertThat(f.value()).isEqualTo(0.7);
            assertThat(f.n()).isEqualTo(IMAGES);
        });
        assertThat(attacker.requests.get(0).attack()).isEqualTo(of("fgsm", 0.5));
        assertThat(judgement.predictions()).isNull();

        attacker.zeroGradients = null;
        assertThatThrownBy(() -> judge(Condition.probe("gradients", "test")))
                .hasMessage("attack-service did not say how many gradients of probe-gradients were zero");
    }

    @Test
    void aModelThatSaysSomethingElseTheFifthTimeDoesNotAgreeWithItself() throws Exception {
        int[] pass = new int[1];
        Classifier wavering = new EvaluatorFixtures.MeanModel() {
            @Override
            public float[][] logits(ImageBatch images) {
                float[][] logits = super.logits(images);
                logits[2][0] += ++pass[0] == 5 ? Math.ulp(1f) : 0;
                return logits;
            }
        };

        assertThat(figure(judge(wavering, Condition.probe("forward-passes", "test"), null), "forward-passes-agree")
                        .value())
                .isEqualTo(0.9);
        assertThat(figure(judge(Condition.probe("forward-passes", "test")), "forward-passes-agree")
                        .value())
                .isEqualTo(1.0);
    }

    @Test
    void anAttackThatIsAskedForTwiceIsComparedImageByImage() throws Exception {
        ConditionOutcome agreeing = judge(Condition.probe("attack-replay", "many"));

        assertThat(attacker.requests).hasSize(6);
        assertThat(attacker.requests.subList(0, 2))
                .extracting(AttackRequest::id)
                .containsExactly(
                        "exp/evaluations/epoch-00005/1/0/epoch-00005-probe-attack-replay/0",
                        "exp/evaluations/epoch-00005/1/0/epoch-00005-probe-attack-replay/1");
        assertThat(figure(agreeing, "attack-replays-agree").value()).isEqualTo(1.0);
        assertThat(figure(agreeing, "attack-replays-agree").n()).isEqualTo(150);

        // an attacker that leaves a pixel of the first image elsewhere the second time: one of each of three batches
        attacker.firstImageOfShard1 = 0.25f;
        assertThat(figure(judge(Condition.probe("attack-replay", "many")), "attack-replays-agree")
                        .value())
                .isEqualTo(147 / 150.0);
    }

    @Test
    void answersBetween0And1ThatAddUpTo1LookLikeProbabilities() throws Exception {
        Condition probe = Condition.probe("logits", "test");

        assertThat(figure(
                                judge(new EvaluatorFixtures.ConstantModel(0.25f, 0.75f), probe, null),
                                "logits-unlike-probabilities")
                        .value())
                .isZero();
        assertThat(figure(
                                judge(new EvaluatorFixtures.ConstantModel(-0.25f, 1.25f), probe, null),
                                "logits-unlike-probabilities")
                        .value())
                .isEqualTo(1.0);
        assertThat(figure(
                                judge(new EvaluatorFixtures.ConstantModel(0.25f, 0.76f), probe, null),
                                "logits-unlike-probabilities")
                        .value())
                .isEqualTo(1.0);
    }

    @Test
    void theShareOfTheClassThatIsGivenMostStandsBesideTheCleanFigures() throws Exception {
        Figure most = figure(judge(Condition.clean("test")), "most-predicted-rate");

        assertThat(most.value()).isEqualTo(0.5);
        assertThat(most.note()).isEqualTo("class dark");
    }

    @Test
    void theFirstFourOfEachClassThatWereTurnedAreKeptWithWhatTheyWere() throws Exception {
        // odd images are bright; image 1 holds
        attacker.holding.add(1);
        ConditionOutcome judgement = judge(Condition.attack(pgd(4), "test"));

        assertThat(judgement.gallery().key()).isEqualTo("experiments/exp/galleries/epoch-00005/pgd-l2-10@4.json");
        Gallery gallery = EventCodec.read(store.get(judgement.gallery()), Gallery.class);
        assertThat(gallery.pictures()).extracting(Gallery.Picture::index).containsExactly(0, 2, 3, 4, 5, 6, 7, 9);
        Gallery.Picture first = gallery.pictures().get(0);
        assertThat(first.label()).isZero();
        assertThat(first.predictedClean()).isZero();
        assertThat(first.predictedPerturbed()).isEqualTo(1);
        assertThat(new Payloads(store, 0).read(first.clean()).pixels()).containsOnly(64 / 255f);
        assertThat(new Payloads(store, 0).read(first.perturbed()).pixels()[0]).isGreaterThan(0.5f);
    }

    @Test
    void imagesThatWereWrongBeforeAreNoTurnedOnes() throws Exception {
        assertThat(judge(new EvaluatorFixtures.ConstantModel(0, 1), Condition.attack(pgd(4), "test"), null)
                        .gallery())
                .isNull();
    }

    @Test
    void evaluationsOfOneCheckpointShareTheirDrawsAndNeitherIdsNorKeys() throws Exception {
        Condition attack = Condition.attack(pgd(4), "test");
        ConditionOutcome own = judge(attack);
        ConditionOutcome named = judge(new EvaluatorFixtures.MeanModel(), attack, "review");

        assertThat(named.predictions().key())
                .isEqualTo("experiments/exp/evaluations/epoch-00005/review/pgd-l2-10@4.json");
        assertThat(own.predictions().key()).isEqualTo("experiments/exp/evaluations/epoch-00005/pgd-l2-10@4.json");
        assertThat(attacker.requests).extracting(AttackRequest::id).doesNotHaveDuplicates();
        assertThat(attacker.requests).extracting(AttackRequest::view).containsOnly("epoch-00005-pgd-l2-10@4");
        assertThat(named.figures()).isEqualTo(own.figures());
    }
}
